package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Certificates with which times are stamped, and nearly such ones: holders of others of the same authority stamp nothing. */
class TimestampCertificatesTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    private final TestCertificate company = TestCertificate.root("acme root");
    private final TestCertificate signing = new TestCertificate()
            .usage(0x80)
            .purposes(false, TestCertificate.CODE_SIGNING)
            .name("2.5.4.3", "release")
            .issuedBy(company);

    private Verdict verify(TestCertificate stamping, Instant time) {
        Signer signer = TestSigners.certificate(List.of(company.pem()))
                .subject("CN=release")
                .timestamps(List.of(company.pem()))
                .build();
        TestBundle bundle = TestBundle.by(signing);
        TestTimestamps authority = new TestTimestamps(company, stamping.issuedBy(company));
        return bundle.stamp(authority.stampWithCertificate(bundle.signature(), time))
                .verify(signer);
    }

    private static TestCertificate stamping() {
        return new TestCertificate().usage(0x80).name("2.5.4.3", "time");
    }

    private static TestCertificate forTime() {
        return stamping().purposes(true, TestCertificate.TIME_STAMPING);
    }

    @Test
    @DisplayName("its extended usage is critical, and is time stamping alone")
    void purposes() {
        assertThat(verified(verify(forTime(), SIGNED)).times()).containsExactly(SIGNED);
        violates(verify(stamping(), SIGNED), SignatureFault.TIMESTAMP);
        violates(verify(stamping().purposes(false, TestCertificate.TIME_STAMPING), SIGNED), SignatureFault.TIMESTAMP);
        violates(verify(stamping().purposes(true, TestCertificate.CODE_SIGNING), SIGNED), SignatureFault.TIMESTAMP);
        violates(verify(stamping().purposes(true, "2.5.29.37.0"), SIGNED), SignatureFault.TIMESTAMP);
        violates(
                verify(stamping().purposes(true, TestCertificate.TIME_STAMPING, "2.5.29.37.0"), SIGNED),
                SignatureFault.TIMESTAMP);
        violates(verify(forTime().extension("1.2.3.4", true, Asn1.utf8("x")), SIGNED), SignatureFault.TIMESTAMP);
    }

    @Test
    @DisplayName("it holds at its own time, both ends included, and may have ended since")
    void times() {
        verified(verify(forTime().lives(FROM, SIGNED), SIGNED));
        violates(verify(forTime().lives(FROM, SIGNED), SIGNED.plusSeconds(1)), SignatureFault.TIMESTAMP);
        verified(verify(forTime().lives(SIGNED, SIGNED.plusSeconds(9)), SIGNED));
        violates(
                verify(forTime().lives(SIGNED, SIGNED.plusSeconds(9)), SIGNED.minusSeconds(1)),
                SignatureFault.TIMESTAMP);
    }

    @Test
    @DisplayName("a stranger's certificate of the same name stamps nothing, and is told from an unknown authority")
    void strangers() {
        TestTimestamps twin = TestTimestamps.named("acme");
        TestBundle bundle = TestBundle.by(signing);
        bundle.stamp(twin.stampWithCertificate(bundle.signature(), SIGNED));
        Signer signer = TestSigners.certificate(List.of(company.pem()))
                .subject("CN=release")
                .timestamps(List.of(company.pem()))
                .build();
        violates(bundle.verify(signer), SignatureFault.TIMESTAMP);
        TestBundle unknown = TestBundle.by(signing);
        unknown.stamp(TestTimestamps.named("elsewhere").stampWithCertificate(unknown.signature(), SIGNED));
        assertThat(verified(unknown.verify(signer)).times()).isEmpty();
    }
}
