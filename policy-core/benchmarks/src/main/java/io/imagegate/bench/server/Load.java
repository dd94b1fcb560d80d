package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load from h2load: 16 connections, one request at a time on each. */
final class Load {

    private static final int CONNECTIONS = 16;
    private static final Pattern RATE = Pattern.compile("finished in .*?, ([0-9.]+) req/s");
    private static final Pattern REQUESTS =
            Pattern.compile("requests: \\d+ total, \\d+ started, \\d+ done, (\\d+) succeeded, (\\d+) failed");
    private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx, 0 3xx, 0 4xx, 0 5xx");

    /** The two protocols. */
    enum Protocol {
        HTTP_1("HTTP/1.1"),
        HTTP_2("HTTP/2");

        private final String title;

        Protocol(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * What was measured.
     *
     * @param perSecond answers a second
     * @param p50 median time of an answer, in microseconds
     * @param p99 time within which 99 of 100 answers came, in microseconds
     * @param processorMicros processor time that the server spent on an answer, in microseconds
     */
    record Result(double perSecond, long p50, long p99, double processorMicros) {}

    /**
     * A burst of 2,000 reviews by 400 clients.
     *
     * @param answered how many were answered with 200
     * @param p99 time within which 99 of 100 of these were answered, in microseconds
     */
    record Burst(int answered, long p99) {}

    private final Path folder;
    private final Path body;
    private final String path;

    /**
     * Creates a load of one review.
     *
     * @param folder for the log of h2load
     * @param body file with the review
     * @param path where it is sent
     */
    Load(Path folder, Path body, String path) {
        this.folder = folder;
        this.body = body;
        this.path = path;
    }

    Result put(Contestant.Running server, Protocol protocol, int seconds) throws IOException, InterruptedException {
        return put(server, protocol, "-D", Integer.toString(seconds), "-c", Integer.toString(CONNECTIONS));
    }

    /** Sends so many reviews instead of sending for a time. */
    Result send(Contestant.Running server, Protocol protocol, int reviews) throws IOException, InterruptedException {
        return put(server, protocol, "-n", Integer.toString(reviews), "-c", Integer.toString(CONNECTIONS));
    }

    /** Sends what an image is trained with: so many reviews over each protocol, and a handshake for each twenty. */
    void train(Contestant.Running server, int reviews) throws IOException, InterruptedException {
        for (Protocol protocol : Protocol.values()) {
            run(server, protocol, "-n", Integer.toString(reviews), "-c", Integer.toString(reviews / 20));
        }
    }

    private Result put(Contestant.Running server, Protocol protocol, String... amount)
            throws IOException, InterruptedException {
        Duration before = server.processorTime();
        Ran ran = run(server, protocol, amount);
        Duration taken = server.processorTime().minus(before);
        return read(ran, taken);
    }

    Burst burst(Contestant.Running server) throws IOException, InterruptedException {
        long[] micros =
                answered(run(server, Protocol.HTTP_2, "-n", "2000", "-c", "400").log());
        return new Burst(micros.length, micros.length == 0 ? 0 : percentile(micros, 99));
    }

    /** What h2load printed, and a line for each request: when it began, its status, the microseconds it took. */
    private record Ran(String output, List<String> log) {}

    private Ran run(Contestant.Running server, Protocol protocol, String... amount)
            throws IOException, InterruptedException {
        Path log = folder.resolve("h2load.tsv");
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of("h2load", "-t", "1", "-m", "1"));
        command.addAll(List.of(amount));
        if (protocol == Protocol.HTTP_1) {
            command.add("--h1");
        }
        command.addAll(List.of("-d", body.toString(), "-H", "Content-Type: application/json", "--log-file=" + log));
        command.add("https://127.0.0.1:" + server.port() + path);
        return new Ran(Command.output(command), Files.readAllLines(log));
    }

    /** A request that h2load cut off at the end counts as failed there, one a connection at most. */
    private static Result read(Ran ran, Duration processorTime) {
        String output = ran.output();
        double rate = Double.parseDouble(find(RATE, output).group(1));
        Matcher requests = find(REQUESTS, output);
        long succeeded = Long.parseLong(requests.group(1));
        long failed = Long.parseLong(requests.group(2));
        // A status may have come whose body was still on its way when time was up.
        long statuses = Long.parseLong(find(STATUS, output).group(1));
        if (statuses < succeeded || failed > CONNECTIONS || succeeded == 0) {
            throw new IllegalStateException("not every answer was 200:\n" + output);
        }
        long[] micros = answered(ran.log());
        return new Result(
                rate, percentile(micros, 50), percentile(micros, 99), processorTime.toNanos() / 1e3 / succeeded);
    }

    private static long[] answered(List<String> log) {
        return log.stream()
                .map(line -> line.split("\t"))
                .filter(fields -> fields[1].equals("200"))
                .mapToLong(fields -> Long.parseLong(fields[2]))
                .sorted()
                .toArray();
    }

    private static Matcher find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("expected " + pattern + " in what h2load printed:\n" + output);
        }
        return matcher;
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)];
    }
}
