package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Users who create pods without a pause, some that a policy denies, and delete those that were created. No scheduler takes these pods, so the
 * API server is all that they cost. Each answer is counted in the phase in which its pod was asked for.
 */
final class PodTraffic implements AutoCloseable {

    /** What became of a pod that was asked for. */
    enum Answer {
        /** It was created, as the policy says. */
        ALLOWED,
        /** It was denied, as the policy says. */
        DENIED,
        /** It was refused, because the webhook did not answer. */
        UNANSWERED,
        /** It was created or denied against the policy. */
        WRONG
    }

    /**
     * Pods of one image.
     *
     * @param namespace their namespace
     * @param image their image
     */
    record Kind(String namespace, String image) {}

    /** How often each answer was given in a phase. */
    static final class Counts {

        private final Map<Answer, LongAdder> counters = new EnumMap<>(Answer.class);

        private Counts() {
            for (Answer answer : Answer.values()) {
                counters.put(answer, new LongAdder());
            }
        }

        private void count(Answer answer) {
            Objects.requireNonNull(counters.get(answer)).increment();
        }

        long of(Answer answer) {
            return Objects.requireNonNull(counters.get(answer)).sum();
        }
    }

    /** Each waits for its answer before it asks again. */
    private static final int USERS = 4;

    private static final String CREATED = "created";

    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec": {"schedulerName": "none",
              "containers": [{"name": "app", "image": "%s"}]}}
            """;

    private final Process proxy;
    private final String address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService users = Executors.newFixedThreadPool(USERS);

    /** The answers that are right, by kind: {@link #CREATED}, or a part of the message. */
    private final Map<Kind, List<String>> right = new ConcurrentHashMap<>();

    private final Map<String, Counts> phases = new LinkedHashMap<>();
    private final Map<String, LongAdder> unanswered = new ConcurrentHashMap<>();
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile Counts phase = new Counts();
    private volatile boolean stopped;

    private PodTraffic(Process proxy, String address) {
        this.proxy = proxy;
        this.address = address;
    }

    /** Connects to the API server of a cluster. Nobody asks until {@link #begin}. */
    static PodTraffic of(Cluster cluster) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", "exec kubectl proxy --port=0").redirectErrorStream(true);
        builder.environment().putAll(cluster.environment());
        Process proxy = builder.start();
        String line = proxy.inputReader().readLine();
        assertThat(line).startsWith("Starting to serve on ");
        return new PodTraffic(proxy, "http://" + line.substring(line.lastIndexOf(' ') + 1));
    }

    /** From now on pods of this kind have to be created. */
    void allowed(Kind kind) {
        right.put(kind, List.of(CREATED));
    }

    /** From now on pods of this kind have to be denied with a message that has this text. */
    void denied(Kind kind, String message) {
        right.put(kind, List.of(message));
    }

    /** From now on pods of this kind may be created, or denied with a message that has this text. */
    void allowedOrDenied(Kind kind, String message) throws InterruptedException {
        right.put(kind, List.of(CREATED, message));
        awaitRounds();
    }

    /** Pods of all kinds are asked for until the end. */
    void begin() {
        for (int user = 0; user < USERS; user++) {
            String name = "user-" + user;
            users.execute(() -> run(name));
        }
    }

    private void run(String name) {
        while (!stopped) {
            for (Map.Entry<Kind, List<String>> asked : right.entrySet()) {
                try {
                    ask(name, asked.getKey(), asked.getValue());
                } catch (IOException | InterruptedException lost) {
                    mistakes.add(lost.toString());
                    return;
                }
            }
            rounds.incrementAndGet();
        }
    }

    private void ask(String name, Kind kind, List<String> expected) throws IOException, InterruptedException {
        Counts counted = phase;
        String pods = address + "/api/v1/namespaces/" + kind.namespace() + "/pods";
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(pods))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(POD.formatted(name, kind.image()))));
        boolean created = response.statusCode() == 201;
        String answer = created ? CREATED : response.body().replace("\\\"", "\"");
        if (created) {
            HttpResponse<String> gone =
                    send(HttpRequest.newBuilder(URI.create(pods + "/" + name + "?gracePeriodSeconds=0"))
                            .DELETE());
            if (gone.statusCode() != 200) {
                mistakes.add(gone.body());
            }
        }
        if (answer.contains("failed calling webhook")) {
            counted.count(Answer.UNANSWERED);
            unanswered
                    .computeIfAbsent(reason(answer), reason -> new LongAdder())
                    .increment();
        } else if (expected.stream().noneMatch(answer::contains)) {
            counted.count(Answer.WRONG);
            mistakes.add(kind + ": " + answer);
        } else {
            counted.count(created ? Answer.ALLOWED : Answer.DENIED);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The end of the message, without addresses. */
    private static String reason(String answer) {
        return answer.replaceFirst("(?s).*?: failed to call webhook: ", "")
                .replaceFirst("(?s)\",\\s*\"reason\".*", "")
                .replaceAll("[0-9.]+:[0-9]+", "ADDRESS")
                .replaceFirst("Post \"[^\"]*\": ", "");
    }

    /** What is done in a phase; pods are created all the time. */
    interface Fault {
        void happen() throws Exception;
    }

    /** Counts the answers of a phase, which has some of before the fault and of after it. */
    Counts phase(String name, Fault fault) throws Exception {
        Counts counted = new Counts();
        phases.put(name, counted);
        phase = counted;
        awaitRounds();
        fault.happen();
        awaitRounds();
        return counted;
    }

    /** Each user has asked for all pods at least once. */
    void awaitRounds() throws InterruptedException {
        long end = rounds.get() + 2 * USERS;
        while (rounds.get() < end && mistakes.isEmpty()) {
            Thread.sleep(20);
        }
    }

    /** Ends the users, and returns the table of what was counted. */
    String end() throws InterruptedException {
        stopped = true;
        users.shutdown();
        assertThat(users.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        StringBuilder table = new StringBuilder("""
                | meanwhile | pods | created | denied | refused without an answer | wrong |
                |---|---:|---:|---:|---:|---:|
                """);
        phases.forEach((name, counted) -> {
            List<Long> counts = Stream.of(Answer.values()).map(counted::of).toList();
            table.append("| ").append(name).append(" | ");
            table.append(counts.stream().mapToLong(Long::longValue).sum());
            counts.forEach(count -> table.append(" | ").append(count));
            table.append(" |\n");
        });
        unanswered.forEach((reason, count) ->
                table.append(count).append(" refused: ").append(reason).append('\n'));
        return table.toString();
    }

    /** {@return wrong answers, and answers that are of no webhook} */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    @Override
    public void close() {
        stopped = true;
        users.shutdownNow();
        proxy.destroy();
        proxy.onExit().join();
    }
}
