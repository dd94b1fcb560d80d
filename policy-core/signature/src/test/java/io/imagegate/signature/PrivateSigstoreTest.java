package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.PolicySet;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies with a sigstore of one's own, and with what GitHub makes for private repositories: timestamps and no log. */
class PrivateSigstoreTest extends PolicyFileTrial {

    private static final String SLSA = "https://slsa.dev/provenance/v1";
    private static final String SIGNATURE = "signature: {by: [$ci]}";
    private static final String PROVENANCE = "attestation: {type: slsaprovenance1, by: [$ci]}";
    private static final String GITHUB = ", require: {log: 0, timestamp: 1, sct: 0}";

    private final TestSigstore own = new TestSigstore();

    @BeforeEach
    void files() throws IOException {
        file("root.json", own.rootFile());
    }

    private static String signers(String identity, String issuer, String require) {
        return """
                trust: {own: {file: root.json%s}}
                signers: {ci: {keyless: {trust: own, issuer: "%s", identity: "%s"}}}
                """.formatted(require, issuer, identity);
    }

    private PolicySet requiring(String require, String rule) throws IOException {
        return load(signers(TestSigstore.IDENTITY, TestSigstore.ISSUER, require), rule);
    }

    private TestBundle logged(TestSigstore sigstore) {
        return signature(sigstore.leaf()).logged(sigstore.log, SIGNED);
    }

    @Test
    @DisplayName("what the own authority, certificate log and log have confirmed is signed")
    void ownInstance() throws IOException {
        allowed(decide(requiring("", SIGNATURE), logged(own)));
    }

    @Test
    @DisplayName("another instance, even one of the same names, signs for nobody")
    void otherInstance() throws IOException {
        PolicySet policies = requiring("", SIGNATURE);
        TestSigstore twin = new TestSigstore();
        denied(decide(policies, logged(twin)), "not signed by ci");
        TestCertificate otherAuthority = twin.stamped(twin.unloggedLeaf(), own.certificateLog, SIGNED);
        denied(
                decide(policies, signature(otherAuthority).logged(own.log, SIGNED)),
                "no authority of the trusted root issued the certificate");
        TestCertificate otherSct = own.stamped(own.unloggedLeaf(), twin.certificateLog, SIGNED);
        denied(decide(policies, signature(otherSct).logged(own.log, SIGNED)), "certificate log");
        denied(decide(policies, signature(own.leaf()).logged(twin.log, SIGNED)), "no entry of any log");
    }

    @Test
    @DisplayName("another identity, or another issuer, of the own instance signs for nobody")
    void otherIdentity() throws IOException {
        PolicySet identity = load(signers("https://git.example/acme/web/**", TestSigstore.ISSUER, ""), SIGNATURE);
        denied(decide(identity, logged(own)), "signed by identity", "acme/web");
        PolicySet issuer = load(signers(TestSigstore.IDENTITY, "https://other.example", ""), SIGNATURE);
        denied(decide(issuer, logged(own)), "https://other.example");
    }

    @Test
    @DisplayName("without a log entry, or without a timestamp of a certificate log, it is not signed")
    void lessThanTheDefault() throws IOException {
        PolicySet policies = requiring("", SIGNATURE);
        denied(decide(policies, signature(own.leaf())), "not signed by ci");
        denied(decide(policies, signature(own.unloggedLeaf()).logged(own.log, SIGNED)), "not signed by ci");
    }

    /** An attestation as GitHub makes it for a private repository. */
    private TestBundle github(Instant time) {
        TestBundle bundle = TestBundle.by(own.unloggedLeaf()).payload(TestBundle.statement(image, SLSA, "{}"));
        return bundle.stamp(own.timestamps.stamp(bundle.signature(), time));
    }

    @Test
    @DisplayName("GitHub's private form is attested with `require`, and is not with any part of it left out")
    void github() throws IOException {
        allowed(decide(requiring(GITHUB, PROVENANCE), github(SIGNED)));
        denied(decide(requiring("", PROVENANCE), github(SIGNED)), "no attestation slsaprovenance1 by ci");
        denied(
                decide(requiring(", require: {log: 0, timestamp: 1}", PROVENANCE), github(SIGNED)),
                "no attestation slsaprovenance1 by ci");
        denied(
                decide(requiring(", require: {timestamp: 1, sct: 0}", PROVENANCE), github(SIGNED)),
                "no entry of any log");
        denied(
                decide(requiring(", require: {log: 0, timestamp: 2, sct: 0}", PROVENANCE), github(SIGNED)),
                "no attestation slsaprovenance1 by ci");
    }

    @Test
    @DisplayName(
            "GitHub's form without a timestamp, with one of another authority, or outside the certificate's life is not attested")
    void githubTimestamps() throws IOException {
        PolicySet policies = requiring(GITHUB, PROVENANCE);
        TestBundle none = TestBundle.by(own.unloggedLeaf()).payload(TestBundle.statement(image, SLSA, "{}"));
        denied(decide(policies, none), "no attestation slsaprovenance1 by ci");
        none.stamp(TestTimestamps.named("tsa").stamp(none.signature(), SIGNED));
        denied(decide(policies, none), "no attestation slsaprovenance1 by ci");
        denied(decide(policies, github(SIGNED.plusSeconds(541))), "no attestation slsaprovenance1 by ci");
        allowed(decide(policies, github(SIGNED.plusSeconds(540))));
    }

    @Test
    @DisplayName("a policy that requires neither a log nor a timestamp is refused when it is loaded")
    void nothingRequired() {
        assertThatThrownBy(() -> requiring(", require: {log: 0, sct: 0}", SIGNATURE))
                .hasMessageContaining("timestamp");
    }

    @ParameterizedTest
    @CsvSource({"docker-registry", "zot"})
    @DisplayName("what real servers of a private sigstore made counts with their root, and with no other")
    void recorded(String name) throws IOException {
        String signers = signers(
                "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/*",
                "http://127.0.0.1:5070",
                ", require: {timestamp: 1}");
        try (TestRegistry served = RecordedRegistry.serve(name)) {
            file("root.json", Recorded.bytes("trust/trusted-root.json"));
            allowed(decide(load(signers, SIGNATURE), served, "acme/keyless", Recorded.IMAGE));
            PolicySet twice = load(signers.replace("timestamp: 1", "timestamp: 2"), SIGNATURE);
            denied(decide(twice, served, "acme/keyless", Recorded.IMAGE), "not signed by ci");
            file("root.json", own.rootFile());
            denied(decide(load(signers, SIGNATURE), served, "acme/keyless", Recorded.IMAGE), "not signed by ci");
        }
    }
}
