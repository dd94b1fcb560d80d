package io.imagegate.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.LiveGate;
import io.imagegate.policy.Decision;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for JUnit, as the page has them. */
class JUnitRecipesTest {

    @RegisterExtension
    static final GateExtension GATE = GateExtension.of(() -> LiveGate.open("src/test/policies/production.yaml"));

    @Test
    void onlyOwnImagesRun(LiveGate gate) {
        assertThat(gate.decide(ImageReview.of("ghcr.io/acme/api:1")).allowed()).isTrue();
        assertThat(gate.decide(ImageReview.of("docker.io/acme/api:1")).allowed())
                .isFalse();
    }

    @TestFactory
    Stream<DynamicContainer> policyTests() {
        return PolicyTestCases.of("src/test/policies/production-test.yaml");
    }

    @Test
    void onlySignedImagesRun(@TempDir Path folder) throws IOException {
        try (SignedRegistry registry = SignedRegistry.start()) {
            Files.writeString(folder.resolve("cosign.pub"), registry.publicKey());
            Path policy = Files.writeString(folder.resolve("signed.yaml"), """
                    apiVersion: imagegate.io/v1alpha1
                    kind: ImagePolicy
                    metadata: {name: signed}
                    spec:
                      signers: {ci: {keys: [{file: cosign.pub}]}}
                      rules: [{name: signed, signature: {by: [$ci]}}]
                    """);
            try (LiveGate gate = LiveGate.open(policy.toString(), registry.writeRegistries(folder))) {
                Decision signed = gate.decide(ImageReview.of(registry.addSigned("acme/api:1")));
                assertThat(signed.allowed()).isTrue();
                Decision unsigned = gate.decide(ImageReview.of(registry.add("acme/web:1")));
                assertThat(unsigned.reason()).contains("it is not signed by ci");
            }
        }
    }
}
