package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.KeySigner;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Images to which so many manifests refer that there will soon be too many to read. */
class CrowdedImagesTest {

    @Test
    @DisplayName("cause a warning from 500 manifests on, long before the limit of 1,000; also from the cache")
    void warning() throws Exception {
        TestKey key = TestKey.p256();
        KeySigner release = new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty());
        PolicySet policies = PolicySet.of(Policy.builder("signed")
                .rule("signed", SignatureRule.by(release))
                .build());
        try (TestRegistry registry = new TestRegistry();
                Registries registries = registry.open();
                SignedImages images = SignedImages.of(registries)) {
            ImageGate gate = ImageGate.of(() -> policies, images);
            for (int manifests : List.of(499, 500)) {
                Digest image = registry.image("acme/api", "v" + manifests, "api " + manifests);
                TestBundle signature =
                        TestBundle.by(key).payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, "{}"));
                registry.bundles("acme/api", image, manifests, signature);
                String name = registry.image("acme/api", image).text();
                for (int i = 0; i < 2; i++) {
                    Decision decision = gate.decide(ImageReview.of(name), Duration.ofMinutes(2));
                    assertThat(decision.allowed()).isTrue();
                    assertThat(decision.warnings())
                            .isEqualTo(
                                    manifests < 500
                                            ? Collections.emptyList()
                                            : List.of("500 manifests with signatures or attestations, of which 1000 are"
                                                    + " read at most, refer to image \"" + name
                                                    + "\": delete old ones"));
                }
            }
        }
    }
}
