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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A registry that stands before an honest one, and gives most answers as they are and others in a hostile or broken way, by
 * chance, or as it is told. Repositories {@code KIND/anything} are those of one honest repository.
 */
public final class HostileRegistry implements AutoCloseable {

    /** A manifest that nobody signed, under whose name repositories {@code another} have the signatures of the signed image. */
    static final String ANOTHER = "sha256:f86df5b6f1c13bd5823b24324392f5a7d2f106b429b4aabef020c5220d15f5f0";

    /** The name of answers that come late. */
    public static final String LATE = "late";

    private static final String AS_IT_IS = "as it is";
    private static final String BASIC = "authorization: basic ";
    private static final RegistryFault.Honest UNAUTHORIZED =
            new RegistryFault.Honest(401, "WWW-Authenticate: Basic realm=\"test\"\r\n", new byte[0]);
    private static final double HONEST = 0.85;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LONGEST_HEAD = 64 << 10;

    private final String honest;
    private final Map<String, String> repositories;
    private final Random random;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final ServerSocket elsewhere;
    private volatile ServerSocket server;
    private volatile Optional<Map.Entry<String, RegistryFault>> told = Optional.empty();
    private volatile Set<String> credentials = Set.of();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "hostile registry");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, RegistryFault> faults;
    private final List<String> faultNames;
    private final AtomicInteger strayed = new AtomicInteger();
    final Map<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();

    /**
     * Starts it.
     *
     * @param honest host of the honest registry
     * @param repositories names of its repositories by kind
     * @param seed of what is left to chance
     */
    public HostileRegistry(String honest, Map<String, String> repositories, long seed) throws IOException {
        this.honest = honest;
        this.repositories = repositories;
        this.random = new Random(seed);
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.port = server.getLocalPort();
        this.elsewhere = new ServerSocket();
        elsewhere.bind(new InetSocketAddress("127.0.0.2", 0));
        this.faults = RegistryFaults.all("127.0.0.2:" + elsewhere.getLocalPort());
        this.faultNames = List.copyOf(faults.keySet());
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

    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Answers everything as it is from now on. */
    public void answerAsItIs() {
        told = Optional.of(Map.entry(AS_IT_IS, RegistryFaults::asItIs));
    }

    /** Answers everything with this fault from now on. */
    public void answerWith(String fault) {
        told = Optional.of(Map.entry(fault, Objects.requireNonNull(faults.get(fault), fault)));
    }

    /** Answers everything as it is from now on, but so late. */
    public void answerAfter(int millis) {
        told = Optional.of(Map.entry(LATE, (client, asked) -> RegistryFaults.late(client, asked, millis)));
    }

    /** Requires one of these, each a user's name and password with a colon between them. */
    public void require(String... credentials) {
        this.credentials = Stream.of(credentials)
                .map(one -> Base64.getEncoder().encodeToString(one.getBytes(StandardCharsets.US_ASCII)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Nobody listens on its port any more. */
    public void leave() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Listens on its port again. */
    public void comeBack() throws IOException {
        ServerSocket again = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        server = again;
        threads.execute(() -> accept(again, this::serve));
    }

    /** {@return how often it answered with this fault} */
    public int answered(String fault) {
        AtomicInteger count = answers.get(fault);
        return count == null ? 0 : count.get();
    }

    /** How many connections were made to a host that the registry named and the operator did not. */
    int strayed() {
        return strayed.get();
    }

    private void serve(Socket client) throws IOException {
        for (String head = head(client.getInputStream()); !head.isEmpty(); head = head(client.getInputStream())) {
            String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
            RegistryFault.Asked asked = new RegistryFault.Asked(
                    line[0], line[1], isAdmitted(head) ? fetch(line[0], line[1]) : UNAUTHORIZED);
            Map.Entry<String, RegistryFault> fault = choose();
            answers.computeIfAbsent(fault.getKey(), any -> new AtomicInteger()).incrementAndGet();
            if (!fault.getValue().answer(client, asked)) {
                return;
            }
        }
    }

    private boolean isAdmitted(String head) {
        Set<String> required = credentials;
        return required.isEmpty()
                || head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(BASIC))
                        .anyMatch(line -> required.contains(line.substring(BASIC.length())));
    }

    private Map.Entry<String, RegistryFault> choose() {
        return told.orElseGet(this::chooseByChance);
    }

    private synchronized Map.Entry<String, RegistryFault> chooseByChance() {
        if (random.nextDouble() < HONEST) {
            return Map.entry(AS_IT_IS, RegistryFaults::asItIs);
        }
        String name = faultNames.get(random.nextInt(faultNames.size()));
        return Map.entry(name, Objects.requireNonNull(faults.get(name)));
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
