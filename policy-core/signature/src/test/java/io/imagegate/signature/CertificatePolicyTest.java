package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;

import io.imagegate.policy.PolicySet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Policies with a signer of a company's own authority: which of its certificates may sign images, and when. */
class CertificatePolicyTest extends PolicyFileTrial {

    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String ANY = "2.5.29.37.0";
    private static final String RULE = "signature: {by: [$office]}";
    private static final String OFFICE =
            "signers: {office: {certificate: {roots: [{file: ca.pem}], subject: \"CN=release,O=acme\"}}}\n";
    private static final String STAMPED = """
            signers:
              office:
                certificate:
                  {roots: [{file: ca.pem}], subject: "CN=release,O=acme", timestamps: [{file: tsa-root.pem}]}
            """;

    private final TestCertificate root = living(new TestCertificate().name("2.5.4.3", "acme root"))
            .authority()
            .issuedBy(null);
    private final TestTimestamps authority = TestTimestamps.named("acme time");

    @BeforeEach
    void files() throws IOException {
        file("ca.pem", root.pem());
        file("tsa-root.pem", authority.root.pem());
    }

    private static TestCertificate living(TestCertificate certificate) {
        Instant now = Instant.now();
        return certificate.lives(now.minus(Duration.ofDays(30)), now.plus(Duration.ofDays(30)));
    }

    private static TestCertificate person(String name, String... purposes) {
        TestCertificate person = living(new TestCertificate()).usage(0x80);
        if (purposes.length > 0) {
            person.purposes(false, purposes);
        }
        return person.name("2.5.4.10", "acme").name("2.5.4.3", name);
    }

    @Test
    @DisplayName("a certificate for signing code signs; one for TLS, for anything or for nothing does not")
    void purposes() throws IOException {
        PolicySet office = load(OFFICE, RULE);
        allowed(decide(
                office,
                signature(person("release", TestCertificate.CODE_SIGNING).issuedBy(root))));
        allowed(decide(
                office,
                signature(
                        person("release", SERVER, TestCertificate.CODE_SIGNING).issuedBy(root))));
        for (TestCertificate other : new TestCertificate[] {
            person("release", SERVER), person("release"), person("release", TestCertificate.CODE_SIGNING, ANY)
        }) {
            denied(
                    decide(office, signature(other.issuedBy(root))),
                    "not signed by office",
                    "the certificate is not for signing");
        }
    }

    @Test
    @DisplayName("another subject, and another authority of the same name, sign for nobody")
    void strangers() throws IOException {
        PolicySet office = load(OFFICE, RULE);
        denied(
                decide(
                        office,
                        signature(person("intern", TestCertificate.CODE_SIGNING).issuedBy(root))),
                "CN=intern,O=acme",
                "expected a certificate of \"CN=release,O=acme\"");
        TestCertificate twin = living(new TestCertificate().name("2.5.4.3", "acme root"))
                .authority()
                .issuedBy(null);
        denied(
                decide(
                        office,
                        signature(
                                person("release", TestCertificate.CODE_SIGNING).issuedBy(twin))),
                "no path");
    }

    @Test
    @DisplayName("a name in the certificate can be demanded instead of its subject")
    void identity() throws IOException {
        PolicySet office =
                load(OFFICE.replace("subject: \"CN=release,O=acme\"", "identity: \"https://acme.example/*\""), RULE);
        allowed(decide(
                office,
                signature(person("x", TestCertificate.CODE_SIGNING)
                        .alternativeNames("https://acme.example/release")
                        .issuedBy(root))));
        denied(
                decide(
                        office,
                        signature(person("x", TestCertificate.CODE_SIGNING)
                                .alternativeNames("https://acme.example.evil/release")
                                .issuedBy(root))),
                "acme.example.evil");
    }

    private TestCertificate expired() {
        return person("release", TestCertificate.CODE_SIGNING)
                .lives(SIGNED.minusSeconds(86_400), SIGNED.plusSeconds(86_400))
                .issuedBy(longLived);
    }

    private final TestCertificate longLived = TestCertificate.root("acme long-lived root");

    @Test
    @DisplayName(
            "a timestamp of the own authority keeps what an expired certificate signed; without `timestamps` none does")
    void timestamps() throws IOException {
        file("ca.pem", longLived.pem());
        PolicySet stamped = load(STAMPED, RULE);
        TestBundle bundle = signature(expired());
        denied(decide(stamped, bundle), "not signed by office", "its certificate holds from");
        bundle.stamp(authority.stampWithCertificate(bundle.signature(), SIGNED));
        allowed(decide(stamped, bundle));
        denied(decide(load(OFFICE, RULE), bundle), "its certificate holds from");
    }

    @Test
    @DisplayName(
            "a timestamp of another authority, over another signature, or after the certificate's end does not count")
    void otherTimestamps() throws IOException {
        file("ca.pem", longLived.pem());
        PolicySet stamped = load(STAMPED, RULE);
        TestBundle bundle = signature(expired());
        bundle.stamp(TestTimestamps.named("acme time").stampWithCertificate(bundle.signature(), SIGNED));
        denied(decide(stamped, bundle), "not signed by office");
        TestBundle other = signature(expired());
        other.stamp(authority.stampWithCertificate(signature(expired()).signature(), SIGNED));
        denied(decide(stamped, other), "not signed by office");
        TestBundle late = signature(expired());
        late.stamp(authority.stampWithCertificate(late.signature(), SIGNED.plusSeconds(86_401)));
        denied(decide(stamped, late), "not signed by office");
    }

    @Test
    @DisplayName("a timestamp makes no certificate for TLS one for signing")
    void stampedServer() throws IOException {
        file("ca.pem", longLived.pem());
        TestBundle bundle = signature(person("release", SERVER)
                .lives(SIGNED.minusSeconds(86_400), SIGNED.plusSeconds(86_400))
                .issuedBy(longLived));
        bundle.stamp(authority.stampWithCertificate(bundle.signature(), SIGNED));
        denied(decide(load(STAMPED, RULE), bundle), "the certificate is not for signing: its extended key usage is");
    }
}
