package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Sixteen clients with the worst reviews there are, and a heap of 64 MiB: a client that behaves well is answered rightly all
 * the while, and so are they. {@code -Dimagegate.attack=10m} goes on for as long, and prints what it cost.
 */
@Tag("full")
@Isolated("It measures or attacks.")
class AttackIT {

    private static final int ATTACKERS = 16;
    private static final int HEAP_MEBIBYTES = 64;
    /** The API server's clients ask as often as pods are created, not as fast as they can. */
    private static final long PAUSE_MILLIS = 5;

    private final Duration duration = Duration.parse("PT" + System.getProperty("imagegate.attack", "8s"));
    private final ConcurrentMap<HostileReview, ConcurrentMap<String, LongAdder>> answers = new ConcurrentHashMap<>();

    @TempDir
    Path folder = Path.of("");

    @Test
    void whoBehavesWellIsAnsweredWhateverOthersSend() throws Exception {
        Program.makeCertificates(folder);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), HostileReview.policy());
        ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS);
        // An attacker's body waits for those of the others, and each is to be answered, however slow the machine.
        try (RunningJar server = RunningJar.serveWithHeap(
                HEAP_MEBIBYTES,
                folder,
                "--policy",
                policy.toString(),
                "--request-timeout",
                "100s",
                "--log-decisions",
                "none")) {
            ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
            Latencies calm = behaveWell(tester, server, System.nanoTime() + duration.toNanos() / 10);
            String before = memory(server);
            long end = System.nanoTime() + duration.toNanos();
            List<Future<?>> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                attackers.add(threads.submit(attacker(server, i, end)));
            }
            Latencies first = behaveWell(tester, server, System.nanoTime() + duration.toNanos() / 10);
            String early = memory(server);
            Latencies rest = behaveWell(tester, server, end);
            String after = memory(server);
            for (Future<?> attacker : attackers) {
                attacker.get();
            }
            System.out.printf("%n%s under attack of %d clients%n%s", duration, ATTACKERS, HostileClient.table(answers));
            System.out.printf("well-behaved, in peace:       %s%n", calm);
            System.out.printf("well-behaved, first tenth:    %s%n", first);
            System.out.printf("well-behaved, rest:           %s%n", rest);
            System.out.printf("memory, in peace:             %s%n", before);
            System.out.printf("memory, after a tenth:        %s%n", early);
            System.out.printf("memory, at the end:           %s%n", after);
            assertAnswered(server);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBodyForWhichThereIsNoMemoryIsTurnedAwayAndNotJudgedInPart() throws Exception {
        Program.makeCertificates(folder);
        String large = ReviewTester.review("nginx:1") + " ".repeat(60 << 20);
        try (RunningJar server = RunningJar.serveWithHeap(
                48, folder, "--max-body-bytes", "64m", "--max-buffered-bytes", "64m", "--request-timeout", "100s")) {
            assertThat(ReviewTester.trusting(folder, Version.HTTP_1_1)
                            .post(server, large)
                            .statusCode())
                    .isEqualTo(429);
            assertThat(ReviewTester.trusting(folder, Version.HTTP_2).ask(server, "nginx:1"))
                    .isEqualTo("allowed");
        }
    }

    private HostileClient attacker(RunningJar server, int number, long end) {
        HttpClient client = HttpClient.newBuilder()
                .version(number % 2 == 0 ? Version.HTTP_1_1 : Version.HTTP_2)
                .sslContext(TlsContexts.client(
                        TlsFiles.certificates(folder.resolve("ca.pem")).get(0)))
                .build();
        return new HostileClient(client, URI.create(server.url()), number, end, answers);
    }

    private static Latencies behaveWell(ReviewTester tester, RunningJar server, long end) throws Exception {
        Latencies latencies = new Latencies();
        while (System.nanoTime() - end < 0) {
            boolean tagged = latencies.count() % 2 == 0;
            long start = System.nanoTime();
            String decision = tester.ask(server, tagged ? "nginx:1.17.1" : "nginx");
            latencies.add(System.nanoTime() - start);
            assertThat(decision).isEqualTo(tagged ? "allowed" : "denied");
            Thread.sleep(PAUSE_MILLIS);
        }
        return latencies;
    }

    private void assertAnswered(RunningJar server) throws Exception {
        assertThat(answers.keySet()).containsExactlyInAnyOrder(HostileReview.values());
        answers.forEach((attack, verdicts) -> assertThat(verdicts.keySet())
                .as(attack.toString())
                .isEqualTo(Set.of(attack == HostileReview.LARGEST_BODY ? "allowed" : "denied")));
        assertThat(server.manage("/livez")).isEqualTo("200 ok\n");
        assertThat(server.output()).doesNotContain("OutOfMemory", "a review failed");
        Conditions.await("the memory is free again", () -> server.metric("imagegate_buffered_bytes") == 0);
    }

    private static String memory(RunningJar server) throws Exception {
        long heap = (long) server.metric("jvm_memory_used_bytes{area=\"heap\"}") >> 10;
        return residentKibibytes(server) + " KiB resident, " + heap + " KiB of heap";
    }

    /** As Linux tells it. */
    private static String residentKibibytes(RunningJar server) throws IOException {
        Path status = Path.of("/proc/" + server.processId() + "/status");
        if (!Files.isReadable(status)) {
            return "?";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("?");
    }
}
