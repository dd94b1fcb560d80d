package io.imagegate.bench;

import io.imagegate.junit.SignedRegistry;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
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
import org.openjdk.jmh.annotations.TearDown;

/** A review of a signed image by digest, whose signature was verified before, beside a review of the same body by names. */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FactsBenchmark {

    private final SignedRegistry registry = SignedRegistry.start();
    private final SignedGate signed = SignedGate.open(registry.host(), registry.publicKey());
    private final byte[] body = body();
    private final PolicyWebhook bySignature = PolicyWebhook.of(signed.gate());
    private final PolicySet names = PolicySet.of(Policy.builder("names")
            .rule("own", Rules.allow(registry.host() + "/**"))
            .build());
    private final PolicyWebhook byName = PolicyWebhook.of(() -> names);

    /** {@return a body of the recorded shape with a signed image} */
    private byte[] body() {
        ImageReference image = ImageReference.parse(registry.addSigned("acme/api:1"));
        Digest digest = signed.registries().digest(image).join().value().orElseThrow();
        String named = image.registry() + "/" + image.repository() + "@" + digest;
        return new String(Bodies.recorded(), StandardCharsets.UTF_8)
                .replace("nginx:1.17.1", named)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Looks the signature up, and checks both answers. */
    @Setup
    public void check() {
        ReviewBenchmark.require(names().body(), "\"allowed\":true");
        ReviewBenchmark.require(cachedSignature().body(), "\"allowed\":true");
        registry.close();
        ReviewBenchmark.require(cachedSignature().body(), "\"allowed\":true");
    }

    @TearDown
    public void close() {
        signed.close();
    }

    @Benchmark
    public Answer names() {
        return byName.review("/image_policy", body, body.length);
    }

    @Benchmark
    public Answer cachedSignature() {
        return bySignature.review("/image_policy", body, body.length);
    }
}
