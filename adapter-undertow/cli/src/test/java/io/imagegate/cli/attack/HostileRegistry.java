package io.imagegate.cli.attack;

import io.imagegate.cli.command.SignedRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry that stands before an honest one, and gives most answers as they are and others in a hostile or broken way, by
 * chance. Repositories {@code KIND/anything} are those of one honest repository.
 */
final class HostileRegistry implements AutoCloseable {

    /** A manifest that nobody signed, under whose name repositories {@code another} have the signatures of the signed image. */
    static final String ANOTHER = "sha256:f86df5b6f1c13bd5823b24324392f5a7d2f106b429b4aabef020c5220d15f5f0";

    private static final double HONEST = 0.85;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LONGEST_HEAD = 64 << 10;

    private final String honest;
    private final Map<String, String> repositories;
    private final Random random;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerSocket server;
    private final ServerSocket elsewhere;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "hostile registry");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Map.Entry<String, RegistryFault>> faults;
    private final AtomicInteger strayed = new AtomicInteger();
    final Map<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();

    /**
     * Starts it.
     *
     * @param honest host of the honest registry
     * @param repositories names of its repositories by kind
     * @param seed of what is left to chance
     */
    HostileRegistry(String honest, Map<String, String> repositories, long seed) throws IOException {
        this.honest = honest;
        this.repositories = repositories;
        this.random = new Random(seed);
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.elsewhere = new ServerSocket();
        elsewhere.bind(new InetSocketAddress("127.0.0.2", 0));
        this.faults = new ArrayList<>(
                RegistryFaults.all("127.0.0.2:" + elsewhere.getLocalPort()).entrySet());
        threads.execute(() -> accept(server, this::serve));
        threads.execute(() -> accept(elsewhere, client -> strayed.incrementAndGet()));
    }

    /** Takes a connection. */
    private interface Connection {
        void serve(Socket client) throws IOException;
    }

    private void accept(ServerSocket from, Connection connection) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                open.add(client);
                threads.execute(() -> {
                    try (client) {
                        client.setSoTimeout(PATIENCE_MILLIS);
                        client.setTcpNoDelay(true);
                        connection.serve(client);
                    } catch (IOException ended) {
                        // So does the connection.
                    } finally {
                        open.remove(client);
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections were made to a host that the registry named and the operator did not. */
    int strayed() {
        return strayed.get();
    }

    private void serve(Socket client) throws IOException {
        for (String head = head(client.getInputStream()); !head.isEmpty(); head = head(client.getInputStream())) {
            String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
            RegistryFault.Asked asked = new RegistryFault.Asked(line[0], line[1], fetch(line[0], line[1]));
            Map.Entry<String, RegistryFault> fault = choose();
            answers.computeIfAbsent(fault.getKey(), any -> new AtomicInteger()).incrementAndGet();
            if (!fault.getValue().answer(client, asked)) {
                return;
            }
        }
    }

    private synchronized Map.Entry<String, RegistryFault> choose() {
        return random.nextDouble() < HONEST
                ? Map.entry("as it is", RegistryFaults::asItIs)
                : faults.get(random.nextInt(faults.size()));
    }

    /** {@return the head of a request; empty at the end of the connection} */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private RegistryFault.Honest fetch(String method, String target) throws IOException {
        URI uri = URI.create("http://" + honest + honestPath(target));
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofByteArray());
            StringBuilder headers = new StringBuilder();
            for (String name : List.of("Content-Type", "Docker-Content-Digest")) {
                answer.headers()
                        .firstValue(name)
                        .ifPresent(value ->
                                headers.append(name).append(": ").append(value).append("\r\n"));
            }
            return new RegistryFault.Honest(answer.statusCode(), headers.toString(), answer.body());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new IOException(end);
        }
    }

    private String honestPath(String target) {
        String path = target.replaceAll("\\?.*", "")
                .replace(ANOTHER.replace(':', '-'), SignedRegistry.IMAGE.replace(':', '-'));
        for (Map.Entry<String, String> repository : repositories.entrySet()) {
            path = path.replaceFirst("^/v2/" + repository.getKey() + "/[^/]+/", "/v2/" + repository.getValue() + "/");
        }
        return path;
    }

    @Override
    public void close() throws IOException {
        server.close();
        elsewhere.close();
        threads.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
