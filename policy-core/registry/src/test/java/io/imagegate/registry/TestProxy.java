package io.imagegate.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An HTTP proxy on loopback that demands a user and a password by the scheme Basic, or refuses everything. */
final class TestProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String expected;
    private final String refusal;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The first line of each request that it passed on. */
    final List<String> passed = new CopyOnWriteArrayList<>();

    TestProxy(String credentials) {
        this(
                "Proxy-Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)),
                "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
    }

    /** A proxy that answers everything with a status. */
    static TestProxy refusing(int status) {
        return new TestProxy("no line of a request", status + " No");
    }

    private TestProxy(String expected, String refusal) {
        this.expected = expected;
        this.refusal = "HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            List<String> head = head(client.getInputStream());
            OutputStream out = client.getOutputStream();
            if (!head.contains(expected)) {
                out.write(refusal.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            passed.add(head.get(0));
            String[] request = head.get(0).split(" ", -1);
            boolean tunnel = request[0].equals("CONNECT");
            URI uri = URI.create(tunnel ? "http://" + request[1] : request[1]);
            try (Socket registry = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
                if (tunnel) {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    threads.execute(() -> copy(client, registry));
                } else {
                    registry.getOutputStream()
                            .write(forwarded(request[0] + " " + uri.getRawPath(), head)
                                    .getBytes(StandardCharsets.US_ASCII));
                }
                copy(registry, client);
            }
        } catch (IOException e) {
            // the connection has ended
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return Arrays.asList(head.toString().strip().split("\r\n", -1));
    }

    /** Of one request on a connection of its own, without what is for the proxy. */
    private static String forwarded(String line, List<String> head) {
        return head.stream()
                .skip(1)
                .filter(header -> !header.startsWith("Proxy-") && !header.startsWith("Connection:"))
                .collect(Collectors.joining("\r\n", line + " HTTP/1.1\r\n", "\r\nConnection: close\r\n\r\n"));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // the connection has ended
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
