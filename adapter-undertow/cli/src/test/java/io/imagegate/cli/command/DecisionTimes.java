package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.fact.SignedImages;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The time of decisions on an image of a lab, with empty caches and from them, beside that of {@code cosign verify}, which is a new
 * process each time.
 */
final class DecisionTimes {

    private static final int ROUNDS = 5;
    private static final int CACHED = 2_000;

    private final PolicySet policies;
    private final Path registries;
    private final ImageReview review;

    private DecisionTimes(Path policy, Path registries, String image) {
        this.policies = new PolicyDocuments()
                .withSignatures(root -> Verifier.requireTrustedRoot(root))
                .load(policy);
        this.registries = registries;
        this.review = ImageReview.of(image);
    }

    /** Prints a line for an image that both verify; the first decision loads classes and is not counted. */
    static void print(RealVerdict said, Path policy, Path registries, Path cosign) throws Exception {
        DecisionTimes times = new DecisionTimes(policy, registries, said.image());
        times.cold();
        long[] cold = new long[ROUNDS];
        long[] other = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            cold[i] = times.cold();
            other[i] = verify(said, cosign);
        }
        System.out.printf(
                "%s: decision %,d us cold, %.1f us cached; cosign verify %,d us; medians of %d, load average %.1f%n",
                said.question(),
                median(cold) / 1_000,
                times.cached() / 1_000.0,
                median(other) / 1_000,
                ROUNDS,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Nanoseconds of one decision for which everything is asked. */
    private long cold() throws IOException {
        try (Registries open = Registries.of(ImageRegistries.load(registries));
                SignedImages images = SignedImages.of(open)) {
            long began = System.nanoTime();
            decide(ImageGate.of(() -> policies, images));
            return System.nanoTime() - began;
        }
    }

    /** Nanoseconds of one of many decisions for which nothing is asked. */
    private long cached() throws IOException {
        try (Registries open = Registries.of(ImageRegistries.load(registries));
                SignedImages images = SignedImages.of(open)) {
            ImageGate gate = ImageGate.of(() -> policies, images);
            for (int i = 0; i < CACHED; i++) {
                decide(gate);
            }
            long began = System.nanoTime();
            for (int i = 0; i < CACHED; i++) {
                decide(gate);
            }
            return (System.nanoTime() - began) / CACHED;
        }
    }

    private void decide(ImageGate gate) {
        assertThat(gate.decide(review, Duration.ofSeconds(30)).allowed()).isTrue();
    }

    private static long verify(RealVerdict said, Path cosign) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("imagegate-", ".cosign");
        try {
            List<String> command = said.cosign(cosign);
            long began = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .directory(said.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            assertThat(process.waitFor()).as(Files.readString(printed)).isZero();
            return System.nanoTime() - began;
        } finally {
            Files.delete(printed);
        }
    }
}
