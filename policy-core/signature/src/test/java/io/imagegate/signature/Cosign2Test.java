package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.Digest;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cosign 2 wrote, as layers with annotations and as bundles. */
class Cosign2Test {

    static final Artifact IMAGE = Artifact.of(Recorded.IMAGE);
    static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    static final String ISSUER = "https://token.actions.githubusercontent.com";
    static final String IDENTITY = "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1.0.0";

    private static final Artifact OTHER =
            Artifact.of(Digest.parse("sha256:b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c"));

    /** A layer of a recorded manifest with its content. */
    static StoredSignature layer(String manifest, int index, String content) {
        JsonObject layer = JsonObject.read("manifest", Recorded.bytes("cosign2/" + manifest))
                .objects("layers", 10)
                .get(index);
        return StoredSignature.layer(
                layer.requiredText("mediaType"),
                layer.textsByName("annotations"),
                Recorded.bytes("cosign2/" + content));
    }

    static StoredSignature bundle(String name) {
        return StoredSignature.bundle(Recorded.bytes("cosign2/" + name));
    }

    static Signer key(int number) {
        return TestSigners.keys(List.of(TestSigners.key(Recorded.bytes("cosign2/key" + number + ".pub"))));
    }

    static Trust trust(String file) {
        return TestSigners.trust(new String(Recorded.bytes("cosign2/" + file), StandardCharsets.UTF_8));
    }

    static Signer keyless(String identity) {
        return TestSigners.keyless(trust("trusted-root.json"), ISSUER, identity, Map.of());
    }

    private static Verdict verify(StoredSignature signature, Artifact artifact, Signer signer) {
        return Verifier.create().verify(signature, artifact, signer, NOW);
    }

    private static void assertCode(Verdict verdict, SignatureFault code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Violated.class,
                        violated -> assertThat(violated.fault())
                                .as(violated.message())
                                .isEqualTo(code));
    }

    private static Verdict.Verified verified(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        return (Verdict.Verified) verdict;
    }

    @Test
    @DisplayName("a payload of simple signing counts for its key and its digest, with its annotations")
    void key() {
        StoredSignature signature = layer("key-manifest.json", 0, "key-payload.json");
        Verdict.Verified verified = verified(verify(signature, IMAGE, key(1)));
        assertThat(verified.signatory().toString()).startsWith("key sha256:").hasSize("key sha256:".length() + 64);
        assertThat(verified.content().isImageSignature()).isTrue();
        assertThat(verified.content().annotations()).containsExactly(Map.entry("team", "payments"));
        assertThat(verified.times()).isEmpty();
        assertCode(verify(signature, IMAGE, key(2)), SignatureFault.SIGNATURE);
        assertCode(verify(signature, OTHER, key(1)), SignatureFault.DIGEST);
        assertCode(verify(signature, IMAGE, keyless("**")), SignatureFault.MATERIAL);
    }

    @ParameterizedTest
    @CsvSource({"0, attestation-1.dsse.json", "1, attestation-2.dsse.json", "2, attestation-3.dsse.json"})
    @DisplayName("an envelope is an attestation, and no signature")
    void attestation(int index, String content) {
        StoredSignature attestation = layer("attestations-manifest.json", index, content);
        Verdict.Verified verified = verified(verify(attestation, IMAGE, key(1)));
        assertThat(verified.content().isImageSignature()).isFalse();
        assertThat(verified.content().predicateType().orElseThrow()).startsWith("https://");
        assertCode(verify(attestation, IMAGE, key(2)), SignatureFault.SIGNATURE);
        assertCode(verify(attestation, OTHER, key(1)), SignatureFault.DIGEST);
    }

    @Test
    @DisplayName("a key with a trusted root needs a log entry")
    void keyWithoutEntry() {
        Signer signer = TestSigners.keys(
                List.of(TestSigners.key(Recorded.bytes("cosign2/key1.pub"))), trust("trusted-root.json"));
        assertCode(verify(bundle("key.sigstore.json"), IMAGE, signer), SignatureFault.LOG);
        assertThat(verified(verify(bundle("key.sigstore.json"), IMAGE, key(1)))
                        .content()
                        .predicateType())
                .contains("https://slsa.dev/provenance/v1");
    }

    @Test
    @DisplayName("a keyless payload counts by the promise of the log alone, for its identity, digest and time")
    void keyless() {
        StoredSignature signature = layer("keyless-manifest.json", 0, "keyless-payload.json");
        Verdict.Verified verified = verified(verify(signature, IMAGE, keyless(IDENTITY)));
        assertThat(verified.signatory()).isEqualTo(new Signatory(Signatory.Kind.IDENTITY, IDENTITY, ISSUER));
        assertThat(verified.times()).hasSize(1);
        assertThat(verified.issued()).isPresent();
        assertThat(verified.entries())
                .singleElement()
                .extracting(LogRecord::time)
                .isNotNull();
        assertCode(verify(signature, IMAGE, keyless(IDENTITY + "1")), SignatureFault.IDENTITY);
        assertCode(verify(signature, OTHER, keyless(IDENTITY)), SignatureFault.DIGEST);
        assertCode(verify(signature, IMAGE, key(1)), SignatureFault.MATERIAL);
    }

    @Test
    @DisplayName("a keyless envelope counts by the promise of the log alone")
    void keylessAttestation() {
        StoredSignature attestation = layer("keyless-attestation-manifest.json", 0, "keyless-attestation.dsse.json");
        assertThat(verified(verify(attestation, IMAGE, keyless(IDENTITY)))
                        .content()
                        .isImageSignature())
                .isFalse();
        assertCode(verify(attestation, OTHER, keyless(IDENTITY)), SignatureFault.DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trusted-root.json", "trusted-root-baseurl.json"})
    @DisplayName(
            "a keyless bundle counts by promise, proof and checkpoint, whether the root has the log's address or not")
    void keylessBundle(String root) {
        Signer signer = TestSigners.keyless(trust(root), ISSUER, IDENTITY, Map.of());
        for (String name : List.of("keyless-1.sigstore.json", "keyless-2.sigstore.json")) {
            Verdict.Verified verified = verified(verify(bundle(name), IMAGE, signer));
            assertThat(verified.times()).hasSize(1);
            assertCode(verify(bundle(name), OTHER, signer), SignatureFault.DIGEST);
        }
    }
}
