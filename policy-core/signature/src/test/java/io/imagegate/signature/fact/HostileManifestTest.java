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
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static final int IMAGES = Integer.getInteger("imagegate.images", 20);
    private static final int LAYERS = 1_000;

    /** How many images are looked up alone, and then beside the manifest, so that both meet the same load of the machine. */
    private static final int ROUND = 20;

    private static final Duration LIMIT = Duration.ofSeconds(8);

    /** Longer than a search may last, so that the next images are alone when it was answered. */
    private static final Duration WHOLE = Duration.ofSeconds(90);

    private static final String REPOSITORY = "acme/api";

    private final TestKey key = TestKey.p256();
    private final TestRegistry hostile = new TestRegistry();
    private final TestRegistry other = new TestRegistry();

    @Test
    @DisplayName("signed images of another registry are verified meanwhile")
    void beside() throws Exception {
        SignatureNeed need = new SignatureNeed(
                List.of(new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty())),
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
            measure(images, need, "warm-up", IMAGES);
            List<Long> alone = new ArrayList<>();
            List<Long> beside = new ArrayList<>();
            for (int round = 0; round * ROUND < IMAGES; round++) {
                alone.addAll(measure(images, need, "alone" + round, ROUND));
                AtomicBoolean over = new AtomicBoolean();
                hostile.asked.clear();
                CompletableFuture<?> attack = CompletableFuture.runAsync(() -> {
                    while (!over.get()) {
                        assertThat(find(images, bad, need, WHOLE).state()).isNotEqualTo(Fact.State.ABSENT);
                    }
                });
                while (hostile.asked.stream().noneMatch(path -> path.contains("/blobs/"))) {
                    Thread.sleep(10);
                }
                beside.addAll(measure(images, need, "beside" + round, ROUND));
                over.set(true);
                attack.join();
            }
            System.out.println("signed images, ms:" + shown("alone", alone) + shown("beside the manifest", beside));
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

    /** {@return how many nanoseconds each of some new images took} */
    private List<Long> measure(SignedImages images, SignatureNeed need, String name, int number) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String tag = name + "-" + i;
            Digest image = other.image(REPOSITORY, tag, tag);
            other.simpleSignatures(REPOSITORY, image, key);
            long began = System.nanoTime();
            Fact<SignatureFacts> found = find(images, other.image(REPOSITORY, image), need, LIMIT);
            nanos.add(System.nanoTime() - began);
            assertThat(found.state()).as("%s: %s", tag, found).isEqualTo(Fact.State.KNOWN);
        }
        return nanos;
    }

    private static Fact<SignatureFacts> find(
            SignedImages images, ImageReference image, SignatureNeed need, Duration limit) {
        return images.find(Map.of(image, Set.of(need)), limit)
                .join()
                .getOrDefault(image, ImageFacts.NONE)
                .get(need);
    }

    private static String shown(String name, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return "%n%20s  p50 %.1f  p99 %.1f  max %.1f"
                .formatted(
                        name,
                        sorted.get(sorted.size() / 2) / 1e6,
                        sorted.get((sorted.size() * 99 + 99) / 100 - 1) / 1e6,
                        sorted.get(sorted.size() - 1) / 1e6);
    }
}
