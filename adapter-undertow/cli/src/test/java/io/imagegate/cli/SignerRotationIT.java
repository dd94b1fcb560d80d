package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.cli.command.SignedRegistry;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key and a trusted root of a running server are replaced together, as kubelet replaces a mounted ConfigMap, while clients ask
 * about an image that the key signed and one that an identity of that root signed. The number of each answer is printed.
 */
class SignerRotationIT {

    private static final int CLIENTS = 4;
    private static final int ROTATIONS = Tier.tries(4, 6);
    private static final int PAUSE_MILLIS = 3;
    private static final String GOOD = "allowed";
    private static final String BAD = "denied: released built";

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private final String review;

    @SuppressWarnings("NullAway.Init")
    private ReviewTester tester;

    @SuppressWarnings("NullAway.Init")
    private SecretVolume volume;

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    /** An answer, with the times between which the server decided. */
    private record Answer(long asked, long answered, String text) {}

    SignerRotationIT() throws IOException {
        signed = new SignedRegistry("acme/key", "acme/keyless");
        String at = "@" + SignedRegistry.IMAGE;
        review = """
                {"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1","spec":{"namespace":"default",\
                "containers":[{"image":"%1$s/acme/key%2$s"},{"image":"%1$s/acme/keyless%2$s"}]}}""".formatted(signed.registry().host(), at);
    }

    @BeforeEach
    void files() throws IOException {
        Program.makeCertificates(folder);
        tester = ReviewTester.trusting(folder, Version.HTTP_2);
        volume = new SecretVolume(Files.createDirectory(folder.resolve("signers")));
        publish(true);
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: signed}
                spec:
                  trust: {own: {file: signers/root.json, require: {timestamp: 1}}}
                  signers:
                    release: {keys: [{file: signers/release.pub}]}
                    ci:
                      keyless:
                        trust: own
                        issuer: http://127.0.0.1:5070
                        identity: "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/*"
                  rules:
                    - {name: released, match: {images: ["**/acme/key"]}, signature: {by: [$release]}}
                    - {name: built, match: {images: ["**/acme/keyless"]}, signature: {by: [$ci]}}
                """);
    }

    @AfterEach
    void close() {
        signed.close();
    }

    /** With the other files no signature counts. */
    private void publish(boolean good) throws IOException {
        volume.next()
                .file("release.pub", Path.of(SignedRegistry.file(good ? "keys/1.pub" : "keys/2.pub")))
                .file(
                        "root.json",
                        Path.of(SignedRegistry.file(good ? "trust/trusted-root.json" : "cosign2/trusted-root.json")))
                .publish();
    }

    private Answer ask(RunningServer server) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        String body = tester.post(server, review).body();
        String rules = List.of("released", "built").stream()
                .filter(rule -> body.contains("\\\"" + rule + "\\\""))
                .collect(Collectors.joining(" "));
        String text = body.contains("\"allowed\":true") ? GOOD : "denied: " + rules;
        return new Answer(asked, System.nanoTime(), text);
    }

    private ServerHere serve() throws IOException {
        return ServerHere.serve(
                folder, "--policy", folder.resolve("policy.yaml").toString(), "--registries", signed.file(folder));
    }

    @Test
    @DisplayName("each answer is wholly that of the old or of the new files, and no old answer follows a new one")
    void rotation() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Answer> firsts = new ArrayList<>();
        List<Long> published = new ArrayList<>();
        try (RunningServer server = serve()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    while (!ended.get()) {
                        answers.add(ask(server));
                        Thread.sleep(PAUSE_MILLIS);
                    }
                    return null;
                }));
            }
            firsts.add(await(server, GOOD));
            for (int i = 0; i < ROTATIONS; i++) {
                published.add(System.nanoTime());
                publish(i % 2 == 1);
                firsts.add(await(server, i % 2 == 1 ? GOOD : BAD));
            }
            ended.set(true);
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
        Map<String, Long> counts = answers.stream().collect(Collectors.groupingBy(Answer::text, Collectors.counting()));
        System.out.println("key and trusted root replaced " + ROTATIONS + " times, answers: " + counts);
        assertThat(counts).containsOnlyKeys(GOOD, BAD);
        assertThat(counts.values()).allMatch(count -> count > CLIENTS);
        for (int i = 0; i < ROTATIONS; i++) {
            Answer first = firsts.get(i);
            long end = published.get(i);
            assertThat(answers.stream()
                            .filter(answer -> answer.asked >= first.answered && answer.answered <= end)
                            .map(Answer::text))
                    .as("between rotation %s and the next", i)
                    .containsOnly(first.text);
        }
    }

    /** Asks until the answer is this one, and waits until clients that asked later have theirs. */
    private Answer await(RunningServer server, String text) throws Exception {
        List<Answer> last = new ArrayList<>();
        Conditions.await(text, () -> {
            last.add(ask(server));
            return last.get(last.size() - 1).text.equals(text);
        });
        // One answer of each client may be to a question that it asked before.
        int enough = answers.size() + 2 * CLIENTS;
        Conditions.await("answers to clients", () -> answers.size() >= enough);
        return last.get(last.size() - 1);
    }
}
