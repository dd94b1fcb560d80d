package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.CachePeriods;
import io.imagegate.registry.Registries;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureNeed;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tag that is moved between the look-up of its signatures and that of its digest. */
class MovedTagTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Needs of another image; reading them does something first, once. */
    private static final class Meanwhile extends AbstractSet<Need<?>> {

        private final Runnable action;
        private boolean done;

        Meanwhile(Runnable action) {
            this.action = action;
        }

        @Override
        public Iterator<Need<?>> iterator() {
            if (!done) {
                done = true;
                action.run();
            }
            return Set.<Need<?>>of(Need.DIGEST).iterator();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @ParameterizedTest(name = "now {0}: {1}")
    @CsvSource({"api, KNOWN", "another, UNDECIDABLE"})
    @DisplayName("facts of two digests are undecidable, and not from a cache; of one digest they are known")
    void moved(String name, Fact.State expected) throws Exception {
        TestKey key = TestKey.p256();
        SignatureNeed signed = new SignatureNeed(
                List.of(new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty())),
                Set.of());
        CachePeriods nothing = CachePeriods.NONE;
        try (TestRegistry registry = new TestRegistry();
                Registries registries = registry.open(nothing);
                SignedImages images = SignedImages.of(registries)) {
            Digest digest = registry.image("acme/api", "v1", "api");
            registry.simpleSignatures("acme/api", digest, key);
            ImageReference image = ImageReference.parse(registry.host() + "/acme/api:v1");
            Map<ImageReference, Set<Need<?>>> needs = new LinkedHashMap<>();
            needs.put(image, Set.of(signed, Need.DIGEST, Need.METADATA));
            needs.put(ImageReference.parse(registry.host() + "/acme/other:v1"), new Meanwhile(() -> {
                // Either the look-up for the signatures, or one after it.
                assertThat(registries.digest(image).join().value()).contains(digest);
                registry.image("acme/api", "v1", name);
            }));
            ImageFacts facts = images.find(needs, LIMIT).join().getOrDefault(image, ImageFacts.NONE);
            for (Need<?> need : List.of(signed, Need.DIGEST)) {
                Fact<?> fact = facts.get(need);
                assertThat(fact.state()).as("%s: %s", need, fact).isEqualTo(expected);
                assertThat(fact.isCached()).isFalse();
            }
            // Its configuration is not there.
            assertThat(facts.metadata().state()).isEqualTo(Fact.State.UNDECIDABLE);
            for (Need<?> need : List.of(signed, Need.DIGEST, Need.METADATA)) {
                assertThat(facts.get(need).reason().equals("its tag was moved during the look-up, so try again"))
                        .as("%s: %s", need, facts.get(need))
                        .isEqualTo(expected == Fact.State.UNDECIDABLE);
            }
        }
    }
}
