package io.imagegate.bench.server;

import io.imagegate.bench.server.Load.Protocol;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Measures the server and its peers, then writes the page of all results. */
final class ServerBenchmarks {

    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int ROUNDS = QUICK ? 1 : 5;
    private static final int WARM_SECONDS = QUICK ? 3 : 20;
    private static final int ROUND_SECONDS = QUICK ? 2 : 6;

    /**
     * One server under one protocol.
     *
     * @param server its name
     * @param protocol title of the protocol
     * @param rounds what was measured, round by round
     */
    record Warm(String server, String protocol, List<Load.Result> rounds) {}

    private final Path folder;
    private final Client client;
    private final Load load;

    private ServerBenchmarks(Path folder, Path authority) {
        this.folder = folder;
        this.client = new Client(authority);
        this.load = new Load(folder, folder.resolve("review.json"), "/image_policy");
    }

    /**
     * Runs everything.
     *
     * @param arguments the runnable jar, the folder that holds the library's figures and gets the server's, the source of
     *     the Go peer, the folder of the published page, the Containerfile, another Java to start the server with or nothing, the
     *     folder of a chart, and that of packed programs
     * @throws IOException when a program fails or a file cannot be written
     * @throws InterruptedException when asked to end
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[1]);
        Imagegate imagegate = new Imagegate(Path.of(arguments[0]), folder, ImageFlags.read(Path.of(arguments[4])));
        Contestants contestants = new Contestants(imagegate, folder, Path.of(arguments[2]));
        List<String> javas = Stream.of(Imagegate.JAVA, arguments[5])
                .filter(java -> !java.isBlank())
                .toList();
        Map<String, Object> results = new LinkedHashMap<>();
        contestants.goFigures(QUICK ? "300ms" : "2s").ifPresent(figures -> results.put("go", figures));
        ServerBenchmarks benchmarks = new ServerBenchmarks(folder, imagegate.authority());
        String java = javas.get(javas.size() - 1);
        Load training = Admission.load(folder, true);
        Contestant bare = new BareUndertow(imagegate, folder, training).on(java);
        results.put("warm", benchmarks.warm(contestants.all(java, bare)));
        results.put(
                "admission",
                new Admission(folder, benchmarks.client, QUICK)
                        .of(
                                imagegate.asTheImageStarts(Imagegate.NAME, java),
                                bare,
                                Opa.find(folder, imagegate.certificate(), imagegate.key())));
        List<Contestant> ways = new ArrayList<>(imagegate.starts(javas));
        ways.add(0, bare);
        results.put("starts", new Starts(folder, benchmarks.client, benchmarks.load, QUICK).of(ways));
        results.put(
                "handshakes",
                new Handshakes(folder, imagegate.authority())
                        .of(List.of(
                                imagegate.asTheImageStarts(Imagegate.NAME, java),
                                imagegate.withJdkCryptography("Imagegate, the JDK's cryptography", java))));
        results.put("cachedFacts", new CachedFacts(imagegate, benchmarks.client, folder, QUICK).of(java));
        List<Path> repositories = Stream.of(
                        System.getProperty("bench.repositories", "").split(File.pathSeparator, -1))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .toList();
        Path command = imagegate.asPackagesStart(java);
        results.put("shortCommand", new ShortCommand(command, java, folder.resolve("short"), QUICK).measure());
        results.put(
                "repositories",
                new RepositoryBenchmark(command, folder.resolve("repositories"), Path.of(arguments[7]), QUICK)
                        .measure(Path.of(arguments[6]), repositories));
        results.put("lists", new ListMemory(Path.of(arguments[0]), folder.resolve("lists")).measure());
        JsonMapper.builder().build().writeValue(folder.resolve("server.json"), results);
        Page.write(folder, Boolean.getBoolean("bench.publish") ? Path.of(arguments[3]) : folder);
    }

    /** All servers stand side by side and take turns, so that what the machine does meanwhile hits each. */
    private List<Warm> warm(List<Contestant> contestants) throws IOException, InterruptedException {
        Map<Contestant, Contestant.Running> running = new LinkedHashMap<>();
        try {
            for (Contestant contestant : contestants) {
                running.put(contestant, started(contestant));
            }
            List<Warm> results = new ArrayList<>();
            for (Protocol protocol : Protocol.values()) {
                results.addAll(warm(running, protocol));
            }
            return results;
        } finally {
            running.values().forEach(Contestant.Running::close);
        }
    }

    private List<Warm> warm(Map<Contestant, Contestant.Running> running, Protocol protocol)
            throws IOException, InterruptedException {
        Map<Contestant, List<Load.Result>> rounds = new LinkedHashMap<>();
        for (Contestant.Running server : running.values()) {
            load.put(server, protocol, WARM_SECONDS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<Contestant, Contestant.Running> server : running.entrySet()) {
                Load.Result result = load.put(server.getValue(), protocol, ROUND_SECONDS);
                System.out.println(server.getKey().name() + " " + protocol.title() + " " + result);
                rounds.computeIfAbsent(server.getKey(), key -> new ArrayList<>())
                        .add(result);
            }
        }
        return rounds.entrySet().stream()
                .map(entry -> new Warm(entry.getKey().name(), protocol.title(), entry.getValue()))
                .toList();
    }

    private Contestant.Running started(Contestant contestant) throws IOException, InterruptedException {
        Contestant.Running server = contestant.start(folder.resolve("servers.log"));
        client.require(server.port(), "nginx:1.17.1", true);
        if (contestant.decides()) {
            client.require(server.port(), "nginx", false);
            client.require(server.port(), "nginx:latest", false);
            client.require(server.port(), "Nginx:1.17.1", false);
        }
        return server;
    }
}
