package io.imagegate.text;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A program that provokes what the JDK tells in sentences alone, and prints which of them are read. */
public final class ProvokedSentences {

    static final String PASSWORD = "changeit";

    private ProvokedSentences() {}

    /**
     * Provokes all.
     *
     * @param arguments a PKCS #12 file with a certificate and its key
     */
    public static void main(String[] arguments) throws Exception {
        KeyStore identity = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(arguments[0])) {
            identity.load(in, PASSWORD.toCharArray());
        }
        print("tunnel", thrown -> JdkSentences.refusedTunnel(thrown).orElse(0) == 403, tunnel());
        print("noTls", JdkSentences::saysNoTls, noTls());
        print("alert", JdkSentences::saysAlert, handshake(server(identity, false), client(null)));
        print("noCertificate", JdkSentences::saysNoCertificate, handshake(server(identity, true), client(identity)));
        SSLEngine left = server(identity, false);
        left.beginHandshake();
        print("disconnected", JdkSentences::saysDisconnected, thrownBy(left::closeInbound));
        print("descriptors", JdkSentences::saysNoDescriptors, descriptors());
    }

    private interface Action {
        void run() throws Exception;
    }

    private static @Nullable Throwable thrownBy(Action action) {
        try {
            action.run();
            return null;
        } catch (Exception thrown) {
            return thrown;
        }
    }

    /** One of the causes must be read, and none of the others' sentences. */
    private static void print(String name, Predicate<Throwable> reads, @Nullable Throwable thrown) {
        boolean read = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            read |= reads.test(cause);
        }
        System.out.println(name + " " + (read ? "read" : "not read: " + thrown));
    }

    private static @Nullable Throwable tunnel() throws IOException {
        try (ServerSocket proxy = answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
            HttpClient client = HttpClient.newBuilder()
                    .proxy(ProxySelector.of((InetSocketAddress) proxy.getLocalSocketAddress()))
                    .build();
            return thrownBy(() -> client.send(
                    HttpRequest.newBuilder(URI.create("https://registry.example/"))
                            .build(),
                    BodyHandlers.discarding()));
        }
    }

    private static @Nullable Throwable noTls() throws IOException {
        try (ServerSocket server = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
            return thrownBy(() ->
                    HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()));
        }
    }

    /** Answers every connection: the client may try again. */
    private static ServerSocket answering(String text) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket connection = server.accept();
                start(() -> answer(connection, text));
            }
        });
        return server;
    }

    private static void answer(Socket connection, String text) throws IOException {
        try (connection;
                OutputStream out = connection.getOutputStream()) {
            connection.getInputStream().read();
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Runs it on a thread of its own, until the client has what it needs. */
    private static void start(Action action) {
        Thread thread = new Thread(() -> thrownBy(action));
        thread.setDaemon(true);
        thread.start();
    }

    private static SSLEngine server(KeyStore identity, boolean needsClients) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(needsClients);
        return engine;
    }

    /** Trusts the certificates of a store, or those of the system. */
    private static SSLEngine client(@Nullable KeyStore trusted) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = null;
        if (trusted != null) {
            certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry(
                    "ca", trusted.getCertificate(trusted.aliases().nextElement()));
        }
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }

    /** {@return why the handshake fails on the side of the server} */
    private static @Nullable Throwable handshake(SSLEngine server, SSLEngine client) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        for (int i = 0; i < 100; i++) {
            // After it failed, the client sends its alert.
            Throwable unused = thrownBy(() -> step(client, toClient, toServer));
            Throwable failed = thrownBy(() -> step(server, toServer, toClient));
            if (failed != null) {
                return failed;
            }
        }
        return null;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        if (engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
        in.flip();
        try {
            engine.unwrap(in, ByteBuffer.allocate(1 << 17));
        } finally {
            in.compact();
        }
    }

    /** The caller limits the descriptors of this process. */
    private static @Nullable Throwable descriptors() throws IOException {
        List<SocketChannel> open = new ArrayList<>();
        try {
            return thrownBy(() -> {
                while (true) {
                    open.add(SocketChannel.open());
                }
            });
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }
}
