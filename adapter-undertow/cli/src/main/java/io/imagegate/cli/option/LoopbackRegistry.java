package io.imagegate.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Registries of this machine, which are contacted without TLS if they do not speak it. */
final class LoopbackRegistry {

    private static final Pattern LOCAL =
            Pattern.compile("(localhost|127(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+])(?::([0-9]{1,5}))?");
    private static final int HTTPS = 443;
    private static final int MOST_PORTS = 65_535;

    /** Content types of the first record that a server sends (RFC 8446, section 5.1). */
    private static final int ALERT = 21;

    private static final int HANDSHAKE = 22;

    private static final int PATIENCE = 500;
    private static final int LIMIT = 5_000;

    private LoopbackRegistry() {}

    /** {@return whether a registry is localhost or a loopback address, where TLS is not spoken} */
    static boolean isPlain(String registry) {
        Matcher parts = LOCAL.matcher(registry);
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        int port = parts.group(2) == null ? HTTPS : Integer.parseInt(parts.group(2));
        return port <= MOST_PORTS && isLoopback(host) && !speaksTls(host, port);
    }

    /** The host is no name that is resolved elsewhere. */
    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost") || InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    private static boolean speaksTls(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LIMIT);
            socket.getOutputStream().write(clientHello(host, port));
            int first = first(socket);
            return first == HANDSHAKE || first == ALERT;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private static int first(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(PATIENCE);
        try {
            return in.read();
        } catch (SocketTimeoutException waiting) {
            // A server of HTTP may wait for the end of the line.
            socket.shutdownOutput();
            socket.setSoTimeout(LIMIT);
            return in.read();
        }
    }

    private static byte[] clientHello(String host, int port) throws IOException {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, port);
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            byte[] bytes = new byte[hello.flip().remaining()];
            hello.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
