package io.imagegate.bench;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An AdmissionReview of one image, bytes to decision bytes, as what surrounds the image grows. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBenchmark {

    @Param({"1024", "8192", "65536", "1048576", "4194304"})
    int bytes;

    private final PolicySet policies = PolicySet.of(Policy.byDefault());
    private final PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
    private byte[] body = {};

    /** Makes the body, and checks that its image is found and checked. */
    @Setup
    public void prepare() {
        body = Bodies.admissionReview(bytes);
        ReviewBenchmark.require(webhook().body(), "\"allowed\":true");
        byte[] latest = new String(body, StandardCharsets.UTF_8)
                .replace("nginx:1.17.1", "nginx")
                .getBytes(StandardCharsets.UTF_8);
        ReviewBenchmark.require(
                webhook.review("/validate", latest, latest.length).body(), "\"allowed\":false");
    }

    @Benchmark
    public Answer webhook() {
        return webhook.review("/validate", body, body.length);
    }
}
