package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;

import io.imagegate.signer.SignatureFault;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Log entries made of parts that are genuine, but of another entry, another log, or another tree. */
class LogConfusionTest {

    private final TestSigstore sigstore = new TestSigstore();
    private final TestCertificate leaf = sigstore.leaf();
    private final TestBundle bundle = TestBundle.by(leaf);

    private static String entry(TestLog log, TestBundle about) {
        return log.entry("dsse 0.0.1", about.dsseBody(), SIGNED, true, true);
    }

    /** The same signature with another entry. */
    private Verdict verify(String entry) {
        String json = bundle.json().replace("},\"dsseEnvelope\"", ",\"tlogEntries\":[" + entry + "]},\"dsseEnvelope\"");
        return TestBundle.verify(json, sigstore.keyless(), TestSigstore.NOW);
    }

    private static String part(String entry, String begin, String end) {
        int start = entry.indexOf(begin);
        return entry.substring(start, entry.indexOf(end, start));
    }

    private static String with(String entry, String other, String begin, String end) {
        String changed = entry.replace(part(entry, begin, end), part(other, begin, end));
        Assertions.assertThat(changed).isNotEqualTo(entry);
        return changed;
    }

    @Test
    @DisplayName("the proof and the promise of another entry of the log are none of this one")
    void otherEntry() {
        String mine = entry(sigstore.log, bundle);
        String other = entry(sigstore.log, TestBundle.by(leaf));
        verified(verify(mine));
        violates(
                verify(with(mine, other, "\"inclusionProof\"", ",\"canonicalizedBody\"")),
                SignatureFault.LOG,
                "not in the tree");
        violates(
                verify(with(mine, other, "\"inclusionPromise\"", ",\"inclusionProof\"")),
                SignatureFault.LOG,
                "a promise that the log did not sign");
        violates(
                verify(with(mine, other, "\"checkpoint\"", ",\"canonicalizedBody\"")),
                SignatureFault.LOG,
                "of another tree");
        violates(verify(with(mine, other, "\"canonicalizedBody\"", "\"}")), SignatureFault.LOG, "another signature");
    }

    @Test
    @DisplayName("time, index and size are those that the log signed")
    void numbers() {
        String mine = entry(sigstore.log, bundle);
        long time = SIGNED.getEpochSecond();
        violates(
                verify(mine.replace("\"" + time + "\"", "\"" + (time + 1) + "\"")), SignatureFault.LOG, "did not sign");
        violates(verify(mine.replace("\"logIndex\":\"7\"", "\"logIndex\":\"8\"")), SignatureFault.LOG, "did not sign");
        violates(verify(mine.replace("\"treeSize\":\"2\"", "\"treeSize\":\"3\"")), SignatureFault.LOG);
        violates(
                verify(mine.replace("\"logIndex\":\"1\"", "\"logIndex\":\"0\"")),
                SignatureFault.LOG,
                "not in the tree");
    }

    @Test
    @DisplayName("what one log signed is no entry of another one")
    void otherLog() {
        String mine = entry(sigstore.log, bundle);
        String other = entry(sigstore.otherLog, bundle);
        verified(verify(other));
        violates(verify(with(other, mine, "\"logId\"", ",\"kindVersion\"")), SignatureFault.LOG, "did not sign");
        violates(
                verify(with(mine, other, "\"inclusionProof\"", ",\"canonicalizedBody\"")),
                SignatureFault.LOG,
                "did not sign");
    }

    private Verdict named(String host, String origin) {
        return verify(entry(new TestLog(host, origin, sigstore.log.key), bundle));
    }

    @Test
    @DisplayName("a checkpoint is about the log of the trusted root, of which it may name one of several trees")
    void origin() {
        verified(named("rekor.example", "rekor.example"));
        verified(named("rekor.example", "rekor.example - 42"));
        violates(named("rekor.example", "rekor.example-42"), SignatureFault.LOG, "did not sign");
        violates(named("rekor.example", "rekor.example.evil"), SignatureFault.LOG, "did not sign");
        violates(named("rekor.example", "evil.example"), SignatureFault.LOG, "did not sign");
        violates(named("evil.example", "rekor.example"), SignatureFault.LOG, "did not sign");
        violates(named("evil.example", "evil.example"), SignatureFault.LOG, "did not sign");
    }
}
