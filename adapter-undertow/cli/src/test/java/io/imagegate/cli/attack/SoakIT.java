package io.imagegate.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.command.SignedRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Half of the reviews that a server with the image's flags can decide, while policies and certificates are replaced and attacks come in
 * turn: memory, threads and descriptors are what they were after the first minute. {@code -Dimagegate.soak=30m} goes on for as long.
 * Prints a table.
 */
@Tag("nightly")
@Isolated("It measures or attacks.")
class SoakIT {

    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("imagegate.soak", "40s"));
    private static final Duration FIRST = min(Duration.ofMinutes(1), DURATION.dividedBy(4));
    private static final int SAMPLES = 6;

    private static final long CALIBRATION_MILLIS = 8_000;
    private static final long WARM_ATTACK_MILLIS = 700;
    private static final long ATTACK_MILLIS = 3_000;
    private static final long PAUSE_MILLIS = 2_000;
    private static final long SETTLED_MILLIS = 6_000;
    private static final long SIGNED_MILLIS = 100;
    private static final int SIGNED_IMAGES = 50;

    private static final long MOST_MORE_THREADS = 2;
    private static final long MOST_MORE_DESCRIPTORS = 8;
    private static final long MOST_MORE_HEAP_KIB = 4 << 10;
    private static final long MOST_RESIDENT_KIB = 256 << 10;

    @TempDir
    Path folder = Path.of("");

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What the server takes at an instant, in KiB where it is memory. */
    private record Sample(long seconds, long resident, long heap, long threads, long descriptors, int answered) {

        private static Sample of(AttackedServer server, long start, int answered) throws Exception {
            // Connections of the last attack have ended.
            TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
            long heap = server.heapAfterCollection();
            return new Sample(
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                    server.resident(),
                    heap,
                    server.threads(),
                    server.descriptors(),
                    answered);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %d:%02d | %d | %.1f | %d | %d | %,d |",
                    seconds / 60,
                    seconds % 60,
                    resident >> 10,
                    heap / 1024.0,
                    threads,
                    descriptors,
                    answered);
        }
    }

    @Test
    void nothingGrows() throws Exception {
        Credentials credentials = Credentials.write(folder);
        try (SignedRegistry registry = new SignedRegistry("acme/key");
                AttackedServer server = start(credentials, registry)) {
            double most = calibrate(server, credentials);
            SteadyLoad load = new SteadyLoad(server, credentials, most / 2);
            Tally signed = new Tally();
            Thread asker = new Thread(() -> askSigned(server, credentials, registry, signed), "signed images");
            asker.start();
            List<Sample> samples = new ArrayList<>();
            try {
                for (Map.Entry<String, Attack> attack : Attack.all().entrySet()) {
                    Adversary.attack(attack.getKey(), attack.getValue(), server, credentials, WARM_ATTACK_MILLIS);
                }
                disturb(server, credentials, load, samples);
            } finally {
                asker.interrupt();
                asker.join();
                load.stop();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%n%.0f reviews a second, half of %.0f; %s%n| after | resident MiB | heap after a collection MiB | threads | descriptors | reviews answered |%n|---|---|---|---|---|---|%n",
                    most / 2,
                    most,
                    load.tally());
            samples.forEach(System.out::println);
            expectNoGrowth(samples.get(0), samples.get(samples.size() - 1));
            assertThat(load.tally().problems()).isEmpty();
            assertThat(signed.problems()).isEmpty();
            assertThat(server.newTraces()).isEmpty();
        }
    }

    private static void expectNoGrowth(Sample first, Sample last) {
        assertThat(last.threads).isLessThanOrEqualTo(first.threads + MOST_MORE_THREADS);
        assertThat(last.descriptors).isLessThanOrEqualTo(first.descriptors + MOST_MORE_DESCRIPTORS);
        assertThat(last.heap).isLessThanOrEqualTo(first.heap + MOST_MORE_HEAP_KIB);
        assertThat(last.resident).isLessThanOrEqualTo(MOST_RESIDENT_KIB);
    }

    /** {@return how many reviews a second it answers} */
    private static double calibrate(AttackedServer server, Credentials credentials) throws Exception {
        for (int i = 0; ; i++) {
            SteadyLoad load = new SteadyLoad(server, credentials, Double.POSITIVE_INFINITY);
            TimeUnit.MILLISECONDS.sleep(CALIBRATION_MILLIS);
            int answered = load.tally().answered();
            load.stop();
            if (i > 0) {
                return answered * 1_000.0 / CALIBRATION_MILLIS;
            }
        }
    }

    /** Replaces policies, certificates and attackers in turn. */
    private void disturb(AttackedServer server, Credentials credentials, SteadyLoad load, List<Sample> samples)
            throws Exception {
        List<Map.Entry<String, Attack>> attacks = List.copyOf(Attack.all().entrySet());
        long start = System.nanoTime();
        long next = FIRST.toNanos();
        for (int turn = 0; samples.size() <= SAMPLES; turn++) {
            write(turn % 2 == 0 ? "new" : "old");
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            Map.Entry<String, Attack> attack = attacks.get(turn % attacks.size());
            Adversary.attack(attack.getKey(), attack.getValue(), server, credentials, ATTACK_MILLIS);
            credentials.renew();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            if (System.nanoTime() - start >= next) {
                samples.add(Sample.of(server, start, load.tally().answered()));
                System.out.println(samples.get(samples.size() - 1));
                next += DURATION.minus(FIRST).dividedBy(SAMPLES).toNanos();
            }
        }
    }

    private static void askSigned(
            AttackedServer server, Credentials credentials, SignedRegistry registry, Tally signed) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(credentials.apiserver())
                .build();
        URI url = URI.create("https://127.0.0.1:" + server.port() + "/image_policy");
        try {
            for (int i = 0; ; i++) {
                String review = Review.of(
                        registry.registry().host() + "/acme/key:" + i % SIGNED_IMAGES + "@" + SignedRegistry.IMAGE);
                HttpRequest request = HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(review))
                        .build();
                signed.note(
                        "signed",
                        Review.ALLOWED,
                        () -> http.send(request, BodyHandlers.ofString()).body());
                TimeUnit.MILLISECONDS.sleep(SIGNED_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private AttackedServer start(Credentials credentials, SignedRegistry registry) throws Exception {
        Files.copy(Path.of(SignedRegistry.file("keys/1.pub")), folder.resolve("1.pub"));
        write("old");
        Path registries = Path.of(registry.file(folder));
        Files.writeString(
                registries,
                Files.readString(registries).replace("}]}", "}], cache: {verified: 1s, absent: 1s, tags: 1s}}"));
        List<String> options = new ArrayList<>(credentials.clientOptions());
        options.addAll(List.of("--policy", folder.resolve("policy.yaml").toString()));
        options.addAll(List.of("--registries", registries.toString(), "--log-decisions", "all"));
        return AttackedServer.start(AttackedServer.imageFlags(), credentials, options);
    }

    private void write(String word) throws IOException {
        Path next = Files.writeString(folder.resolve("next.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: production}
                spec:
                  signers: {release: {keys: [{file: 1.pub}]}}
                  rules:
                    - {name: fixed-tag, message: %s, tag: {required: true, deny: [latest]}}
                    - {name: signed, match: {images: ["**/acme/key"]}, signature: {by: [$release]}}
                """.formatted(word));
        Files.move(next, folder.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
