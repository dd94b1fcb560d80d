package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.undecidable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.signature.trust.TrustedRoot;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with keys and certificates of a sigstore. */
class TrustedRootTest {

    private static final String FILE = new String(Recorded.bytes("trust/trusted-root.json"), StandardCharsets.UTF_8);

    private static TrustedRoot read(String file) {
        return TrustedRoot.read(file);
    }

    @Test
    @DisplayName("logs and authorities are read; unknown fields and null mean nothing")
    void reads() {
        TrustedRoot root = read(FILE);
        assertThat(root.logs()).hasSize(1);
        assertThat(root.certificateLogs()).hasSize(1);
        assertThat(root.certificateAuthorities()).hasSize(1);
        assertThat(root.timestampAuthorities()).hasSize(1);
        assertThat(root.logs().get(0).name()).isEqualTo("https://rekor.lab");
        assertThat(root.logs().get(0).signsAs("rekor.lab")).isTrue();
        assertThat(root.logs().get(0).signsAs("rekor.lab.evil.example")).isFalse();
        assertThat(root.timestampAuthorities().get(0).others()).hasSize(1);
        assertThat(read(FILE.replace("\"tlogs\"", "\"later\":{\"a\":1},\"operator\":null,\"tlogs\""))
                        .logs())
                .hasSize(1);
        assertThat(read("{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}")
                        .logs())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.dev.sigstore.trustedroot | application/json | mediaType: expected",
                "\"mediaType\" | \"mediatype\" | mediaType is missing",
                "\"rawBytes\":\"M | \"rawBytes\":\"N | is not DER",
                "\"rawBytes\":\"MC | \"rawBytes\":\"MC= | canonical base64",
                "\"keyId\":\"+j | \"keyid\":\"+j | keyId is missing",
                "2026-11-25T00:00:00Z | 25.11.2026 | expected a time such as 2026-11-25T00:00:00Z",
                "\"tlogs\":[ | \"tlogs\":{},\"x\":[ | tlogs: expected a list",
                "\"tlogs\":[ | \"tlogs\":[1, | tlogs: expected a list of objects",
                "\"tlogs\":[ | \"ctlogs\":[], \"tlogs\":[ | each name once"
            })
    @DisplayName("a file that is none is refused in one line")
    void refused(String from, String to, String message) {
        assertThat(FILE).contains(from);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verifier.requireTrustedRoot(FILE.replace(from, to)))
                .withMessageContaining(message)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }

    @Test
    @DisplayName("a log with a key of an unknown algorithm makes only its own entries undecidable")
    void unknownAlgorithm() {
        TestSigstore sigstore = new TestSigstore();
        byte[] ed448 = Asn1.seq(Asn1.seq(Asn1.oid("1.3.101.113")), Asn1.bits(new byte[57]));
        String known = sigstore.log.trusted("{}");
        String unknown = known.replace(TestLog.base64(sigstore.log.key.info()), TestLog.base64(ed448));
        String root = FILE.replace("\"tlogs\":[", "\"tlogs\":[" + unknown + ",");
        assertThat(read(root).logs()).hasSize(2);
        TestKey key = TestKey.p256();
        Signer signer = TestSigners.keys(java.util.List.of(TestSigners.key(key.pem())), TestSigners.trust(root));
        undecidable(TestBundle.by(key).logged(sigstore.log, SIGNED).verify(signer), "algorithm 1.3.101.113");
        Verdicts.violates(
                TestBundle.by(key).logged(sigstore.otherLog, SIGNED).verify(signer),
                SignatureFault.LOG,
                "no entry of any log that the trusted root knows, expected 1");
    }
}
