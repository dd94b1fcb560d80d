package io.imagegate.cli.attack;

import io.imagegate.server.Http2Frames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.xnio.IoUtils;

/** The connections of one attack, and what it sent over them. Closing it ends them all. */
final class Adversary implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int NARROW_BYTES = 4 << 10;

    private final AttackedServer server;
    private final Credentials credentials;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final LongAdder connections = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder items = new LongAdder();

    Adversary(AttackedServer server, Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /** Repeats an attack for a time; the one that is returned is over. */
    static Adversary attack(String name, Attack attack, AttackedServer server, Credentials credentials, long millis)
            throws InterruptedException {
        Adversary adversary = new Adversary(server, credentials);
        Thread thread = new Thread(() -> adversary.repeat(attack), "attack: " + name);
        try (adversary) {
            thread.start();
            TimeUnit.MILLISECONDS.sleep(millis);
        }
        thread.join();
        return adversary;
    }

    private void repeat(Attack attack) {
        try {
            while (!isOver() && server.isAlive()) {
                try {
                    attack.run(this);
                } catch (IOException closed) {
                    pause(1);
                } finally {
                    closeConnections();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    AttackedServer server() {
        return server;
    }

    /** Connects to the review port as a client that may ask. */
    SSLSocket apiserver() throws IOException {
        return apiserver(plain());
    }

    /** Connects to the review port as a client that may ask, whose network takes little that is not read. */
    SSLSocket narrow() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), PATIENCE_MILLIS);
        return apiserver(kept(socket));
    }

    /** Connects to the review port without TLS. */
    Socket plain() throws IOException {
        return connect(server.port());
    }

    /** Begins TLS as a client that may ask. */
    SSLSocket apiserver(Socket plain) throws IOException {
        return tls(credentials.apiserver(), plain);
    }

    /** Connects to the review port as a client that may not ask. */
    SSLSocket stranger() throws IOException {
        return tls(credentials.stranger(), plain());
    }

    private SSLSocket tls(SSLContext context, Socket plain) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", server.port(), true);
    }

    /** Begins HTTP/2 and reads, in another thread, whatever is answered. */
    Http2Frames http2(SSLSocket socket) throws IOException {
        Http2Frames frames = new Http2Frames(socket);
        discardAnswers(socket);
        return frames;
    }

    /** Connects to the management port. */
    Socket management() throws IOException {
        return connect(server.managementPort());
    }

    private Socket connect(int port) throws IOException {
        return kept(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private Socket kept(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        keep(socket);
        return socket;
    }

    /** Ends this with the attack. Of a TLS socket it is the one below: to close that never waits for a blocked writer. */
    void keep(Closeable connection) throws IOException {
        connections.increment();
        open.add(connection);
        if (isOver()) {
            connection.close();
        }
    }

    /** Reads and discards, in another thread, whatever is answered. */
    static void discardAnswers(Socket socket) {
        Thread reader = new Thread(
                () -> {
                    try (InputStream in = socket.getInputStream()) {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // So does the reader.
                    }
                },
                "reader of a hostile client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends the same bytes until the connection ends. */
    void flood(OutputStream out, byte[] bytes, int itemsInThem) throws IOException {
        while (true) {
            out.write(bytes);
            out.flush();
            sent(bytes.length, itemsInThem);
        }
    }

    void sent(long moreBytes, long moreItems) {
        bytes.add(moreBytes);
        items.add(moreItems);
    }

    /** Closes what was opened until now. */
    void closeConnections() {
        for (Closeable connection : List.copyOf(open)) {
            open.remove(connection);
            IoUtils.safeClose(connection);
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Waits; returns early when the attack is over. */
    void pause(long millis) throws InterruptedException {
        over.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        over.countDown();
        closeConnections();
    }

    long sentItems() {
        return items.sum();
    }

    long sentBytes() {
        return bytes.sum();
    }

    long connections() {
        return connections.sum();
    }
}
