package io.imagegate.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Latencies;
import io.imagegate.cli.command.SignedRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Reviews at a steady rate on a server that runs with the image's flags, while its registry answers many requests in a hostile
 * way: nothing is allowed that is not signed, and no fault of the registry makes what is signed unsigned.
 * {@code -Dimagegate.hostile=10m} goes on for as long. Prints the answers by kind.
 */
@Tag("full")
@Isolated("It measures or attacks.")
class HostileRegistryIT {

    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("imagegate.hostile", "10s"));
    private static final long SEED = Long.getLong("imagegate.hostile.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MILLIS_BETWEEN_REVIEWS = 50;
    private static final int MOST_OPEN = 80;
    private static final int IMAGES = 200;
    private static final int MOST_THREADS = 200;
    private static final int MOST_RESIDENT_MIB = 256;

    /** What a denial says if every place for signatures answered that there is none. */
    private static final Pattern UNSIGNED = Pattern.compile("has no signature|none was found");

    /** What other denials say. */
    private static final Pattern REASON = Pattern.compile(
            "one signed with another key|is down|did not (answer|finish)"
                    + "|the registry itself answers|limits requests|is compressed|has the digest|longer than|JSON|redirects"
                    + "|token service|pages|served as|407|refused access|has \\d+ bytes|answered \\d+|expected one of|too many|bodyBytes");

    /** What is asked about, and whether it is allowed when the registry answers. */
    private enum Subject {
        SIGNED(true),
        STRANGER(false),
        UNSIGNED(false),
        ANOTHER(false),
        OTHER(true);

        private final boolean good;

        Subject(boolean good) {
            this.good = good;
        }

        private String image(String host, int number) {
            String repository = host + "/" + name().toLowerCase(Locale.ROOT) + "/" + number;
            return switch (this) {
                case OTHER -> "nginx:1.17.1";
                case ANOTHER -> repository + "@" + HostileRegistry.ANOTHER;
                default -> repository + "@" + SignedRegistry.IMAGE;
            };
        }
    }

    private record Most(long threads, long mebibytes) {}

    @TempDir
    Path folder = Path.of("");

    private final Map<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Latencies latencies = new Latencies();
    private final Semaphore open = new Semaphore(MOST_OPEN);

    @SuppressWarnings("NullAway.Init")
    private Credentials credentials;

    @BeforeEach
    void makeCertificates() throws IOException {
        credentials = Credentials.write(folder);
    }

    @Test
    void nothingUnsignedIsAllowed() throws Exception {
        Map<String, String> repositories =
                Map.of("signed", "acme/key", "stranger", "acme/key", "unsigned", "acme/none", "another", "acme/key");
        try (SignedRegistry honest = new SignedRegistry("acme/key", "acme/none");
                HostileRegistry registry = new HostileRegistry(honest.registry().host(), repositories, SEED);
                AttackedServer server = start(registry)) {
            Most most = ask(server, registry);
            System.out.println("\nseed " + SEED + "\nanswers by kind: " + answers);
            System.out.println("of the registry: " + registry.answers);
            System.out.println("at most " + most + "; " + latencies);
            assertThat(wrong).isEmpty();
            assertThat(server.newTraces()).isEmpty();
            assertThat(server.isAlive()).isTrue();
            assertThat(registry.strayed())
                    .as("connections to hosts that nobody named")
                    .isZero();
            assertThat(answers).containsKeys("SIGNED allowed", "OTHER allowed");
            assertThat(most.threads).isLessThan(MOST_THREADS);
            assertThat(most.mebibytes).isLessThan(MOST_RESIDENT_MIB);
        }
    }

    private Most ask(AttackedServer server, HostileRegistry registry) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(credentials.apiserver())
                .build();
        URI url = URI.create("https://127.0.0.1:" + server.port() + "/image_policy");
        Random random = new Random(SEED);
        long threads = 0;
        long resident = 0;
        long end = System.nanoTime() + DURATION.toNanos();
        while (System.nanoTime() < end) {
            Subject subject = Subject.values()[random.nextInt(Subject.values().length)];
            open.acquire();
            review(http, url, subject, subject.image(registry.host(), random.nextInt(IMAGES)));
            threads = Math.max(threads, server.threads());
            resident = Math.max(resident, server.resident());
            Thread.sleep(MILLIS_BETWEEN_REVIEWS);
        }
        open.acquire(MOST_OPEN);
        return new Most(threads, resident >> 10);
    }

    private void review(HttpClient http, URI url, Subject subject, String image) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Review.of(image)))
                .build();
        long began = System.nanoTime();
        CompletableFuture<?> unused = http.sendAsync(request, BodyHandlers.ofString())
                .handle((answer, failed) -> {
                    note(subject, answer, System.nanoTime() - began);
                    open.release();
                    return answer;
                });
    }

    private synchronized void note(Subject subject, @Nullable HttpResponse<String> answer, long nanos) {
        latencies.add(nanos);
        if (answer == null || answer.statusCode() != 200) {
            // On a busy machine the server turns reviews away, or the client gives up. That admits nothing.
            count(subject, answer == null ? ": none" : ": " + answer.statusCode());
            return;
        }
        String body = answer.body();
        boolean allowed = body.contains("\"allowed\":true");
        boolean unsigned = UNSIGNED.matcher(body).find();
        if (allowed ? !subject.good : subject == Subject.OTHER || (subject == Subject.SIGNED && unsigned)) {
            wrong.add(subject + ": " + body);
        }
        count(subject, allowed ? " allowed" : unsigned ? ": unsigned" : ": " + reason(body));
    }

    private void count(Subject subject, String kind) {
        answers.computeIfAbsent(subject + kind, any -> new AtomicInteger()).incrementAndGet();
    }

    private static String reason(String body) {
        Matcher reason = REASON.matcher(body);
        return reason.find() ? reason.group() : body;
    }

    private AttackedServer start(HostileRegistry registry) throws Exception {
        for (String key : List.of("1.pub", "2.pub")) {
            Files.copy(Path.of(SignedRegistry.file("keys/" + key)), folder.resolve(key));
        }
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: production}
                spec:
                  signers: {release: {keys: [{file: 1.pub}]}, stranger: {keys: [{file: 2.pub}]}}
                  rules:
                    - {name: fixed, tag: {deny: [latest]}}
                    - name: signed
                      match: {images: ["%1$s/signed/**", "%1$s/unsigned/**", "%1$s/another/**"]}
                      signature: {by: [$release]}
                    - {name: stranger, match: {images: ["%1$s/stranger/**"]}, signature: {by: [$stranger]}}
                """.formatted(registry.host()));
        Path registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec:
                  registries: [{host: "%s", plainHttp: true}]
                  limits: {timeout: 3s, flightsPerRegistry: 32}
                  cache: {tags: 1ms, absent: 1ms, verified: 1ms, staleOnError: 1ms}
                """.formatted(registry.host()));
        List<String> options = new ArrayList<>(credentials.clientOptions());
        options.addAll(List.of("--policy", policy.toString(), "--registries", registries.toString()));
        return AttackedServer.start(AttackedServer.imageFlags(), credentials, options);
    }
}
