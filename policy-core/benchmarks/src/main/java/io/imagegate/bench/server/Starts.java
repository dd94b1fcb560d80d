package io.imagegate.bench.server;

import io.imagegate.bench.server.Load.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures fresh processes: how soon they answer, how much memory they take, and how fast they are at first. */
final class Starts {

    private static final int IDLE_MILLIS = 1_000;
    /** Long enough for memory that the compilers have freed to be given back. */
    private static final int SETTLED_MILLIS = 12_000;

    private static final double KIB_PER_MIB = 1 << 10;

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
            Load.Burst burst) {}

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
        for (Contestant way : ways) {
            Start start = of(way);
            System.out.println(start);
            results.add(start);
        }
        return results;
    }

    private Start of(Contestant way) throws IOException, InterruptedException {
        double[] millis = new double[starts];
        for (int i = 0; i < starts; i++) {
            try (Contestant.Running server = way.start(log)) {
                client.require(server.port(), "nginx:1.17.1", true);
                millis[i] = (System.nanoTime() - server.startedNanos()) / 1e6;
            }
        }
        Arrays.sort(millis);
        try (Contestant.Running server = way.start(log)) {
            client.require(server.port(), "nginx:1.17.1", true);
            Thread.sleep(IDLE_MILLIS);
            double idle = memory(server, "VmRSS:");
            Load.Result first = load.put(server, Protocol.HTTP_1, seconds);
            load.put(server, Protocol.HTTP_2, seconds);
            Load.Result warm = load.put(server, Protocol.HTTP_1, seconds);
            double peak = memory(server, "VmHWM:");
            Thread.sleep(SETTLED_MILLIS);
            double settled = memory(server, "VmRSS:");
            return new Start(
                    way.name(),
                    millis[starts / 2],
                    idle,
                    peak,
                    first.perSecond(),
                    seconds,
                    warm.perSecond(),
                    settled,
                    burst(way));
        }
    }

    private Load.Burst burst(Contestant way) throws IOException, InterruptedException {
        try (Contestant.Running server = way.start(log)) {
            return load.burst(server);
        }
    }

    /** Linux has it in /proc (proc_pid_status(5)), in KiB. */
    private static double memory(Contestant.Running server, String field) throws IOException {
        Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow();
    }
}
