package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signature.log.SctList;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log entries, timestamps and times, each with one thing wrong. */
class EvidenceTest {

    private static final String V1 = "application/vnd.dev.sigstore.bundle+json;version=0.1";
    private static final String V2 = "application/vnd.dev.sigstore.bundle+json;version=0.2";
    private static final Instant LATER = SIGNED.plusSeconds(3600);

    private final TestSigstore sigstore = new TestSigstore();
    private final TestCertificate leaf = sigstore.leaf();

    private TestBundle bundle() {
        return TestBundle.by(leaf);
    }

    private Signer needs(int logs, int timestamps, int scts) {
        return TestSigstore.keyless(TestSigners.trust(sigstore.root(), logs, timestamps, scts));
    }

    private byte[] stamp(TestBundle bundle, Instant time) {
        return sigstore.timestamps.stamp(bundle.signature(), time);
    }

    @Test
    @DisplayName("Rekor 2 proves no time, so a timestamp must; its body may be left out")
    void rekor2() {
        TestBundle logged = bundle();
        logged.entry(sigstore.log.entry2(logged.hashedRekord2(), true));
        violates(logged.verify(sigstore.keyless()), SignatureFault.TIME, "no time is proven");
        Verdict.Verified verified = verified(logged.stamp(stamp(logged, SIGNED)).verify(sigstore.keyless()));
        assertThat(verified.times()).containsExactly(SIGNED);
        TestBundle short2 = bundle();
        short2.entry(sigstore.log.entry2(short2.hashedRekord2(), false)).stamp(stamp(short2, SIGNED));
        verified(short2.verify(sigstore.keyless()));
        TestBundle other = bundle();
        other.entry(sigstore.log.entry2(bundle().hashedRekord2(), false)).stamp(stamp(other, SIGNED));
        violates(other.verify(sigstore.keyless()), SignatureFault.LOG, "not in the tree");
    }

    @Test
    @DisplayName("an entry about another signature, another payload or another key violates")
    void another() {
        TestBundle signed = bundle();
        TestBundle again = bundle();
        violates(signed.entry(entryOf(again)).verify(sigstore.keyless()), SignatureFault.LOG, "another signature");
        TestBundle byOther = TestBundle.by(sigstore.leaf());
        violates(bundle().entry(entryOf(byOther)).verify(sigstore.keyless()), SignatureFault.LOG, "another");
        TestBundle kind = bundle();
        String announced = sigstore.log.entry("intoto 0.0.2", kind.dsseBody(), SIGNED, true, true);
        violates(kind.entry(announced).verify(sigstore.keyless()), SignatureFault.LOG, "announced");
    }

    private String entryOf(TestBundle bundle) {
        return sigstore.log.entry("dsse 0.0.1", bundle.dsseBody(), SIGNED, true, true);
    }

    @Test
    @DisplayName("a promise alone counts in version 0.1, a proof alone proves no time, and neither is no entry")
    void promiseAndProof() {
        TestBundle one = bundle();
        String promise = sigstore.log.entry("dsse 0.0.1", one.dsseBody(), SIGNED, true, false);
        violates(one.entry(promise).verify(sigstore.keyless()), SignatureFault.LOG, "no inclusion proof");
        TestBundle chained = bundle().chain(leaf);
        String alone = sigstore.log.entry("dsse 0.0.1", chained.dsseBody(), SIGNED, true, false);
        verified(chained.version(V1).entry(alone).verify(sigstore.keyless()));
        violates(chained.version(V2).verify(sigstore.keyless()), SignatureFault.LOG, "no inclusion proof");
        TestBundle proof = bundle();
        String proven = sigstore.log.entry("dsse 0.0.1", proof.dsseBody(), SIGNED, false, true);
        violates(proof.entry(proven).verify(sigstore.keyless()), SignatureFault.TIME);
        verified(proof.stamp(stamp(proof, SIGNED)).verify(sigstore.keyless()));
        TestBundle none = bundle();
        String nothing = sigstore.log.entry("dsse 0.0.1", none.dsseBody(), SIGNED, false, false);
        violates(none.entry(nothing).stamp(stamp(none, SIGNED)).verify(sigstore.keyless()), SignatureFault.LOG);
    }

    @Test
    @DisplayName("one log entry twice is one log; two logs are two")
    void logsAreDistinct() {
        violates(
                bundle().logged(sigstore.log, SIGNED)
                        .logged(sigstore.log, SIGNED)
                        .verify(needs(2, 0, 1)),
                SignatureFault.LOG,
                "entry of only 1 log that the trusted root knows, expected 2");
        verified(bundle().logged(sigstore.log, SIGNED)
                .logged(sigstore.otherLog, SIGNED)
                .verify(needs(2, 0, 1)));
    }

    @Test
    @DisplayName("an entry of an unknown log is ignored, one of a known log must verify even if none is needed")
    void unknownLog() {
        TestBundle bundle = bundle().logged(new TestLog("other.example"), SIGNED);
        violates(
                bundle.verify(sigstore.keyless()),
                SignatureFault.LOG,
                "no entry of any log that the trusted root knows, expected 1");
        verified(bundle.logged(sigstore.log, SIGNED).verify(sigstore.keyless()));
        TestBundle wrong = bundle().entry(entryOf(bundle()));
        violates(wrong.stamp(stamp(wrong, SIGNED)).verify(needs(0, 1, 1)), SignatureFault.LOG, "another signature");
    }

    @Test
    @DisplayName(
            "a timestamp of an unknown authority is ignored, one of a known authority must verify even if none is needed")
    void unknownAuthority() {
        TestBundle bundle = bundle();
        bundle.stamp(sigstore.otherTimestamps.stampWithCertificate(bundle.signature(), SIGNED));
        violates(
                bundle.verify(needs(0, 1, 1)),
                SignatureFault.TIMESTAMP,
                "no timestamp of any authority that the trusted root knows, expected 1");
        verified(bundle.logged(sigstore.log, SIGNED).verify(sigstore.keyless()));
        TestBundle wrong = bundle().logged(sigstore.log, SIGNED);
        wrong.stamp(sigstore.timestamps.stamp(bundle().signature(), SIGNED));
        violates(wrong.verify(sigstore.keyless()), SignatureFault.TIMESTAMP, "over something else");
    }

    @Test
    @DisplayName("one timestamp twice is one authority")
    void authoritiesAreDistinct() {
        TestBundle bundle = bundle().logged(sigstore.log, SIGNED);
        bundle.stamp(stamp(bundle, SIGNED)).stamp(stamp(bundle, SIGNED.plusSeconds(1)));
        violates(
                bundle.verify(needs(1, 2, 1)),
                SignatureFault.TIMESTAMP,
                "timestamp of only 1 authority that the trusted root knows, expected 2");
        assertThat(verified(bundle.verify(needs(1, 1, 1))).times()).containsExactly(SIGNED, SIGNED.plusSeconds(1));
    }

    @Test
    @DisplayName("an authority that stands in the root once for each of two periods is one authority")
    void periodsOfOneAuthority() {
        sigstore.timestampsValid = "{\"end\":\"" + SIGNED + "\"}";
        String root = sigstore.rootWithLater(SIGNED.plusSeconds(1));
        TestBundle bundle = bundle().logged(sigstore.log, SIGNED);
        bundle.stamp(stamp(bundle, SIGNED)).stamp(stamp(bundle, SIGNED.plusSeconds(1)));
        verified(bundle.verify(TestSigstore.keyless(TestSigners.trust(root, 1, 1, 1))));
        violates(
                bundle.verify(TestSigstore.keyless(TestSigners.trust(root, 1, 2, 1))),
                SignatureFault.TIMESTAMP,
                "timestamp of only 1 authority");
        bundle.stamp(sigstore.otherTimestamps.stamp(bundle.signature(), SIGNED));
        verified(bundle.verify(TestSigstore.keyless(
                TestSigners.trust(sigstore.rootWithLater(SIGNED.plusSeconds(1), sigstore.otherTimestamps), 1, 2, 1))));
    }

    @Test
    @DisplayName("the certificate of a timestamp is for that and nothing else")
    void purposeOfTimestamps() {
        TestTimestamps both = new TestTimestamps("both", TestCertificate.TIME_STAMPING, TestCertificate.CODE_SIGNING);
        TestBundle bundle = bundle();
        bundle.stamp(both.stampWithCertificate(bundle.signature(), SIGNED));
        Signer office = TestSigners.certificate(java.util.List.of(sigstore.fulcio.pem()))
                .identity("**")
                .timestamps(java.util.List.of(both.root.pem()))
                .build();
        violates(bundle.verify(office), SignatureFault.TIMESTAMP);
    }

    @Test
    @DisplayName("each proven time lies within the certificate's life, both ends included")
    void timesWithinLife() {
        violates(
                bundle().logged(sigstore.log, LATER).verify(sigstore.keyless()), SignatureFault.TIME, LATER.toString());
        verified(bundle().logged(sigstore.log, SIGNED.minusSeconds(60)).verify(sigstore.keyless()));
        verified(bundle().logged(sigstore.log, SIGNED.plusSeconds(540)).verify(sigstore.keyless()));
        violates(
                bundle().logged(sigstore.log, SIGNED.plusSeconds(541)).verify(sigstore.keyless()), SignatureFault.TIME);
        violates(
                bundle().logged(sigstore.log, SIGNED.minusSeconds(61)).verify(sigstore.keyless()), SignatureFault.TIME);
        TestBundle stamped = bundle().logged(sigstore.log, SIGNED);
        violates(
                stamped.stamp(stamp(stamped, LATER)).verify(sigstore.keyless()), SignatureFault.TIME, LATER.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:00Z, 2026-06-01T12:00:00Z, true",
        "2026-06-01T12:00:01Z, 2026-12-01T12:00:00Z, false",
        "2026-01-01T00:00:00Z, 2026-06-01T11:59:59Z, false"
    })
    @DisplayName("each part of the trusted root holds at its time, both ends included")
    void validity(String start, String end, boolean holds) {
        String period = "{\"start\":\"" + start + "\",\"end\":\"" + end + "\"}";
        check(holds, SignatureFault.LOG, other -> other.logValid = period);
        check(holds, SignatureFault.SCT, other -> other.certificateLogValid = period);
        check(holds, SignatureFault.CERTIFICATE, other -> other.fulcioValid = period);
        check(holds, SignatureFault.TIMESTAMP, other -> other.timestampsValid = period);
    }

    private static void check(boolean holds, SignatureFault code, java.util.function.Consumer<TestSigstore> change) {
        TestSigstore other = new TestSigstore();
        change.accept(other);
        TestBundle bundle = TestBundle.by(other.leaf()).logged(other.log, SIGNED);
        bundle.stamp(other.timestamps.stamp(bundle.signature(), SIGNED));
        Verdict verdict = bundle.verify(other.keyless());
        if (holds) {
            verified(verdict);
        } else {
            violates(verdict, code);
        }
    }

    @Test
    @DisplayName("a log without a start never holds, an authority without one always")
    void withoutStart() {
        check(false, SignatureFault.LOG, other -> other.logValid = "{}");
        check(false, SignatureFault.SCT, other -> other.certificateLogValid = "{}");
        check(true, SignatureFault.CERTIFICATE, other -> other.fulcioValid = "{}");
    }

    @Test
    @DisplayName("SCTs of unknown logs are ignored, those of known logs must verify even if none is needed")
    void scts() {
        TestCertificate unknown = TestSigstore.bare()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .alternativeNames(TestSigstore.IDENTITY)
                .extension(TestSigstore.issuerOid(8), false, Asn1.utf8(TestSigstore.ISSUER))
                .extension(TestSigstore.issuerOid(12), false, Asn1.utf8(TestSigstore.SOURCE));
        sigstore.stamped(unknown, new TestLog("other.example"), SIGNED);
        TestBundle bundle = TestBundle.by(unknown).logged(sigstore.log, SIGNED);
        violates(
                bundle.verify(sigstore.keyless()),
                SignatureFault.SCT,
                "no SCT of any certificate log that the trusted root knows, expected 1");
        verified(bundle.verify(needs(1, 0, 0)));
        TestCertificate moved = new TestSigstore().leaf();
        moved.extension("1.2.3.4", false, Asn1.utf8("later")).issuedBy(sigstore.fulcio);
        violates(
                TestBundle.by(withScts(moved)).logged(sigstore.log, SIGNED).verify(needs(1, 0, 0)),
                SignatureFault.SCT,
                "does not verify");
    }

    /** A certificate with an SCT of the known log about another certificate. */
    private TestCertificate withScts(TestCertificate other) {
        byte[] list = sigstore.certificateLog.scts(other.content(), sigstore.fulcio, SIGNED);
        return TestSigstore.bare()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .alternativeNames(TestSigstore.IDENTITY)
                .extension(TestSigstore.issuerOid(8), false, Asn1.utf8(TestSigstore.ISSUER))
                .extension(TestSigstore.issuerOid(12), false, Asn1.utf8(TestSigstore.SOURCE))
                .extension(SctList.OID, false, list)
                .issuedBy(sigstore.fulcio);
    }
}
