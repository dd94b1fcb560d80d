package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Unaccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule on attestations")
class AttestationRuleTest {

    private static final Instant NOW = SignerSamples.NOW;
    private static final Signer KEY = SignerSamples.key("release", 1);
    private static final Signer CI = SignerSamples.keyless("ci", "**");
    private static final AttestationType SLSA = AttestationType.parse("slsaprovenance1");
    private static final AttestationType VULN = AttestationType.parse("vuln");
    private static final AttestationType LINK = AttestationType.parse("link");
    private static final JsonPointer SCANNED = new JsonPointer("/metadata/scanFinishedOn");
    private static final JsonPointer FINISHED = new JsonPointer("/runDetails/metadata/finishedOn");
    private static final JsonPointer BUILDER = new JsonPointer("/runDetails/builder/id");
    private static final JsonPointer LEVEL = new JsonPointer("/level");
    private static final AttestationRule BUILT = AttestationRule.of(SLSA, CI)
            .with(new Where(BUILDER, ValueCondition.matches("https://builder.example/*")))
            .with(new Where(LEVEL, ValueCondition.matches("3")));

    private static Finding check(AttestationRule rule, SignatureFacts facts) {
        return rule.check(SignerSamples.candidate(
                "acme/api:1",
                ImageFacts.at(NOW)
                        .with(Need.DIGEST, Fact.known(SignerSamples.DIGEST))
                        .with(rule.need(), Fact.known(facts))));
    }

    private static Finding check(AttestationRule rule, SignedBy... verified) {
        return check(rule, SignatureFacts.of(List.of(verified)));
    }

    private static SignedBy by(Signer signer, Object... values) {
        Map<JsonPointer, PredicateValue> predicate = new HashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            predicate.put((JsonPointer) values[i], PredicateValue.text(values[i + 1].toString()));
        }
        AttestationType type = predicate.containsKey(FINISHED) ? SLSA : VULN;
        return SignedBy.of(signer, Signatory.key("sha256:11"), SignerSamples.DIGEST)
                .withPredicate(type.uri(), predicate);
    }

    @Test
    @DisplayName("is satisfied by one statement that meets all conditions, not by two together")
    void oneStatement() {
        SignedBy builder = by(CI, BUILDER, "https://builder.example/7");
        SignedBy level = by(CI, BUILDER, "https://other.example", LEVEL, "3");
        assertThat(check(BUILT, level, by(CI, BUILDER, "https://builder.example/7", LEVEL, "3")))
                .hasToString("SATISFIED: attested by ci");
        assertThat(check(BUILT, builder, level))
                .hasToString(
                        "VIOLATED: it has no attestation slsaprovenance1 by ci that counts; the attestation by ci (key"
                                + " sha256:11): /level is not there, the attestation by ci (key sha256:11): /runDetails/builder/id"
                                + " is \"https://other.example\"; expected \"https://builder.example/*\"");
    }

    @Test
    @DisplayName("counts no statement of another signer or digest, or after its end")
    void others() {
        AttestationRule rule = AttestationRule.of(LINK, CI);
        assertThat(check(rule, by(CI)).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, by(KEY)))
                .hasToString("VIOLATED: it has no attestation link by ci that counts; none was found");
        assertThat(check(rule, SignedBy.of(CI, Signatory.key("k"), SignerSamples.digest("b")))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(check(rule, by(CI).withInterval(Instant.MIN, NOW.minusNanos(1)))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("on age takes the date in the statement, else that of the certificate")
    void age() {
        AttestationRule rule = AttestationRule.of(SLSA, CI).withMaxAge(Duration.ofDays(7));
        assertThat(check(rule, by(CI, FINISHED, "2026-11-19T01:00:00+01:00")).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, by(CI, FINISHED, "2026-11-18T23:59:59Z")).toString())
                .endsWith(" was made on 2026-11-18T23:59:59Z, more than 7d ago");
        // A young certificate does not make an old statement young.
        assertThat(check(rule, by(CI, FINISHED, "2026-11-18T23:59:59Z").withIssued(NOW))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(check(rule, by(CI).withIssued(NOW)).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, by(CI, FINISHED, "2026-11-26T00:05:01Z")).toString())
                .endsWith(" which is in the future");
        for (SignedBy undated : List.of(by(CI), by(CI, FINISHED, "yesterday").withIssued(NOW))) {
            assertThat(check(rule, undated).toString()).endsWith(" does not show when it was made");
        }
    }

    @Test
    @DisplayName("judges the newest scan result alone")
    void newestScan() {
        AttestationRule rule = AttestationRule.of(VULN, CI).with(new Where(LEVEL, ValueCondition.matches("good")));
        SignedBy good = by(CI, LEVEL, "good", SCANNED, "2026-11-20T00:00:00Z");
        SignedBy badBefore = by(CI, LEVEL, "bad", SCANNED, "2026-11-19T23:59:59Z");
        SignedBy badAfter = by(CI, LEVEL, "bad", SCANNED, "2026-11-20T00:00:00.001Z");
        assertThat(check(rule, badBefore, good).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, badAfter, good).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(rule, good, badAfter).outcome()).isEqualTo(Outcome.VIOLATED);
        SignedBy badAtOnce = by(CI, LEVEL, "bad", SCANNED, "2026-11-20T00:00:00Z");
        assertThat(check(rule, good, badAtOnce).outcome()).isEqualTo(Outcome.VIOLATED);
        SignedBy undated = by(CI, LEVEL, "bad");
        assertThat(check(rule, good, undated).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("judges the newest scan result of each signer: none hides what another found")
    void newestScanOfEach() {
        AttestationRule rule = AttestationRule.of(VULN, CI, KEY).with(new Where(LEVEL, ValueCondition.matches("good")));
        SignedBy good = by(CI, LEVEL, "good", SCANNED, "2026-11-20T00:00:00Z");
        for (String date : List.of("2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")) {
            SignedBy bad = by(KEY, LEVEL, "bad", SCANNED, date);
            assertThat(check(rule, bad, good).outcome()).isEqualTo(Outcome.VIOLATED);
            assertThat(check(rule, good, bad).outcome()).isEqualTo(Outcome.VIOLATED);
            SignedBy mended = by(KEY, LEVEL, "good", SCANNED, "2026-11-21T00:00:00.001Z");
            assertThat(check(rule, good, bad, mended).outcome()).isEqualTo(Outcome.SATISFIED);
        }
        SignedBy undated = by(KEY, LEVEL, "bad");
        assertThat(check(rule, good, undated).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("leaves out a signer whose newest scan result is too old, beside another")
    void signerThatHasStopped() {
        AttestationRule rule = AttestationRule.of(VULN, CI, KEY)
                .withMaxAge(Duration.ofDays(7))
                .with(new Where(LEVEL, ValueCondition.matches("good")));
        SignedBy good =
                by(CI, LEVEL, "good", SCANNED, NOW.minus(Duration.ofDays(1)).toString());
        SignedBy old = by(
                KEY,
                LEVEL,
                "bad",
                SCANNED,
                NOW.minus(Duration.ofDays(7)).minusSeconds(1).toString());
        SignedBy young =
                by(KEY, LEVEL, "bad", SCANNED, NOW.minus(Duration.ofDays(7)).toString());
        assertThat(check(rule, good, old).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, good, young).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(rule, old).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("does not know the newest scan result if not everything was read")
    void unreadScan() {
        SignatureFacts facts = SignatureFacts.of(List.of(by(CI)));
        assertThat(check(AttestationRule.of(VULN, CI), facts).outcome()).isEqualTo(Outcome.SATISFIED);
        SignatureFacts unread = facts.withUnread("it has more than 1000 referrers");
        assertThat(check(AttestationRule.of(VULN, CI), unread))
                .hasToString(
                        "UNDECIDABLE: it has no attestation vuln by ci that counts; it has more than 1000 referrers");
        assertThat(check(AttestationRule.of(LINK, CI), unread).outcome()).isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("is undecidable if none satisfies it and one of them is")
    void undecidable() {
        JsonPointer pointer = new JsonPointer("/x");
        AttestationRule rule = AttestationRule.of(LINK, CI).with(new Where(pointer, ValueCondition.matches("a")));
        SignedBy large = by(CI).withPredicate("type", Map.of(pointer, PredicateValue.text("a".repeat(5_000))));
        assertThat(check(rule, large, by(CI, pointer, "b")).toString())
                .startsWith("UNDECIDABLE: ")
                .contains("/x is a text of 5000 characters, too large to be compared");
        assertThat(check(rule, large, by(CI, pointer, "a")).outcome()).isEqualTo(Outcome.SATISFIED);
        SignatureFacts open = SignatureFacts.of(List.of(by(CI)))
                .withOthers(List.of(Unaccepted.undecidable("one in an unknown form")));
        assertThat(check(rule, open).outcome()).isEqualTo(Outcome.UNDECIDABLE);
    }

    @Test
    @DisplayName("asks for the values that it compares, and for dates only if they matter")
    void needs() {
        assertThat(SignerSamples.needs(BUILT, "nginx@" + SignerSamples.DIGEST))
                .containsExactly(
                        new AttestationNeed("https://slsa.dev/provenance/v1", List.of(CI), Set.of(BUILDER, LEVEL)));
        assertThat(SignerSamples.needs(BUILT.withMaxAge(Duration.ofDays(1)), "nginx"))
                .contains(new AttestationNeed(
                        "https://slsa.dev/provenance/v1", List.of(CI), Set.of(BUILDER, LEVEL, FINISHED)));
        assertThat(SignerSamples.needs(AttestationRule.of(VULN, CI), "nginx"))
                .contains(new AttestationNeed(VULN.uri(), List.of(CI), Set.of(SCANNED)));
    }

    /** The newest statement must have a small level; its sentences are sentences of their own. */
    private record Small(int most) implements AttestationCondition {

        @Override
        public Set<JsonPointer> pointers() {
            return Set.of(LEVEL);
        }

        @Override
        public boolean newestCounts() {
            return true;
        }

        @Override
        public Finding check(SignedBy statement, Candidate image) {
            PredicateValue level = Objects.requireNonNull(statement.predicate().get(LEVEL));
            return Integer.parseInt(level.text()) > most
                    ? Finding.violation(statement.signerName() + " found the level " + level.text())
                    : Finding.satisfied();
        }

        @Override
        public Optional<Finding> name(SignedBy statement) {
            return Optional.of(Finding.violation("the level of " + statement.signerName()));
        }
    }

    @Test
    @DisplayName("has conditions of programs, which say whether the newest decides, and in what words")
    void ownCondition() {
        AttestationRule rule = AttestationRule.of(LINK, CI).with(new Small(3));
        assertThat(rule.need())
                .isEqualTo(new AttestationNeed(LINK.uri(), List.of(CI), Set.of(LEVEL), Set.of(), true))
                .isNotEqualTo(AttestationRule.of(LINK, CI)
                        .with(new Where(LEVEL, ValueCondition.matches("3")))
                        .need());
        SignedBy small = link(CI, "3").withIssued(NOW.minusSeconds(20));
        SignedBy large = link(CI, "4");
        assertThat(check(rule, small, large.withIssued(NOW.minusSeconds(30))).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, small, large.withIssued(NOW.minusSeconds(10))))
                .hasToString("VIOLATED: ci found the level 4");
        assertThat(check(rule, small, large.withUnread("it is torn")))
                .hasToString("UNDECIDABLE: the level of ci cannot be read: it is torn");
        assertThat(check(rule.with(new Where(LEVEL, ValueCondition.matches("2"))), small)
                        .toString())
                .startsWith("VIOLATED: it has no attestation link by ci that counts; the attestation by ci");
    }

    private static SignedBy link(Signer signer, String level) {
        return SignedBy.of(signer, Signatory.key("sha256:11"), SignerSamples.DIGEST)
                .withPredicate(LINK.uri(), Map.of(LEVEL, PredicateValue.number(level)));
    }

    @Test
    @DisplayName("is refused if it can never hold")
    void mistakes() {
        assertThatThrownBy(() -> AttestationRule.of(LINK)).hasMessageContaining("expected at least one signer");
        assertThatThrownBy(() -> AttestationRule.of(LINK, KEY).withMaxAge(Duration.ofDays(1)))
                .hasMessageStartingWith("attestations link have no date that is known");
        assertThatCode(() -> AttestationRule.of(LINK, CI).withMaxAge(Duration.ofDays(1)))
                .doesNotThrowAnyException();
        assertThatCode(() -> AttestationRule.of(VULN, KEY).withMaxAge(Duration.ofDays(1)))
                .doesNotThrowAnyException();
    }
}
