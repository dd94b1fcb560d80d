package io.imagegate.bench;

import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One image, read and looked up in a set of patterns, as the set grows. (A reference keeps what look-ups need of it, so one
 * that was looked up before would be no measure.) Half of the images match.
 */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PatternBenchmark.IMAGES)
public class PatternBenchmark {

    static final int IMAGES = 256;

    @Param({"10", "100", "1000", "10000", "100000"})
    int patterns;

    private PatternSet set = PatternSet.of(List.of());
    private final String[] same = new String[IMAGES];
    private final String[] spread = new String[IMAGES];

    /** Makes set and images, and checks that it is half of them that match. */
    @Setup
    public void prepare() {
        List<ImagePattern> all = new ArrayList<>(patterns);
        for (int i = 0; i < patterns; i++) {
            all.add(ImagePattern.parse(pattern(i)));
        }
        set = PatternSet.of(all);
        fill(same, 10);
        fill(spread, patterns);
    }

    private void fill(String[] images, int resembled) {
        int matching = 0;
        for (int i = 0; i < IMAGES; i++) {
            images[i] = image((int) ((long) i * resembled / IMAGES), i, i % 2 == 0);
            matching += set.matches(ImageReference.parse(images[i])) ? 1 : 0;
        }
        if (matching != IMAGES / 2) {
            throw new IllegalStateException(matching + " images match");
        }
    }

    private static String pattern(int number) {
        return switch (number % 5) {
            case 0 -> "ghcr.io/acme-" + number + "/**";
            case 1 -> "registry.internal:5000/team-" + number + "/app-*";
            case 2 -> "docker.io/library/tool-" + number + ":1.*";
            case 3 -> "quay.io/org-" + number + "/service";
            default -> "*.zone-" + number + ".example.com/shop/*";
        };
    }

    /** As many different images for few patterns as for many: otherwise the processor learns the few by heart. */
    private static String image(int number, int different, boolean matching) {
        String end = matching ? "" : "x";
        return switch (number % 5) {
            case 0 -> "ghcr.io/acme-" + number + end + "/payments/api-" + different + ":2.0";
            case 1 -> "registry.internal:5000/team-" + number + (matching ? "/app-" : "/web-") + different + ":2.0";
            case 2 -> "tool-" + number + (matching ? ":1." : ":2.") + different;
            case 3 -> "quay.io/org-" + number + "/service" + end + ":2." + different;
            default -> "eu.zone-" + number + end + ".example.com/shop/cart-" + different + ":2.0";
        };
    }

    /** The same images, however many patterns there are. */
    @Benchmark
    @Fork(2)
    public void sameImages(Blackhole sink) {
        match(same, sink);
    }

    /** Images that resemble patterns everywhere in the set, so that more patterns are more memory to be looked at. */
    @Benchmark
    public void spreadImages(Blackhole sink) {
        match(spread, sink);
    }

    private void match(String[] images, Blackhole sink) {
        for (String image : images) {
            sink.consume(set.matches(ImageReference.parse(image)));
        }
    }
}
