package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Good signatures that somebody uses for something else: the answer to each, beside that to the use that was meant. */
class MisusedSignaturesTest extends PolicyFileTrial {

    private static final String RELEASE = "signers: {release: {keys: [{file: one.pub}]}}\n";
    private static final String SIGNED_BY_RELEASE = "signature: {by: [$release]}";
    private static final String SIGNED_BY_CI = "signature: {by: [$ci]}";
    private static final String SLSA = "https://slsa.dev/provenance/v1";
    private static final String VULN = "https://cosign.sigstore.dev/attestation/vuln/v1";

    private final TestSigstore own = new TestSigstore();
    private final TestKey one = TestKey.p256();
    private final TestKey two = TestKey.p256();
    private final Instant now = Instant.now();

    @BeforeEach
    void files() throws IOException {
        file("root.json", own.rootFile());
        file("one.pub", one.pem());
        file("two.pub", two.pem());
        file("three.pub", TestKey.p256().pem());
    }

    private TestBundle statement(TestKey key, String type, String predicate) {
        return TestBundle.by(key).payload(TestBundle.statement(image, type, predicate));
    }

    private TestBundle signature(TestKey key) {
        return statement(key, SignedContent.COSIGN_SIGN, "{}");
    }

    private TestBundle keyless() {
        return signature(own.leaf());
    }

    private PolicySet ci(String rule, String require, String certificate) throws IOException {
        return load("""
                trust: {own: {file: root.json%s}}
                signers: {ci: {keyless: {trust: own, issuer: "%s", identity: "%s"%s}}}
                """.formatted(require, TestSigstore.ISSUER, TestSigstore.IDENTITY, certificate), rule);
    }

    private PolicySet ci(String rule) throws IOException {
        return ci(rule, "", "");
    }

    private Decision decideAll(PolicySet policies, TestBundle... bundles) {
        registry.bundles("acme/api", image, bundles);
        return decide(policies, registry, "acme/api", image);
    }

    @Test
    @DisplayName("a copy counts for the same digest in another repository, and for no other digest")
    void copied() throws IOException {
        PolicySet release = load(RELEASE, SIGNED_BY_RELEASE);
        Digest mirrored = registry.image("mirror/api", "v1", "api");
        Digest other = registry.image("acme/other", "v1", "other");
        registry.bundles("mirror/api", mirrored, signature(one));
        registry.bundles("acme/other", other, signature(one));
        allowed(decide(release, registry, "mirror/api", mirrored));
        denied(
                decide(release, registry, "acme/other", other),
                "is about \"{sha256=" + image.hex(),
                "expected " + other);
    }

    @Test
    @DisplayName("an old keyless signature under maxAge stays old, whoever logs or stamps it again")
    void keylessAgain() throws IOException {
        PolicySet fresh = ci("signature: {by: [$ci], maxAge: 30d}");
        allowed(decide(ci(SIGNED_BY_CI), keyless().logged(own.log, SIGNED)));
        denied(decide(fresh, keyless().logged(own.log, SIGNED)), "2026-06-01T11:59:00Z, more than 30d ago");
        TestBundle proven = keyless().logged(own.log, SIGNED);
        proven.entry(own.otherLog.entry("dsse 0.0.1", proven.dsseBody(), now, false, true));
        denied(decide(fresh, proven), "more than 30d ago");
        for (PolicySet policies : new PolicySet[] {fresh, ci(SIGNED_BY_CI)}) {
            TestBundle logged = keyless().logged(own.log, SIGNED).logged(own.otherLog, now);
            denied(decide(policies, logged), "not signed by ci", "2026-06-01T12:09:00Z");
            TestBundle stamped = keyless().logged(own.log, SIGNED);
            stamped.stamp(own.timestamps.stamp(stamped.signature(), now));
            denied(decide(policies, stamped), "not signed by ci", "2026-06-01T12:09:00Z");
        }
    }

    @Test
    @DisplayName("an old scan under maxAge stays old, whoever logs or stamps it again; a signature by a key has no age")
    void scanAgain() throws IOException {
        String signers = "trust: {own: {file: root.json}}\nsigners: {release: {keys: [{file: one.pub}], trust: own}}\n";
        PolicySet fresh = load(signers, "attestation: {type: vuln, by: [$release], maxAge: 7d}");
        TestBundle old = statement(one, VULN, "{\"metadata\":{\"scanFinishedOn\":\"2026-06-01T00:00:00Z\"}}");
        old.logged(own.log, now).stamp(own.timestamps.stamp(old.signature(), now));
        denied(decide(fresh, old), "2026-06-01T00:00:00Z, more than 7d ago");
        TestBundle recent = statement(one, VULN, "{\"metadata\":{\"scanFinishedOn\":\"" + now + "\"}}");
        allowed(decide(fresh, recent.logged(own.log, now)));
        assertThatThrownBy(() -> load(signers, "signature: {by: [$release], maxAge: 7d}"))
                .hasMessageContaining("signatures by \"release\" do not prove when they were made");
    }

    @Test
    @DisplayName("a key past notAfter counts for what is proven to be older, and not for what is logged again")
    void expiredKey() throws IOException {
        String signers = """
                trust: {own: {file: root.json}}
                signers: {release: {keys: [{file: one.pub, notAfter: %s}]%s}}
                """;
        denied(decide(load(signers.formatted("2026-06-01", ""), SIGNED_BY_RELEASE), signature(one)), "expired at");
        PolicySet logged = load(signers.formatted("2026-06-01", ", trust: own"), SIGNED_BY_RELEASE);
        allowed(decide(logged, signature(one).logged(own.log, SIGNED)));
        allowed(decide(logged, signature(one).logged(own.log, SIGNED).logged(own.otherLog, now)));
        denied(
                decide(logged, signature(one).logged(own.log, now)),
                "expired at 2026-06-01T23:59:59Z, and no earlier time is proven");
        PolicySet before = load(signers.formatted("2026-05-31", ", trust: own"), SIGNED_BY_RELEASE);
        denied(decide(before, signature(one).logged(own.log, SIGNED)), "expired at 2026-05-31T23:59:59Z");
    }

    @Test
    @DisplayName("a time outside the certificate's life does not count, its last second does")
    void outsideItsLife() throws IOException {
        allowed(decide(ci(SIGNED_BY_CI), keyless().logged(own.log, SIGNED.plusSeconds(540))));
        denied(decide(ci(SIGNED_BY_CI), keyless().logged(own.log, SIGNED.plusSeconds(541))), "2026-06-01T12:09:00Z");
        denied(decide(ci(SIGNED_BY_CI), keyless().logged(own.log, SIGNED.minusSeconds(61))), "2026-06-01T11:59:00Z");
    }

    @Test
    @DisplayName("the key of a certificate is no certificate, and a certificate is not its key")
    void keyAsCertificate() throws IOException {
        TestCertificate leaf = own.leaf();
        file("one.pub", leaf.key.pem());
        PolicySet release = load(RELEASE, SIGNED_BY_RELEASE);
        allowed(decide(ci(SIGNED_BY_CI), signature(leaf).logged(own.log, SIGNED)));
        denied(decide(ci(SIGNED_BY_CI), signature(leaf.key).logged(own.log, SIGNED)), "signed with a key");
        allowed(decide(release, signature(leaf.key)));
        denied(decide(release, signature(leaf)), "signed with a certificate");
        file("ca.pem", own.fulcio.pem());
        PolicySet office = load(
                "signers: {office: {certificate: {roots: [{file: ca.pem}], identity: \"**\"}}}\n",
                "signature: {by: [$office]}");
        denied(decide(office, signature(leaf.key)), "signed with a key");
    }

    @Test
    @DisplayName("one key counts once: in two bundles, in two forms, and for two signers that both have it")
    void keyTwice() throws IOException {
        PolicySet both = load("""
                signers:
                  dev: {keys: [{file: one.pub}, {file: three.pub}]}
                  ops: {keys: [{file: one.pub}, {file: two.pub}]}
                """, "signature: {by: [$dev, $ops], atLeast: 2}");
        denied(decideAll(both, signature(one), signature(one)), "expected 2 of dev, ops");
        registry.simpleSignatures("acme/api", image, one);
        denied(decideAll(both, signature(one)), "expected 2 of dev, ops");
        allowed(decideAll(both, signature(one), signature(two)));
    }

    @Test
    @DisplayName("one log entry counts once, entries of two logs twice")
    void entryTwice() throws IOException {
        PolicySet logs = ci(SIGNED_BY_CI, ", require: {log: 2}", "");
        denied(
                decide(logs, keyless().logged(own.log, SIGNED).logged(own.log, SIGNED)),
                "entry of only 1 log that the trusted root knows, expected 2");
        allowed(decide(logs, keyless().logged(own.log, SIGNED).logged(own.otherLog, SIGNED)));
    }

    @Test
    @DisplayName("two statements do not meet together what each meets in part")
    void together() throws IOException {
        PolicySet built = load(
                RELEASE,
                "attestation: {type: slsaprovenance1, by: [$release], where: {/builder: acme, /level: \"3\"}}");
        TestBundle builder = statement(one, SLSA, "{\"builder\":\"acme\",\"level\":\"2\"}");
        TestBundle level = statement(one, SLSA, "{\"builder\":\"mallory\",\"level\":\"3\"}");
        denied(decideAll(built, builder, level), "/level is \"2\"", "/builder is \"mallory\"");
        allowed(decideAll(built, builder, level, statement(one, SLSA, "{\"builder\":\"acme\",\"level\":\"3\"}")));
    }

    @Test
    @DisplayName("the same identity does not sign for another source repository, nor an attestation as a signature")
    void anotherPurpose() throws IOException {
        TestBundle signed = keyless().logged(own.log, SIGNED);
        String source = ", certificate: {sourceRepository: \"https://git.example/acme/%s\"}";
        allowed(decide(ci(SIGNED_BY_CI, "", source.formatted("api")), signed));
        denied(decide(ci(SIGNED_BY_CI, "", source.formatted("ap")), signed), "sourceRepository", TestSigstore.SOURCE);
        denied(
                decide(load(RELEASE, SIGNED_BY_RELEASE), statement(one, SLSA, "{}")),
                "one signed as an attestation of type \"" + SLSA + "\", which is no signature");
    }
}
