package io.imagegate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.bundle.BundleParseException;
import io.imagegate.Machine;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verdicts beside those of the other Java library, on every keyless case of sigstore's conformance suite. */
@Tag("full")
class SigstoreJavaTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    /** Where sigstore-java decides otherwise than the suite demands; Imagegate decides as the suite does. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "rekor2-dsse-happy-path", "it reads no entry hashedrekord of a DSSE bundle, which is what cosign 3 writes",
            "trust-root-tlog-missing-validity-start_fail", "it takes a log without a start for one that always holds");

    @BeforeAll
    static void casesAreThere() {
        Machine.needsShared("supply-chain/sigstore-conformance");
    }

    private static boolean verifies(ConformanceCase one) {
        Signer signer = Signer.keyless(
                "ci",
                Trust.of("public", new String(ConformanceCase.read(one.trustedRoot()), StandardCharsets.UTF_8)),
                ConformanceCase.ISSUER,
                ConformanceCase.IDENTITY);
        return Verifier.create().verify(StoredSignature.bundle(one.bundle()), Artifact.of(one.artifact()), signer, NOW)
                instanceof Verdict.Verified;
    }

    /** It throws whatever its parts throw on a bundle that it does not expect. */
    private static boolean otherVerifies(ConformanceCase one) {
        SigstoreJava other = SigstoreJava.of(one.trustedRoot());
        try {
            other.verify(new String(one.bundle(), StandardCharsets.UTF_8), one.artifactDigest());
            return true;
        } catch (KeylessVerificationException | BundleParseException | RuntimeException e) {
            return false;
        }
    }

    @Test
    @DisplayName("both give the same verdict, but where sigstore-java differs from the suite")
    void sameVerdicts() {
        List<ConformanceCase> cases = ConformanceCase.keyless();
        assertThat(cases).hasSize(44);
        List<String> otherwise = new ArrayList<>();
        for (ConformanceCase one : cases) {
            boolean verified = verifies(one);
            assertThat(verified).as(one.name()).isEqualTo(one.isGood());
            if (otherVerifies(one) != verified) {
                otherwise.add(one.name());
            }
        }
        assertThat(otherwise).containsExactlyInAnyOrderElementsOf(OTHERWISE.keySet());
    }
}
