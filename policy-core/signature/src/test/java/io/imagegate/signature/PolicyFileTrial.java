package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.signature.fact.SignedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a policy file, with the files that it names, to a decision on an image that a test has signed. */
abstract class PolicyFileTrial {

    @TempDir
    Path folder = Path.of("");

    final TestRegistry registry = new TestRegistry();
    final Digest image = registry.image("acme/api", "v1", "api");

    @AfterEach
    final void closeRegistry() {
        registry.close();
    }

    final void file(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    final void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** Loads a policy with signers in {@code spec} and one rule on them. */
    final PolicySet load(String signers, String rule) throws IOException {
        file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                %s  rules: [{name: signed, %s}]
                """.formatted(signers.indent(2), rule));
        return new PolicyDocuments()
                .withSignatures(Verifier::requireTrustedRoot)
                .load(folder.resolve("policy.yaml"));
    }

    static Decision decide(PolicySet policies, TestRegistry at, String repository, Digest digest) {
        try (Registries registries = at.open();
                SignedImages images = SignedImages.of(registries)) {
            String name = at.image(repository, digest).text();
            return ImageGate.of(() -> policies, images).decide(ImageReview.of(name), Duration.ofMinutes(2));
        }
    }

    final Decision decide(PolicySet policies, TestBundle bundle) {
        registry.bundles("acme/api", image, bundle);
        return decide(policies, registry, "acme/api", image);
    }

    final TestBundle signature(TestCertificate leaf) {
        return TestBundle.by(leaf).payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, "{}"));
    }

    static void allowed(Decision decision) {
        assertThat(decision.allowed()).as(decision.reason()).isTrue();
    }

    static void denied(Decision decision, String... parts) {
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains(parts).isPrintable();
    }
}
