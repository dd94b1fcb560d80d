package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.IDENTITY;
import static io.imagegate.signature.TestSigstore.ISSUER;
import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One keyless signature for several signers: verified once for each trust, and each signer gets the verdict it gets alone. */
class SeveralSignersTest {

    private final TestSigstore sigstore = new TestSigstore();
    private final TestCertificate leaf = sigstore.leaf();
    private final WatchedProvider provider = new WatchedProvider();

    private List<Verdict> verify(TestBundle bundle, Signer... signers) {
        provider.used.clear();
        StoredSignature signature = StoredSignature.bundle(bundle.json().getBytes(StandardCharsets.UTF_8));
        return Verifier.of(provider).verify(signature, Artifact.of(Recorded.IMAGE), List.of(signers), NOW);
    }

    private int verifications(TestBundle bundle, Signer... signers) {
        verify(bundle, signers);
        return provider.used.size();
    }

    private Signer keyless(String identity, int logs) {
        return TestSigners.keyless(TestSigners.trust(sigstore.root(), logs, 0, 1), ISSUER, identity, Map.of());
    }

    @Test
    @DisplayName("signature, promise, checkpoint and SCT are verified once, whoever may have signed")
    void once() {
        TestBundle bundle = TestBundle.by(leaf).logged(sigstore.log, SIGNED);
        assertThat(verifications(bundle, keyless(IDENTITY, 1))).isEqualTo(4);
        assertThat(verifications(bundle, keyless(IDENTITY, 1), keyless("a@b.example", 1), keyless(IDENTITY, 1)))
                .isEqualTo(4);
        List<Verdict> verdicts = verify(bundle, keyless("a@b.example", 1), keyless(IDENTITY, 1));
        violates(verdicts.get(0), SignatureFault.IDENTITY, IDENTITY, "a@b.example");
        verified(verdicts.get(1));
    }

    @Test
    @DisplayName("a signature that is refused is verified once, too, and refused for each of them")
    void refused() {
        TestBundle bundle = TestBundle.by(leaf).logged(sigstore.log, SIGNED.plusSeconds(3600));
        int alone = verifications(bundle, keyless(IDENTITY, 1));
        List<Verdict> verdicts = verify(bundle, keyless(IDENTITY, 1), keyless("a@b.example", 1));
        assertThat(provider.used).hasSize(alone);
        assertThat(verdicts)
                .hasSize(2)
                .allSatisfy(verdict -> violates(verdict, SignatureFault.TIME, "its certificate holds"));
    }

    @Test
    @DisplayName("what is enough for one trust is not enough for another one, in either order")
    void trusts() {
        TestBundle bundle = TestBundle.by(leaf).logged(sigstore.log, SIGNED);
        List<Verdict> verdicts =
                verify(bundle, keyless(IDENTITY, 1), keyless(IDENTITY, 2), TestSigstore.keyless(foreign()));
        verified(verdicts.get(0));
        violates(verdicts.get(1), SignatureFault.LOG, "entry of only 1 log");
        violates(verdicts.get(2), SignatureFault.LOG, "no entry of any log");
        List<Verdict> reversed =
                verify(bundle, TestSigstore.keyless(foreign()), keyless(IDENTITY, 2), keyless(IDENTITY, 1));
        assertThat(reversed.stream().map(Verdict::toString))
                .containsExactly(
                        verdicts.get(2).toString(),
                        verdicts.get(1).toString(),
                        verdicts.get(0).toString());
    }

    private static Trust foreign() {
        return TestSigners.trust(new TestSigstore().root());
    }
}
