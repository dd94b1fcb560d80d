package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.RecordedRegistry;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.KeySigner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signatures in another repository than their images, as cosign writes them with {@code COSIGN_REPOSITORY}. */
class SignaturesElsewhereTest {

    private final TestRegistry hub = RecordedRegistry.serve("docker-registry");
    private final TestRegistry zot = RecordedRegistry.serve("zot");

    @AfterEach
    void close() {
        hub.close();
        zot.close();
    }

    private Decision decide(String place, TestRegistry at, String repository) throws Exception {
        ImageRegistries configuration = ImageRegistries.builder()
                .add(RegistryEntry.builder(hub.host())
                        .plainHttp()
                        .signatures(place)
                        .build())
                .add(RegistryEntry.builder(zot.host()).plainHttp().build())
                .build();
        KeySigner release = new KeySigner(
                "release", List.of(SignedDecisionsTest.key(Recorded.bytes("keys/1.pub"))), Optional.empty());
        PolicySet policies = PolicySet.of(Policy.builder("signed")
                .rule("signed", SignatureRule.by(release))
                .build());
        try (Registries registries = Registries.of(configuration);
                SignedImages images = SignedImages.of(registries)) {
            String image = at.image(repository, Recorded.IMAGE).text();
            return ImageGate.of(() -> policies, images).decide(ImageReview.of(image), Duration.ofMinutes(2));
        }
    }

    private static List<String> searched(TestRegistry registry) {
        return registry.asked.stream()
                .filter(path -> path.contains("/referrers/") || path.contains("/manifests/sha256-"))
                .map(path -> path.replaceFirst("^/v2/(.*)/(referrers|manifests)/.*", "$1"))
                .distinct()
                .toList();
    }

    @Test
    @DisplayName("a signature in the place that the entry names counts, and the image's own repository is not searched")
    void there() throws Exception {
        Decision decision = decide(hub.host() + "/acme/key", hub, "acme/none");
        assertThat(decision.allowed()).as(decision.reason()).isTrue();
        assertThat(decision.auditAnnotations().get("verified"))
                .contains("/acme/none@" + Recorded.IMAGE + " signed by release");
        assertThat(searched(hub)).containsExactly("acme/key");
    }

    @Test
    @DisplayName("a signature in the image's own repository does not count where the entry names another place")
    void besideTheImage() throws Exception {
        Decision decision = decide(hub.host() + "/acme/none", hub, "acme/key");
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("not signed by release");
        assertThat(searched(hub)).containsExactly("acme/none");
    }

    @Test
    @DisplayName("images of another entry are searched where they are, with and without a signature")
    void otherEntry() throws Exception {
        assertThat(decide(hub.host() + "/acme/none", zot, "acme/key").allowed()).isTrue();
        assertThat(decide(hub.host() + "/acme/key", zot, "acme/none").allowed()).isFalse();
        assertThat(searched(zot)).containsExactly("acme/key", "acme/none");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    @DisplayName("the place may be on another host, by that host's entry; a host that is down is no missing signature")
    void otherHost() throws Exception {
        Decision decision = decide(zot.host() + "/acme/key", hub, "acme/none");
        assertThat(decision.allowed()).as(decision.reason()).isTrue();
        assertThat(searched(zot)).containsExactly("acme/key");
        assertThat(searched(hub)).isEmpty();
        zot.down();
        Decision down = decide(zot.host() + "/acme/key", hub, "acme/key");
        assertThat(down.allowed()).isFalse();
        assertThat(down.reason()).contains(zot.host() + " is down").doesNotContain("not signed");
    }
}
