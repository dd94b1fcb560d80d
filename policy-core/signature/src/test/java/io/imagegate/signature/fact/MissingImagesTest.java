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
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.KeySigner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said of a digest that the registry does not have, and what that costs. */
class MissingImagesTest {

    private static final Digest NOWHERE = Digest.parse("sha256:" + "e".repeat(64));

    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open();
    private final SignedImages images = SignedImages.of(registries);
    private final TestKey key = TestKey.p256();
    private final Digest api = registry.image("acme/api", "v1", "api");

    @AfterEach
    void close() {
        images.close();
        registries.close();
        registry.close();
    }

    private Decision decide(String name) throws Exception {
        KeySigner release = new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty());
        PolicySet policies = PolicySet.of(Policy.builder("signed")
                .rule("signed", SignatureRule.by(release))
                .build());
        return ImageGate.of(() -> policies, images)
                .decide(ImageReview.of(registry.host() + "/" + name), Duration.ofMinutes(2));
    }

    private long requestsFor(Digest digest) {
        return registry.asked.stream()
                .filter(path -> path.endsWith("/manifests/" + digest))
                .count();
    }

    @Test
    @DisplayName("a digest that the registry does not have is said to be missing there, not to be unsigned")
    void missing() throws Exception {
        for (int i = 0; i < 2; i++) {
            Decision decision = decide("acme/api@" + NOWHERE);
            assertThat(decision.allowed()).isFalse();
            assertThat(decision.reason())
                    .contains("not signed by release; acme/api@" + NOWHERE + " does not exist at " + registry.host())
                    .doesNotContain("has no signature");
        }
        assertThat(requestsFor(NOWHERE)).as("kept, too").isOne();
    }

    @Test
    @DisplayName("an image that is there without a signature is asked for once")
    void unsigned() throws Exception {
        assertThat(decide("acme/api@" + api).reason()).contains(api + " has no signature");
        assertThat(decide("acme/api@" + api).allowed()).isFalse();
        assertThat(requestsFor(api)).isOne();
    }

    @Test
    @DisplayName("a signed image costs no request for its manifest, nor does a tag a second one")
    void signed() throws Exception {
        assertThat(decide("acme/api:v1").reason()).contains(api + " has no signature");
        assertThat(requestsFor(api)).isZero();
        registry.simpleSignatures("other/api", registry.image("other/api", "v1", "api"), key);
        assertThat(decide("other/api@" + api).allowed()).isTrue();
        assertThat(requestsFor(api)).isZero();
    }

    @Test
    @DisplayName("while the registry does not say whether the image is there, its signatures are absent as they were")
    void refused() throws Exception {
        registry.status("/v2/acme/api/manifests/" + NOWHERE, 403);
        assertThat(decide("acme/api@" + NOWHERE).reason()).contains(NOWHERE + " has no signature");
    }
}
