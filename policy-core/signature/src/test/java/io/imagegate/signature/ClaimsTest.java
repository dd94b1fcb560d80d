package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What signatures say of themselves, and how all of an image are found. */
class ClaimsTest {

    private static final Verifier VERIFIER = Verifier.create();

    private static Claims claims(StoredSignature signature) {
        return VERIFIER.claims(signature, Cosign2Test.IMAGE);
    }

    private static List<Claims> all(String registry, String repository, List<Signer> signers, List<Verdict> verdicts) {
        List<Claims> found = new ArrayList<>();
        SearchEnd end = new SignatureSearch(VERIFIER, Recorded.repository(registry, repository))
                .all(Recorded.IMAGE, signers, Cosign2Test.NOW, finding -> {
                    finding.signature().map(ClaimsTest::claims).ifPresent(found::add);
                    return verdicts.addAll(finding.verdicts()) || signers.isEmpty();
                })
                .join();
        assertThat(end.complete()).isTrue();
        assertThat(end.missing()).isEmpty();
        return found;
    }

    @Test
    @DisplayName(
            "a payload of simple signing is a signature of an image, and one that names another is said to be that")
    void simpleSigning() {
        Claims claims = claims(Cosign2Test.layer("key-manifest.json", 0, "key-payload.json"));
        assertThat(claims).isEqualTo(new Claims(true, Optional.empty(), "a key", Optional.empty(), ""));
        StoredSignature other = StoredSignature.bundle(Recorded.bytes("cosign2/key.sigstore.json"));
        assertThat(VERIFIER.claims(other, Artifact.of(new byte[0])).problem())
                .startsWith("the statement is about ")
                .endsWith(", expected content of 0 bytes");
    }

    @Test
    @DisplayName("a bundle names its key by a hint, or its identity, and the time of its log entry")
    void bundles() {
        assertThat(claims(Cosign2Test.bundle("key.sigstore.json")).signatory())
                .matches("a key with the hint sha256:[0-9a-f]{64}");
        Claims keyless = claims(Cosign2Test.bundle("keyless-1.sigstore.json"));
        assertThat(keyless.signatory())
                .isEqualTo("identity \"" + Cosign2Test.IDENTITY + "\" of issuer \"" + Cosign2Test.ISSUER + "\"");
        assertThat(keyless.time()).get().matches(time -> time.isAfter(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(keyless.imageSignature()).isFalse();
        assertThat(keyless.predicateType()).get().asString().startsWith("https://");
    }

    @Test
    @DisplayName("a hint is shown, escaped and cut, and decides nothing")
    void hostileHint() {
        String text = new String(Recorded.bytes("cosign2/key.sigstore.json"), StandardCharsets.UTF_8);
        String hostile =
                text.replaceFirst("\"hint\":\\s*\"[^\"]*\"", "\"hint\":\"\\\\u001b[2J" + "x".repeat(1000) + "\"");
        assertThat(hostile).isNotEqualTo(text);
        StoredSignature bundle = StoredSignature.bundle(hostile.getBytes(StandardCharsets.UTF_8));
        assertThat(claims(bundle).signatory())
                .startsWith("a key with the hint \"\\u001b[2Jxx")
                .hasSizeLessThan(300);
        assertThat(VERIFIER.verify(bundle, Cosign2Test.IMAGE, Cosign2Test.key(1), Cosign2Test.NOW))
                .isInstanceOf(Verdict.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"31556889864403199, false", "31556889864403200, true", "9223372036854775807, true"})
    @DisplayName("a log entry of a time that does not exist is a problem, and no fault of the program")
    void impossibleTime(String seconds, boolean impossible) {
        String text = new String(Recorded.bytes("cosign2/keyless-1.sigstore.json"), StandardCharsets.UTF_8);
        String changed = text.replaceFirst("(\"integratedTime\":\\s*\")[0-9]+", "$1" + seconds);
        assertThat(changed).isNotEqualTo(text);
        Claims claims = claims(StoredSignature.bundle(changed.getBytes(StandardCharsets.UTF_8)));
        assertThat(claims.problem()).isEqualTo(impossible ? "the log entry is of a time that does not exist" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"mediaType\": 1}", "[", "\u0000"})
    @DisplayName("what is no bundle has a problem and claims nothing")
    void unreadable(String text) {
        Claims claims = claims(StoredSignature.bundle(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(claims).isEqualTo(Claims.unreadable(claims.problem()));
        assertThat(claims.problem()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"docker-registry", "zot"})
    @DisplayName("all of an image are found: signatures in .sig and bundles, attestations of each type")
    void all(String registry) {
        assertThat(all(registry, "acme/old", List.of(), new ArrayList<>()))
                .extracting(Claims::imageSignature)
                .containsOnly(true);
        assertThat(all(registry, "acme/attested", List.of(), new ArrayList<>()))
                .isNotEmpty()
                .allMatch(claims -> !claims.imageSignature()
                        && claims.predicateType().orElseThrow().startsWith("https://"));
        Claims keyless =
                all(registry, "acme/keyless", List.of(), new ArrayList<>()).get(0);
        assertThat(keyless.imageSignature()).isTrue();
        assertThat(keyless.time()).as("of the timestamp, for Rekor 2 has none").isPresent();
        assertThat(all(registry, "acme/none", List.of(), new ArrayList<>())).isEmpty();
    }

    @Test
    @DisplayName("a verdict on an attestation says who made it, whatever its type")
    void attestationsVerify() {
        List<Verdict> verdicts = new ArrayList<>();
        all("zot", "acme/attested", List.of(TestSigners.keys(List.of(Recorded.key("1")))), verdicts);
        assertThat(verdicts).isNotEmpty().hasOnlyElementsOfType(Verdict.Verified.class);
    }

    @Test
    @DisplayName("a certificate of a company is named by its subject")
    void certificate() {
        assertThat(all("zot", "acme/old-certificate", List.of(), new ArrayList<>()))
                .isNotEmpty()
                .allMatch(claims -> claims.signatory().startsWith("certificate of "));
    }
}
