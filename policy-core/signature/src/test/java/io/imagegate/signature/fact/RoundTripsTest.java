package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many round trips to a registry a decision on a new image takes: those side by side are one. */
class RoundTripsTest {

    private static final String MANIFESTS = "/v2/acme/api/manifests/";

    private final TestKey key = TestKey.p256();

    /** Decides; the registry answers the paths of each round trip when all of them are asked for, and never before. */
    private void allowed(TestRegistry registry, List<List<String>> roundTrips) throws Exception {
        roundTrips.forEach(registry::together);
        PolicySet policies = PolicySet.of(Policy.builder("signed")
                .rule(
                        "signed",
                        SignatureRule.by(new KeySigner(
                                "release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty())))
                .build());
        try (Registries registries = registry.open();
                SignedImages images = SignedImages.of(registries)) {
            ImageGate gate = ImageGate.of(() -> policies, images);
            assertThat(gate.decide(ImageReview.of(registry.host() + "/acme/api:v1"), Duration.ofSeconds(60))
                            .toString())
                    .isEqualTo("allowed");
        }
        // A registry that is slow, because the machine is, is also asked whether it is up.
        assertThat(registry.asked)
                .filteredOn(path -> !path.equals("/v2/"))
                .containsExactlyInAnyOrderElementsOf(
                        roundTrips.stream().flatMap(List::stream).toList());
    }

    private static List<String> lists(Digest image) {
        String tag = image.toString().replace(':', '-');
        return List.of(MANIFESTS + tag + ".sig", "/v2/acme/api/referrers/" + image, MANIFESTS + tag);
    }

    @Test
    @DisplayName(
            "three with a signature by a key: the tag; the tag of signatures and both lists of referrers; the payload")
    void signature() throws Exception {
        try (TestRegistry registry = new TestRegistry()) {
            Digest image = registry.image("acme/api", "v1", "signed");
            registry.simpleSignatures("acme/api", image, key);
            allowed(registry, List.of(List.of(MANIFESTS + "v1"), lists(image), registry.blobs("acme/api")));
        }
    }

    @Test
    @DisplayName("four with a bundle: its manifest is read before it")
    void bundle() throws Exception {
        try (TestRegistry registry = new TestRegistry()) {
            Digest image = registry.image("acme/api", "v1", "signed");
            List<String> before = registry.manifests("acme/api");
            registry.bundles(
                    "acme/api",
                    image,
                    TestBundle.by(key).payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, "{}")));
            List<String> manifest = registry.manifests("acme/api").stream()
                    .filter(path -> !before.contains(path))
                    .toList();
            allowed(
                    registry,
                    Stream.of(List.of(MANIFESTS + "v1"), lists(image), manifest, registry.blobs("acme/api"))
                            .toList());
        }
    }
}
