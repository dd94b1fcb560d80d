package io.imagegate.signature.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.certificate.CertificateNames;
import io.imagegate.fuzz.FuzzedFile;
import io.imagegate.fuzz.WhereJazzerRuns;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.timestamp.TimestampToken;
import io.imagegate.signer.PemFile;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes are a certificate, a list of revoked certificates or a timestamp, or are refused. Of what
 * both read, the JDK's reader knows the same content, times and revoked certificates.
 */
@WhereJazzerRuns
class CertificateFuzzTest {

    private static final String RECORDED = "policy-core/signature/src/test/resources/recorded/";
    private static final CertificateFactory JDK = factory();

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509", "SUN");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<byte[]> seeds() {
        return Stream.of("trust/certificate-ca.pem", "trust/notation-ca.pem", "trust/notation-tsa-root.pem")
                .map(name -> new String(FuzzedFile.ofRepository(RECORDED + name), US_ASCII))
                .map(pem -> Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", "")));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void bytesAreReadOrRefused(byte[] data) {
        certificate(data);
        try {
            assertAsTheJdk(Crl.read("the list", data), data);
        } catch (Refusal refused) {
            assertThat(refused.message()).matches("[ -~]+").hasSizeLessThan(2000);
        }
        try {
            assertThat(TimestampToken.read(data)).isNotNull();
        } catch (Refusal refused) {
            assertThat(refused.message()).matches("[ -~]+").hasSizeLessThan(2000);
        }
    }

    private static void certificate(byte[] data) {
        try {
            Certificate certificate = Certificate.read("the certificate", data);
            X509Certificate jdk = (X509Certificate) JDK.generateCertificate(new ByteArrayInputStream(data));
            assertThat(certificate.encoded()).isEqualTo(jdk.getEncoded());
            assertThat(certificate.serial()).isEqualTo(jdk.getSerialNumber().toByteArray());
            Set<String> names = CertificateNames.of(jdk);
            assertThat(names).doesNotContainNull();
        } catch (Refusal refused) {
            assertThat(refused.message()).matches("[ -~]+").hasSizeLessThan(2000);
        } catch (GeneralSecurityException stricter) {
            // Paths are checked by the JDK, too, so that such a certificate never counts.
        }
        try {
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(data) + "\n-----END CERTIFICATE-----\n";
            assertThat(PemFile.certificates(pem)).hasSize(1);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).matches("[ -~]+").hasSizeLessThan(2000);
        }
    }

    private static void assertAsTheJdk(Crl list, byte[] data) {
        X509CRL jdk;
        try {
            jdk = (X509CRL) JDK.generateCRL(new ByteArrayInputStream(data));
        } catch (GeneralSecurityException stricter) {
            return;
        }
        assertThat(list.thisUpdate()).isEqualTo(jdk.getThisUpdate().toInstant());
        assertThat(list.nextUpdate()).isEqualTo(jdk.getNextUpdate().toInstant());
        Set<? extends X509CRLEntry> entries = Optional.<Set<? extends X509CRLEntry>>ofNullable(
                        jdk.getRevokedCertificates())
                .orElse(Set.of());
        for (X509CRLEntry entry : entries) {
            assertThat(list.find(Bytes.of(entry.getSerialNumber().toByteArray())))
                    .isPresent();
        }
    }
}
