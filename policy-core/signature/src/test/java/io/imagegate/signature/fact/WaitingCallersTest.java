package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureNeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reviews that share one search for signatures. */
class WaitingCallersTest {

    private static final int SHARE = 8 << 10;
    private static final Duration LIMIT = Duration.ofMillis(1);

    @Test
    @DisplayName("of one hung image are limited, even if they gave up; what is kept is still answered")
    void hung() throws Exception {
        TestKey key = TestKey.p256();
        try (TestRegistry registry = new TestRegistry();
                Registries registries = registry.open();
                SignedImages images = SignedImages.of(registries)) {
            SignatureNeed need = new SignatureNeed(
                    List.of(new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty())),
                    Set.of());
            Digest hung = registry.image("acme/api", "v1", "api");
            Digest signed = registry.image("acme/app", "v1", "app");
            registry.simpleSignatures("acme/app", signed, key);
            registry.hang("/v2/acme/api/manifests/sha256-" + hung.hex() + ".sig");
            ImageReference kept = registry.image("acme/app", signed);
            assertThat(find(images, kept, need, Duration.ofMinutes(2)).state()).isEqualTo(Fact.State.KNOWN);
            ImageReference image = registry.image("acme/api", hung);
            for (int i = 0; i < SHARE; i++) {
                CompletableFuture<?> unused = images.find(Map.of(image, Set.of(need)), LIMIT);
            }
            assertThat(find(images, image, need, Duration.ofMinutes(2)).reason())
                    .isEqualTo("too many reviews wait for this registry, so try again");
            assertThat(find(images, kept, need, Duration.ofMinutes(2)).state()).isEqualTo(Fact.State.KNOWN);
        }
    }

    private static Fact<?> find(SignedImages images, ImageReference image, SignatureNeed need, Duration limit) {
        Map<ImageReference, ImageFacts> found =
                images.find(Map.of(image, Set.of(need)), limit).join();
        return found.getOrDefault(image, ImageFacts.NONE).get(need);
    }
}
