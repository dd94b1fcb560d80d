package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.Machine;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of sigstore's conformance suite, which are data of others and stand beside the repository. */
class ConformanceTest {

    private static final Path CASES = Machine.shared("supply-chain/sigstore-conformance");
    private static final Path PUBLIC_GOOD = Machine.shared("supply-chain/facts/trust/public-good-trusted_root.json");
    private static final String IDENTITY =
            "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
                    + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    /** Why each case is refused: for the reason that its name says, not for another. */
    private static final Map<SignatureFault, Set<String>> REASONS = Map.of(
            SignatureFault.FORMAT,
            Set.of(
                    "bundle-empty-certificate-chain",
                    "bundle-malformed-json",
                    "bundle-negative-log-index",
                    "bundle-with-root-cert",
                    "intoto-log-entry-mismatch"),
            SignatureFault.LOG,
            Set.of(
                    "bundle-from-wrong-instance",
                    "checkpoint-wrong-roothash",
                    "dsse-mismatch-sig",
                    "inclusion-proof-corrupted-hash",
                    "incorrect-public-key",
                    "invalid-checkpoint-signature",
                    "rekor2-checkpoint-missing-log-signature",
                    "rekor2-checkpoint-missing-origin",
                    "rekor2-checkpoint-missing-size",
                    "rekor2-dsse-mismatch-sig",
                    "set-invalid-signature",
                    "trust-root-tlog-missing-validity-start",
                    "wrong-hashedrekord-artifact",
                    "wrong-hashedrekord-cert-and-sig"),
            SignatureFault.SIGNATURE,
            Set.of("dsse-invalid-sig", "rekor2-dsse-invalid-sig"),
            SignatureFault.TIME,
            Set.of(
                    "intoto-expired-certificate",
                    "intoto-set-outside-signing-cert-validity",
                    "intoto-tsa-timestamp-outside-cert-validity",
                    "rekor2-no-timestamp",
                    "rekor2-timestamp-untrusted-tsa-with-embedded-cert"),
            SignatureFault.SCT,
            Set.of("invalid-ct-key"),
            SignatureFault.DIGEST,
            Set.of("message-digest-mismatch", "wrong-material"),
            SignatureFault.TIMESTAMP,
            Set.of("rekor2-timestamp-outside-trust-root-tsa-validity", "rekor2-timestamp-payload-mismatch"));

    @BeforeAll
    static void casesAreThere() {
        Machine.needsShared("supply-chain/sigstore-conformance");
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    @DisplayName("there are 47 cases")
    void all() throws IOException {
        assertThat(cases()).hasSize(47);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("what must be refused is refused, everything else verified")
    void conforms(String name) throws IOException {
        Path folder = CASES.resolve(name);
        Artifact artifact = Artifact.of(bytes(folder, "artifact", CASES.resolve("a.txt")));
        StoredSignature bundle = StoredSignature.bundle(Files.readAllBytes(folder.resolve("bundle.sigstore.json")));
        if (name.equals("managed-key-wrong-key_fail")) {
            assertThatThrownBy(() -> signer(folder)).hasMessageContaining("canonical base64");
            return;
        }
        Verdict verdict = Verifier.create().verify(bundle, artifact, signer(folder), NOW);
        if (name.endsWith("_fail")) {
            String reason = name.replace("_fail", "");
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Violated.class,
                            violated -> assertThat(REASONS.getOrDefault(violated.fault(), Set.of()))
                                    .as("%s", violated)
                                    .contains(reason));
        } else {
            assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        }
    }

    private static Signer signer(Path folder) throws IOException {
        Trust trust =
                TestSigners.trust(new String(bytes(folder, "trusted_root.json", PUBLIC_GOOD), StandardCharsets.UTF_8));
        Path key = folder.resolve("key.pub");
        return Files.exists(key)
                ? TestSigners.keys(List.of(TestSigners.key(Files.readAllBytes(key))), trust)
                : TestSigners.keyless(trust, ISSUER, IDENTITY, Map.of());
    }

    private static byte[] bytes(Path folder, String name, Path otherwise) throws IOException {
        Path own = folder.resolve(name);
        return Files.readAllBytes(Files.exists(own) ? own : otherwise);
    }
}
