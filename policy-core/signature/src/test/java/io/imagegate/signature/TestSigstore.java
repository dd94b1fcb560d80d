package io.imagegate.signature;

import io.imagegate.signature.log.SctList;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A sigstore of its own: authority, logs, timestamps. Everything can be made with one thing wrong. */
final class TestSigstore {

    static final Instant SIGNED = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    static final String ISSUER = "https://token.example";
    static final String IDENTITY = "https://git.example/acme/api/.github/workflows/release.yml@refs/tags/v1";
    static final String SOURCE = "https://git.example/acme/api";

    private static final String ARC = "1.3.6.1.4.1.57264.1.";
    private static final String ALWAYS = "{\"start\":\"2026-01-01T00:00:00Z\"}";

    final TestCertificate fulcio = TestCertificate.root("fulcio");
    final TestLog certificateLog = new TestLog("ct.example");
    final TestLog log = new TestLog("rekor.example");
    final TestLog otherLog = new TestLog("rekor2.example");
    final TestTimestamps timestamps = TestTimestamps.named("tsa");
    final TestTimestamps otherTimestamps = TestTimestamps.named("other tsa");

    String fulcioValid = ALWAYS;
    String certificateLogValid = ALWAYS;
    String logValid = ALWAYS;
    String timestampsValid = ALWAYS;

    /** A certificate without names and purposes, alive for ten minutes. */
    static TestCertificate bare() {
        return new TestCertificate().lives(SIGNED.minusSeconds(60), SIGNED.plusSeconds(540));
    }

    /** A leaf as Fulcio issues it. */
    TestCertificate leaf() {
        return stamped(identified());
    }

    /** A leaf that no certificate log has, as GitHub issues it for private repositories. */
    TestCertificate unloggedLeaf() {
        return identified().issuedBy(fulcio);
    }

    /** A certificate with an identity, not issued yet. */
    static TestCertificate identified() {
        return bare().usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .alternativeNames(IDENTITY)
                .extension(ARC + "1", false, ISSUER.getBytes(StandardCharsets.UTF_8))
                .extension(ARC + "8", false, Asn1.utf8(ISSUER))
                .extension(ARC + "12", false, Asn1.utf8(SOURCE));
    }

    /** Puts an SCT into a certificate and issues it. */
    TestCertificate stamped(TestCertificate leaf) {
        return stamped(leaf, certificateLog, SIGNED);
    }

    TestCertificate stamped(TestCertificate leaf, TestLog by, Instant time) {
        leaf.issuedBy(fulcio);
        leaf.extension(SctList.OID, false, by.scts(leaf.content(), fulcio, time));
        return leaf.issuedBy(fulcio);
    }

    static String issuerOid(int number) {
        return ARC + number;
    }

    String root() {
        return rootFile();
    }

    /** A trusted root with another certificate authority. */
    String rootOf(TestCertificate... chain) {
        String file = rootFile().replace(authority(fulcioValid, fulcio), authority(fulcioValid, chain));
        return file;
    }

    /** A trusted root in which the authority of timestamps stands again for a later period, and others beside it. */
    String rootWithLater(Instant start, TestTimestamps... others) {
        String one = authority(timestampsValid, timestamps.leaf, timestamps.root);
        StringBuilder all = new StringBuilder(one).append(',').append(one.replace(timestampsValid, from(start)));
        for (TestTimestamps other : others) {
            all.append(',').append(authority(ALWAYS, other.leaf, other.root));
        }
        return rootFile().replace(one, all);
    }

    private static String from(Instant start) {
        return "{\"start\":\"" + start + "\"}";
    }

    /** The trusted root as a file has it. */
    String rootFile() {
        return "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\",\"tlogs\":["
                + log.trusted(logValid) + "," + otherLog.trusted(ALWAYS) + "],\"ctlogs\":["
                + certificateLog.trusted(certificateLogValid) + "],\"certificateAuthorities\":["
                + authority(fulcioValid, fulcio) + "],\"timestampAuthorities\":["
                + authority(timestampsValid, timestamps.leaf, timestamps.root) + "]}";
    }

    private static String authority(String validFor, TestCertificate... chain) {
        List<String> certificates = new ArrayList<>();
        for (TestCertificate certificate : chain) {
            certificates.add("{\"rawBytes\":\"" + TestLog.base64(certificate.encoded()) + "\"}");
        }
        return "{\"certChain\":{\"certificates\":[" + String.join(",", certificates) + "]},\"validFor\":" + validFor
                + "}";
    }

    Signer keyless() {
        return keyless(TestSigners.trust(root()));
    }

    static Signer keyless(Trust trust) {
        return TestSigners.keyless(trust, ISSUER, IDENTITY, java.util.Map.of("sourceRepository", SOURCE));
    }
}
