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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An AdmissionReview of one image, bytes to decision bytes, as what surrounds the image grows; beside it the tokens of the same bytes,
 * which is the least that a webhook on Jackson reads.
 */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBenchmark {

    /** As many that what reads and answers small reviews is compiled before large ones come. */
    private static final int WARM_REVIEWS = 20_000;

    @Param({"1024", "8192", "65536", "1048576", "4194304"})
    int bytes;

    private final PolicySet policies = PolicySet.of(Policy.byDefault());
    private final PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
    private final JsonFactory jackson = JsonFactory.builder().build();
    private byte[] body = {};

    /**
     * Makes the body, and checks that its image is found and checked. Small bodies come first: a second has few large ones, and code that
     * is not compiled yet allocates more.
     */
    @Setup
    public void prepare() {
        body = Bodies.admissionReview(1 << 10);
        for (int i = 0; i < WARM_REVIEWS; i++) {
            ReviewBenchmark.require(webhook().body(), "\"allowed\":true");
        }
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

    /** {@return how many tokens the body has} */
    @Benchmark
    public int tokens() {
        int tokens = 0;
        try (JsonParser parser = jackson.createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens++;
            }
        }
        return tokens;
    }
}
