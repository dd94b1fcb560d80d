package io.imagegate.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files of keys and certificates have one way to be written. */
class PemFileTest {

    private static String text(String name) throws IOException {
        try (InputStream in = PemFileTest.class.getResourceAsStream("keys/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String pem(String label, String base64) {
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    @Test
    @DisplayName("bytes behind a certificate are refused")
    void trailing() throws IOException, CertificateException {
        X509Certificate certificate = PemFile.certificates(text("ca.pem")).get(0);
        byte[] encoded = certificate.getEncoded();
        String same = pem("CERTIFICATE", Base64.getEncoder().encodeToString(encoded));
        assertThat(PemFile.certificates(same)).containsExactly(certificate);
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemFile.certificates(
                        pem("CERTIFICATE", Base64.getEncoder().encodeToString(longer))))
                .withMessageContaining("a certificate that Java cannot read");
    }

    @Test
    @DisplayName("bytes behind a key are refused, whatever its length")
    void trailingKey() throws IOException {
        for (String file : new String[] {"p256.pub", "p521.pub", "ed25519.pub", "rsa-2048.pub"}) {
            byte[] info = SigningKey.read(text(file)).publicKey().getEncoded();
            PemFile.publicKey(pem("PUBLIC KEY", Base64.getEncoder().encodeToString(info)));
            byte[] longer = Arrays.copyOf(info, info.length + 1);
            assertThatIllegalArgumentException()
                    .as(file)
                    .isThrownBy(() -> PemFile.publicKey(
                            pem("PUBLIC KEY", Base64.getEncoder().encodeToString(longer))))
                    .withMessageContaining("a public key that Java cannot read");
        }
    }

    @Test
    @DisplayName("base64 without padding, or with bits that mean nothing, is refused")
    void canonical() throws IOException {
        byte[] info = SigningKey.read(text("p256.pub")).publicKey().getEncoded();
        String base64 = Base64.getEncoder().encodeToString(info);
        assertThat(base64).endsWith("==");
        PemFile.publicKey(pem("PUBLIC KEY", base64));
        String bits = base64.substring(0, base64.length() - 3) + (char) (base64.charAt(base64.length() - 3) + 1) + "==";
        for (String other : new String[] {base64.replace("=", ""), bits}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PemFile.publicKey(pem("PUBLIC KEY", other)))
                    .withMessageContaining("not canonical base64");
        }
    }
}
