package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.CachePeriods;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.registry.RegistryLimits;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches whose time is over while they verify something. */
@Tag("slow")
class SearchesOverTimeTest {

    private static final int OVER_1_MIB = 1_100_000;

    /** Searches that may wait: one registry takes half of the places. */
    private static final int WAITING = 8;

    private final CountDownLatch goOn = new CountDownLatch(1);

    /** A provider whose signatures take as long as the test wants. */
    private final class Slow extends Provider {

        private static final long serialVersionUID = 1L;

        Slow() {
            super("Slow", "1", "for tests");
            putService(new Service(this, "Signature", "SHA256withECDSA", "none", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new NoSuchAlgorithmException("meant");
                }
            });
        }
    }

    private static ImageRegistries twoSearchesAtATime(String host) {
        return ImageRegistries.builder()
                .add(RegistryEntry.builder(host).plainHttp().build())
                .limits(RegistryLimits.builder()
                        .timeout(Duration.ofSeconds(5))
                        .flightsPerRegistry(2)
                        .waiting(2 * WAITING)
                        .build())
                .cache(CachePeriods.NONE)
                .build();
    }

    private static CompletableFuture<Fact<SignatureFacts>> find(
            String repository, TestRegistry registry, Verifications verifications, SignatureNeed need) {
        Digest digest = registry.image(repository, "v1", repository);
        return verifications.find(registry.image(repository, digest), digest, need);
    }

    @Test
    @DisplayName("are answered in time, and have their place until the verification has ended")
    void place() throws Exception {
        TestKey key = TestKey.p256();
        SignatureNeed need = new SignatureNeed(
                List.of(new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty())),
                Set.of());
        try (TestRegistry registry = new TestRegistry();
                Registries registries = Registries.of(twoSearchesAtATime(registry.host()));
                Verifications verifications =
                        new Verifications(registries, Verifier.of(new Slow()), answer -> {}, InstantSource.system())) {
            Digest next = registry.image("acme/next", "v1", "next");
            ImageReference image = registry.image("acme/next", next);
            assertThat(verifications
                            .find(image, next, need)
                            .get(60, TimeUnit.SECONDS)
                            .state())
                    .isEqualTo(Fact.State.ABSENT);
            registry.asked.clear();
            List<CompletableFuture<Fact<SignatureFacts>>> slow = new ArrayList<>();
            for (String name : List.of("acme/slow", "acme/slower")) {
                Digest digest = registry.image(name, "v1", name);
                String predicate = "{\"text\":\"" + "x".repeat(OVER_1_MIB) + "\"}";
                TestBundle bundle =
                        TestBundle.by(key).payload(TestBundle.statement(digest, SignedContent.COSIGN_SIGN, predicate));
                registry.bundles(name, digest, bundle);
                slow.add(verifications.find(registry.image(name, digest), digest, need));
            }
            for (CompletableFuture<Fact<SignatureFacts>> search : slow) {
                assertThat(search.get(60, TimeUnit.SECONDS).reason())
                        .isEqualTo("the search for signatures did not end in time, so try again");
            }
            CompletableFuture<Fact<SignatureFacts>> second = verifications.findAgain(image, next, need);
            for (int i = 1; i < WAITING; i++) {
                assertThat(find("acme/next" + i, registry, verifications, need)).isNotDone();
            }
            // On a machine with few processors nothing else shows that two places are still taken.
            assertThat(find("acme/more", registry, verifications, need))
                    .isCompletedWithValueMatching(found ->
                            found.reason().equals("too many verifications wait for this registry, so try again"));
            Thread.sleep(500);
            assertThat(registry.asked).noneMatch(path -> path.contains("acme/next"));
            goOn.countDown();
            assertThat(second.get(60, TimeUnit.SECONDS).state()).isEqualTo(Fact.State.ABSENT);
        } finally {
            goOn.countDown();
        }
    }
}
