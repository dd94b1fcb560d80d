package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.Digest;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Vulnerabilities;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeySigner;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Eight images with a scan of 5,000 findings each are decided by a program with a heap of 128 MB; time and memory are printed. */
@Tag("full")
@Isolated("It measures memory.")
class LargeScansTest {

    private static final int IMAGES = 8;
    private static final int FINDINGS = 5_000;
    private static final int CACHED = 1_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("within 128 MB of heap, all are decided, and again from the cache")
    void withinHeap() throws Exception {
        TestKey key = TestKey.p256();
        Files.write(folder.resolve("key.pub"), key.pem());
        try (TestRegistry registry = new TestRegistry()) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeScansTest.class.getName(),
                    registry.host(),
                    folder.resolve("key.pub").toString()));
            String report = TestReports.trivy(FINDINGS, "2026-11-20T06:00:00Z");
            for (int i = 0; i < IMAGES; i++) {
                Digest image = registry.image("acme/api", "v" + i, "api " + i);
                registry.bundles(
                        "acme/api",
                        image,
                        TestBundle.by(key).payload(TestBundle.statement(image, TestReports.VULN, report)));
                command.add(image.toString());
            }
            Path out = folder.resolve("out");
            Process program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                assertThat(program.waitFor(300, TimeUnit.SECONDS)).isTrue();
            } finally {
                program.destroyForcibly();
            }
            String printed = Files.readString(out);
            System.out.println("a report of " + FINDINGS + " findings has " + report.length() + " bytes\n" + printed);
            assertThat(printed).contains("denied " + IMAGES + " (500 critical, 1000 high)", "allowed again " + CACHED);
        }
    }

    /**
     * Decides on all images, and on the first one again and again.
     *
     * @param arguments host of the registry, file of the key, digests
     */
    public static void main(String[] arguments) throws Exception {
        KeySigner ci = new KeySigner(
                "ci", List.of(SignedDecisionsTest.key(Files.readAllBytes(Path.of(arguments[1])))), Optional.empty());
        Vulnerabilities denied = Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL, VulnerabilitySeverity.HIGH);
        List<String> digests = List.of(arguments).subList(2, arguments.length);
        try (Registries registries = Registries.of(ImageRegistries.builder()
                        .add(RegistryEntry.builder(arguments[0]).plainHttp().build())
                        .build());
                SignedImages images = SignedImages.of(registries)) {
            ImageGate gate = ImageGate.of(() -> policies(ci, denied), images);
            int count = 0;
            for (String digest : digests) {
                long began = System.nanoTime();
                count += decide(gate, arguments[0], digest).reason().contains("(500 critical, 1000 high): ") ? 1 : 0;
                System.out.println("cold: " + (System.nanoTime() - began) / 1_000_000 + " ms, heap in use after GC "
                        + usedMegabytes() + " MB");
            }
            System.out.println("denied " + count + " (500 critical, 1000 high)");
            Vulnerabilities ignoring = denied;
            for (int i = 0; i < FINDINGS; i++) {
                ignoring = i % 10 < 3 ? ignoring.withIgnored(TestReports.id(i)) : ignoring;
            }
            PolicySet lenient = policies(ci, ignoring);
            again(ImageGate.of(() -> lenient, images), arguments[0], digests.get(digests.size() - 1));
        }
    }

    private static PolicySet policies(KeySigner ci, Vulnerabilities condition) {
        return PolicySet.of(Policy.builder("scanned")
                .rule(
                        "scanned",
                        AttestationRule.of(AttestationType.parse("vuln"), ci).with(condition))
                .build());
    }

    private static void again(ImageGate gate, String host, String digest) {
        int allowed = 0;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long began = 0;
        long allocated = 0;
        for (int i = 0; i < 2 * CACHED; i++) {
            if (i == CACHED) {
                began = System.nanoTime();
                allocated = threads.getCurrentThreadAllocatedBytes();
                allowed = 0;
            }
            allowed += decide(gate, host, digest).allowed() ? 1 : 0;
        }
        System.out.println("cached: " + (System.nanoTime() - began) / 1_000 / CACHED + " us, "
                + (threads.getCurrentThreadAllocatedBytes() - allocated) / 1024 / CACHED
                + " KB allocated by the caller");
        System.out.println("allowed again " + allowed + ", as all is ignored");
    }

    private static Decision decide(ImageGate gate, String host, String digest) {
        return gate.decide(ImageReview.of(host + "/acme/api@" + digest), Duration.ofSeconds(60));
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
