package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.CachePeriods;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryListener;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Searches that end with an error of the JVM. */
class VerificationFaultsTest {

    private final TestKey key = TestKey.p256();
    private final SignatureNeed need;
    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open(CachePeriods.DEFAULTS);
    private Digest image = Digest.parse("sha256:" + "0".repeat(64));

    VerificationFaultsTest() throws Exception {
        KeySigner release = new KeySigner("release", List.of(SignedDecisionsTest.key(key.pem())), Optional.empty());
        need = new SignatureNeed(List.of(release), Set.of());
    }

    @BeforeEach
    void sign() {
        image = registry.image("acme/api", "v1", "api");
        registry.simpleSignatures("acme/api", image, key);
    }

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    private Fact<SignatureFacts> find(Verifications verifications) throws Exception {
        return verifications
                .find(registry.image("acme/api", image), image, need)
                .get(20, TimeUnit.SECONDS);
    }

    /** {@return a clock that is asked in vain once} */
    private static InstantSource failing(int time) {
        AtomicInteger times = new AtomicInteger();
        return () -> {
            if (times.incrementAndGet() == time) {
                throw new NoClassDefFoundError("meant");
            }
            return InstantSource.system().instant();
        };
    }

    private Verifications open(RegistryListener listener, InstantSource clock) {
        return new Verifications(registries, Verifier.create(), listener, clock);
    }

    @Test
    @DisplayName("an error while an answer is kept is no answer, and the search can be repeated")
    void notKept() throws Exception {
        try (Verifications verifications = open(answer -> {}, failing(2))) {
            assertThat(find(verifications).reason()).contains("internal error", "meant");
            assertThat(find(verifications).state()).isEqualTo(Fact.State.KNOWN);
        }
    }

    @Test
    @DisplayName("an error before a search begins is no answer, and the search can be repeated")
    void notBegun() throws Exception {
        try (Verifications verifications = open(answer -> {}, failing(1))) {
            assertThat(find(verifications).reason()).contains("internal error", "meant");
            assertThat(find(verifications).state()).isEqualTo(Fact.State.KNOWN);
        }
    }

    @Test
    @DisplayName("an error of a listener changes no answer")
    void listener() throws Exception {
        RegistryListener broken = answer -> {
            throw new NoClassDefFoundError("meant");
        };
        try (Verifications verifications = open(broken, InstantSource.system())) {
            assertThat(find(verifications).state()).isEqualTo(Fact.State.KNOWN);
        }
    }
}
