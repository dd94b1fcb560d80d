package io.imagegate.bench;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
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

/** A review of many containers, bytes to decision bytes, beside databind's decoding and encoding alone. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContainersBenchmark {

    @Param({"1", "10", "100", "1000"})
    int containers;

    private final PolicySet policies = PolicySet.of(Policy.byDefault());
    private final PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
    private final DatabindReview databind = new DatabindReview();
    private byte[] body = {};

    /** Makes the body and checks its answers. */
    @Setup
    public void prepare() {
        body = Bodies.imageReview(containers);
        ReviewBenchmark.require(webhook(), "\"allowed\":true");
        ReviewBenchmark.require(databindRecords(), "\"allowed\":true");
    }

    @Benchmark
    public byte[] webhook() {
        Answer answer = webhook.review("/validate", body, body.length);
        return answer.body();
    }

    @Benchmark
    public byte[] databindRecords() {
        return databind.records(body);
    }
}
