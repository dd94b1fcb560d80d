package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignerKeys;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long signed images of a registry take while another registry has an image with a manifest of 1,000 layers that name one
 * bundle of 15 MB, which is asked for again whenever it was answered, as by a ReplicaSet. To measure 200 images:
 *
 * <pre>{@code
 * mvn -pl policy-core/signature -am test -Dtest=HostileManifestTest -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dimagegate.images=200
 * }</pre>
 */
@Isolated("it measures")
@Tag("slow")
class HostileManifestTest {

    private static final int IMAGES = Integer.getInteger("imagegate.images", 5);
    private static final int LAYERS = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final String REPOSITORY = "acme/api";

    private final TestKey key = TestKey.p256();
    private final TestRegistry hostile = new TestRegistry();
    private final TestRegistry other = new TestRegistry();
    private volatile boolean over;

    @Test
    @DisplayName("signed images of another registry are verified meanwhile")
    void beside() throws Exception {
        SignatureNeed need = new SignatureNeed(
                List.of(new SignerKeys("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty())),
                Set.of());
        ImageRegistries both = ImageRegistries.builder()
                .add(RegistryEntry.builder(hostile.host()).plainHttp().build())
                .add(RegistryEntry.builder(other.host()).plainHttp().build())
                .build();
        try (hostile;
                other;
                Registries registries = Registries.of(both);
                SignedImages images = SignedImages.of(registries)) {
            ImageReference bad = push();
            long[] warmUp = measure(images, need, "warm-up");
            long[] alone = measure(images, need, "alone");
            CompletableFuture<?> attack = CompletableFuture.runAsync(() -> {
                while (!over) {
                    assertThat(find(images, bad, need).state()).isNotEqualTo(Fact.State.ABSENT);
                }
            });
            Thread.sleep(1_000);
            long[] beside = measure(images, need, "beside");
            over = true;
            attack.join();
            System.out.println("signed images, ms: " + shown("warm-up", warmUp) + shown("alone", alone)
                    + shown("beside the manifest", beside));
        }
    }

    private ImageReference push() {
        Digest image = hostile.image(REPOSITORY, "v1", "hostile");
        String predicate = "{\"text\":\"" + "x".repeat(11_000_000) + "\"}";
        TestBundle bundle = TestBundle.by(TestKey.p256())
                .payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, predicate));
        hostile.repeated(REPOSITORY, image, bundle, LAYERS);
        return hostile.image(REPOSITORY, image);
    }

    /** {@return how long each of some new images took, in ascending order} */
    private long[] measure(SignedImages images, SignatureNeed need, String name) {
        long[] nanos = new long[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            Digest image = other.image(REPOSITORY, name + i, name + i);
            other.simpleSignatures(REPOSITORY, image, key);
            long began = System.nanoTime();
            Fact<SignatureFacts> found = find(images, other.image(REPOSITORY, image), need);
            nanos[i] = System.nanoTime() - began;
            assertThat(found.state()).as("%s %s: %s", name, i, found).isEqualTo(Fact.State.KNOWN);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static Fact<SignatureFacts> find(SignedImages images, ImageReference image, SignatureNeed need) {
        return images.find(Map.of(image, Set.of(need)), LIMIT)
                .join()
                .getOrDefault(image, ImageFacts.NONE)
                .get(need);
    }

    private static String shown(String name, long[] nanos) {
        return "%n%20s  p50 %.1f  p99 %.1f  max %.1f"
                .formatted(
                        name,
                        nanos[nanos.length / 2] / 1e6,
                        nanos[(nanos.length * 99 + 99) / 100 - 1] / 1e6,
                        nanos[nanos.length - 1] / 1e6);
    }
}
