package io.imagegate.bench;

import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The recorded body of one container: bytes to decision bytes, and the steps between. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReviewBenchmark {

    private final byte[] body = Bodies.recorded();
    private final byte[] latest = new String(body, StandardCharsets.UTF_8)
            .replace("nginx:1.17.1", "nginx")
            .getBytes(StandardCharsets.UTF_8);
    private final PolicySet policies = PolicySet.of(Policy.byDefault());
    private final PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
    private final ReviewDecoder decoder = new ReviewDecoder(WireLimits.DEFAULTS);
    private final DatabindReview databind = new DatabindReview();
    private final ImageReview review = ImageReview.of("nginx:1.17.1").inNamespace("default");

    /** Checks every answer before it is timed. */
    @Setup
    public void check() {
        require(webhook.review("/validate", body, body.length).body(), "\"allowed\":true");
        require(webhook.review("/validate", latest, latest.length).body(), "\"allowed\":false");
        require(databind.records(body), "\"allowed\":true");
        require(databind.beans(body), "\"allowed\":true");
    }

    static void require(byte[] answer, String part) {
        String text = new String(answer, StandardCharsets.UTF_8);
        if (!text.contains(part)) {
            throw new IllegalStateException("expected " + part + " in " + text);
        }
    }

    @Benchmark
    @Fork(2)
    public Answer webhookAllows() {
        return webhook.review("/validate", body, body.length);
    }

    @Benchmark
    @Fork(2)
    public Answer webhookDenies() {
        return webhook.review("/validate", latest, latest.length);
    }

    @Benchmark
    public Object decode() throws MalformedReviewException {
        return decoder.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown()));
    }

    @Benchmark
    public Decision decide() {
        return policies.decide(review);
    }

    /** Jackson's databind, to records and back, without any decision. */
    @Benchmark
    @Fork(2)
    public byte[] databindRecords() {
        return databind.records(body);
    }

    /** Jackson's databind, to beans and back, without any decision. */
    @Benchmark
    @Fork(2)
    public byte[] databindBeans() {
        return databind.beans(body);
    }
}
