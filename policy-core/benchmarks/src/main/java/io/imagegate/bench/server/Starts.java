package io.imagegate.bench.server;

import io.imagegate.bench.server.Load.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures fresh processes: how soon they answer, how much memory they take, and how fast they are at first. */
final class Starts {

    private static final int IDLE_MILLIS = 1_000;
    /** Long enough for memory that the compilers have freed to be given back. */
    private static final int SETTLED_MILLIS = 12_000;

    private static final double KIB_PER_MIB = 1 << 10;

    /** The first line of a mapping, which ends with the name of its file. */
    private static final Pattern MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*");

    /**
     * What was measured of one way to start the server.
     *
     * @param way how it is started
     * @param firstReviewMillis from process start to the first answer: the median of some starts
     * @param idleMiB resident memory a second after that
     * @param peakMiB the most resident memory, load included
     * @param perSecond answers a second in the first seconds of load, HTTP/1.1
     * @param seconds how many seconds
     * @param warmPerSecond answers a second of the same process, right after as many seconds more
     * @param settledMiB resident memory 12 s after the load
     * @param memory resident memory by what it is of, right after the load
     * @param burst what became of 2,000 reviews that 400 clients send to a process that has just begun to listen
     */
    record Start(
            String way,
            double firstReviewMillis,
            double idleMiB,
            double peakMiB,
            double perSecond,
            int seconds,
            double warmPerSecond,
            double settledMiB,
            Memory memory,
            Load.Burst burst) {}

    /**
     * Resident memory, as Linux lists it by mappings (proc_pid_smaps(5)), in MiB.
     *
     * @param archive of the archive of classes
     * @param crypto of the library of the provider of cryptography
     * @param libraries of the JVM and other libraries and files
     * @param rest heap, code, threads, and what JVM and libraries have allocated
     */
    record Memory(double archive, double crypto, double libraries, double rest) {}

    private final Path log;
    private final Client client;
    private final Load load;
    private final int starts;
    private final int seconds;

    Starts(Path folder, Client client, Load load, boolean quick) {
        this.log = folder.resolve("servers.log");
        this.client = client;
        this.load = load;
        this.starts = quick ? 3 : 7;
        this.seconds = quick ? 3 : 10;
    }

    List<Start> of(List<Contestant> ways) throws IOException, InterruptedException {
        List<Start> results = new ArrayList<>();
        List<Double> first = firstReviews(ways);
        for (int i = 0; i < ways.size(); i++) {
            Start start = of(ways.get(i), first.get(i));
            System.out.println(start);
            results.add(start);
        }
        return results;
    }

    /** By turns, so that what the machine does meanwhile hits each way alike; {@return the medians, in milliseconds} */
    private List<Double> firstReviews(List<Contestant> ways) throws IOException, InterruptedException {
        double[][] millis = new double[ways.size()][starts];
        for (int i = 0; i < starts; i++) {
            for (int j = 0; j < millis.length; j++) {
                try (Contestant.Running server = ways.get(j).start(log)) {
                    client.require(server.port(), "nginx:1.17.1", true);
                    millis[j][i] = (System.nanoTime() - server.startedNanos()) / 1e6;
                }
            }
        }
        return Stream.of(millis).map(Figures::median).toList();
    }

    private Start of(Contestant way, double firstReviewMillis) throws IOException, InterruptedException {
        try (Contestant.Running server = way.start(log)) {
            client.require(server.port(), "nginx:1.17.1", true);
            Thread.sleep(IDLE_MILLIS);
            double idle = memory(server, "VmRSS:");
            Load.Result first = load.put(server, Protocol.HTTP_1, seconds);
            load.put(server, Protocol.HTTP_2, seconds);
            Load.Result warm = load.put(server, Protocol.HTTP_1, seconds);
            double peak = memory(server, "VmHWM:");
            Memory parts = parts(server);
            Thread.sleep(SETTLED_MILLIS);
            double settled = memory(server, "VmRSS:");
            return new Start(
                    way.name(),
                    firstReviewMillis,
                    idle,
                    peak,
                    first.perSecond(),
                    seconds,
                    warm.perSecond(),
                    settled,
                    parts,
                    burst(way));
        }
    }

    private Load.Burst burst(Contestant way) throws IOException, InterruptedException {
        try (Contestant.Running server = way.start(log)) {
            return load.burst(server);
        }
    }

    private static Memory parts(Contestant.Running server) throws IOException {
        double[] sums = new double[4];
        int part = 0;
        for (String line : Files.readAllLines(
                Path.of("/proc", Long.toString(server.process().pid()), "smaps"))) {
            if (MAPPING.matcher(line).matches()) {
                part = part(line);
            } else if (line.startsWith("Rss:")) {
                sums[part] += kib(line) / KIB_PER_MIB;
            }
        }
        return new Memory(sums[0], sums[1], sums[2], sums[3]);
    }

    private static int part(String mapping) {
        if (mapping.endsWith(".aot") || mapping.endsWith(".archive")) {
            return 0;
        }
        if (mapping.endsWith("libamazonCorrettoCryptoProvider.so")) {
            return 1;
        }
        return mapping.contains("/") ? 2 : 3;
    }

    private static double kib(String line) {
        return Double.parseDouble(line.replaceAll("[^0-9]", ""));
    }

    /** Linux has it in /proc (proc_pid_status(5)), in KiB. */
    private static double memory(Contestant.Running server, String field) throws IOException {
        Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> kib(line) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow();
    }
}
