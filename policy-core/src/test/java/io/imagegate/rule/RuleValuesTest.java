package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rules and their parts as values")
class RuleValuesTest {

    private static final Signer CI = SignerSamples.keyless("ci", "**");
    private static final Signer KEY = SignerSamples.key("release", 1);
    private static final AttestationType VULN = AttestationType.parse("vuln");
    private static final AttestationType LINK = AttestationType.parse("link");
    private static final Vulnerabilities HIGH = Vulnerabilities.deny(VulnerabilitySeverity.HIGH);

    /** Two that are made alike are equal, and none of the others equals them. */
    private static void assertValue(Object one, Object alike, Object... others) {
        assertThat(one).isEqualTo(alike).hasSameHashCodeAs(alike);
        for (Object other : others) {
            assertThat(one).isNotEqualTo(other);
        }
        assertThat(one.equals("text")).isFalse();
        assertThat(one.hashCode()).isNotZero();
    }

    @Test
    @DisplayName("an attestation rule is equal to one with the same need, age and conditions")
    void attestation() {
        AttestationRule rule = AttestationRule.of(VULN, CI).with(HIGH).withMaxAge(Duration.ofDays(7));
        assertValue(
                rule,
                AttestationRule.of(VULN, CI).with(HIGH).withMaxAge(Duration.ofDays(7)),
                AttestationRule.of(VULN, CI).with(HIGH).withMaxAge(Duration.ofDays(8)),
                AttestationRule.of(VULN, CI).with(HIGH),
                AttestationRule.of(VULN, KEY).with(HIGH).withMaxAge(Duration.ofDays(7)),
                AttestationRule.of(VULN, CI).with(HIGH.withFixableOnly()).withMaxAge(Duration.ofDays(7)));
        assertThat(rule).asString().startsWith(rule.need().toString()).endsWith(" [" + HIGH + "]");
        assertThat(AttestationRule.of(VULN, CI))
                .hasToString(AttestationRule.of(VULN, CI).need().toString());
    }

    @Test
    @DisplayName("an age needs a date in the statement, or a signer whose certificate is a proof of it")
    void age() {
        assertThat(AttestationRule.of(LINK, CI).withMaxAge(Duration.ofDays(1))).isNotNull();
        assertThat(AttestationRule.of(VULN, KEY).withMaxAge(Duration.ofDays(1))).isNotNull();
        AttestationRule byKey = AttestationRule.of(LINK, KEY);
        assertThatThrownBy(() -> byKey.withMaxAge(Duration.ofDays(1))).isInstanceOf(IllegalArgumentException.class);
        AttestationRule byCertificate = AttestationRule.of(LINK, CI);
        assertThatThrownBy(() -> byCertificate.withMaxAge(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("the date of a statement is read only if something depends on it")
    void date() {
        AttestationRule provenance = AttestationRule.of(AttestationType.parse("slsaprovenance1"), CI);
        assertThat(provenance.need().pointers()).isEmpty();
        assertThat(provenance.withMaxAge(Duration.ofDays(1)).need().pointers())
                .containsExactly(new JsonPointer("/runDetails/metadata/finishedOn"));
    }

    @Test
    @DisplayName("a signature rule is equal to one with the same need, number, age and annotations")
    void signature() {
        SignatureRule rule = SignatureRule.by(CI, KEY).withAtLeast(2).withAnnotations(Map.of("team", "pay"));
        assertValue(
                rule,
                SignatureRule.by(CI, KEY).withAtLeast(2).withAnnotations(Map.of("team", "pay")),
                SignatureRule.by(CI, KEY).withAnnotations(Map.of("team", "pay")),
                SignatureRule.by(CI, KEY).withAtLeast(2).withAnnotations(Map.of("team", "shop")),
                SignatureRule.by(CI, SignerSamples.key("release", 2))
                        .withAtLeast(2)
                        .withAnnotations(Map.of("team", "pay")));
        SignatureRule keyless = SignatureRule.by(CI);
        assertThat(keyless.withMaxAge(Duration.ofDays(1))).isNotEqualTo(keyless.withMaxAge(Duration.ofDays(2)));
        assertThat(rule).hasToString(rule.need() + ", at least 2");
    }

    @Test
    @DisplayName("a condition on vulnerabilities is equal to one with the same severities, exceptions and VEX")
    void vulnerabilities() {
        Instant until = Instant.parse("2026-12-31T00:00:00Z");
        Vulnerabilities rule =
                HIGH.withIgnored("CVE-1", until).withFixableOnly().withVex(CI);
        assertValue(
                rule,
                HIGH.withIgnored("CVE-1", until).withFixableOnly().withVex(CI),
                Vulnerabilities.deny(VulnerabilitySeverity.LOW)
                        .withIgnored("CVE-1", until)
                        .withFixableOnly()
                        .withVex(CI),
                HIGH.withIgnored("CVE-1").withFixableOnly().withVex(CI),
                HIGH.withIgnored("CVE-1", until).withVex(CI),
                HIGH.withIgnored("CVE-1", until).withFixableOnly(),
                HIGH.withIgnored("CVE-1", until).withFixableOnly().withVex(KEY));
        assertThat(rule.newestCounts()).isTrue();
        assertThat(rule).asString().startsWith("deny [").endsWith("] if fixable but [CVE-1]");
        assertThat(HIGH).asString().startsWith("deny [").endsWith("]");
    }

    @Test
    @DisplayName("a condition on licenses is equal to one that denies or allows the same")
    void licenses() {
        assertValue(Licenses.deny("MIT"), Licenses.deny("MIT"), Licenses.allow("MIT"), Licenses.deny("Apache-2.0"));
        assertThat(Licenses.allow("MIT")).isNotEqualTo(Licenses.allow("Apache-2.0"));
        assertThat(Licenses.allow("MIT").content()).isPresent();
    }

    @Test
    @DisplayName("bounds of numbers are shown, may be equal, and have at most a hundred digits")
    void numbers() {
        Optional<BigDecimal> seven = Optional.of(new BigDecimal("7.50"));
        assertThat(ValueCondition.between(seven, seven)).hasToString("at least 7.50 and at most 7.50");
        assertThat(ValueCondition.between(seven, Optional.empty())).hasToString("at least 7.50");
        assertThat(ValueCondition.between(Optional.empty(), seven)).hasToString("at most 7.50");
        assertThat(ValueCondition.between(Optional.of(new BigDecimal("9".repeat(100))), Optional.empty()))
                .isNotNull();
        assertThat(ValueCondition.between(Optional.of(new BigDecimal("1E-100")), Optional.empty()))
                .isNotNull();
        for (String digits : List.of("9".repeat(101), "1E-101", "1E+101")) {
            assertThatThrownBy(() -> ValueCondition.between(Optional.of(new BigDecimal(digits)), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a number with more than 100 digits");
        }
        Optional<BigDecimal> eight = Optional.of(new BigDecimal(8));
        assertThatThrownBy(() -> ValueCondition.between(eight, seven))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no number is at least 8 and at most 7.50");
    }

    @Test
    @DisplayName("a condition on a value is shown with its pointer")
    void where() {
        assertThat(new Where(new JsonPointer("/a/b"), ValueCondition.matches("x*")))
                .asString()
                .startsWith("where /a/b: ")
                .contains("x*");
        assertThat(ImageGlob.parse("{registry}/x")).hasToString("\"{registry}/x\"");
        assertThat(ImageGlob.parse("x".repeat(1_024))).isNotNull();
        String longer = "x".repeat(1_025);
        assertThatThrownBy(() -> ImageGlob.parse(longer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a glob of 1025 characters, expected at most 1024");
    }

    @Test
    @DisplayName("a scope has what it is made of, and is shown by the keys of policy files")
    void scope() {
        GlobSet globs = GlobSet.of("prod-*");
        PatternSet images = PatternSet.of(List.of(ImagePattern.parse("ghcr.io/**"), ImagePattern.parse("quay.io/x")));
        Criterion kind = Criterion.of(RequestProperty.KIND, GlobSet.of("Job.batch"));
        Criterion team = Criterion.label("team", GlobSet.of("pay"));
        Scope scope = Scope.EVERYTHING
                .withNamespaces(globs)
                .withExceptNamespaces(GlobSet.of("prod-x"))
                .withImages(images)
                .withExceptImages(PatternSet.of(List.of(ImagePattern.parse("quay.io/y"))))
                .with(kind)
                .without(team, kind);
        assertThat(scope.namespaces()).contains(globs);
        assertThat(scope.exceptNamespaces()).contains(GlobSet.of("prod-x"));
        assertThat(scope.images()).contains(images);
        assertThat(scope.exceptImages().orElseThrow().patterns()).containsExactly(ImagePattern.parse("quay.io/y"));
        assertThat(scope.criteria()).containsExactly(kind);
        assertThat(scope.exceptCriteria()).containsExactly(List.of(team, kind));
        assertThat(scope)
                .hasToString("images: ghcr.io/**, quay.io/x; exceptImages: quay.io/y; namespaces: prod-*;"
                        + " exceptNamespaces: prod-x; " + kind + "; except" + upper(team) + " and except"
                        + upper(kind));
        assertThat(Scope.EVERYTHING.exceptImages()).isEmpty();
        assertThat(Scope.EVERYTHING.exceptNamespaces()).isEmpty();
        assertThat(team.name()).isEqualTo("team");
        assertThat(kind.name()).isEmpty();
        assertValue(team, Criterion.label("team", GlobSet.of("pay")), Criterion.label("team", GlobSet.of("p")), kind);
    }

    private static String upper(Criterion criterion) {
        String text = criterion.toString();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @Test
    @DisplayName("a fault of an expression has its line and its column, in characters")
    void faults() {
        CelSyntaxException.Fault first = CelSyntaxException.Fault.at("a ==\n\ud83d\ude00 b", 0, "x");
        CelSyntaxException.Fault second = CelSyntaxException.Fault.at("a ==\n\ud83d\ude00 b", 8, "y");
        assertThat(first).isEqualTo(new CelSyntaxException.Fault(0, 1, 1, "x"));
        assertThat(second).isEqualTo(new CelSyntaxException.Fault(8, 2, 3, "y"));
        CelSyntaxException both = new CelSyntaxException(List.of(first, second));
        assertThat(both).hasMessage("line 1 column 1 of the expression: x; line 2 column 3 of the expression: y");
        assertThat(both.faults()).containsExactly(first, second);
    }

    @Test
    @DisplayName("a factory of a rule has its name")
    void factory() {
        RuleFactory factory =
                RuleFactory.of("io.example.Tagged", parameters -> Rules.not(image -> Finding.satisfied()));
        assertThat(factory.name()).isEqualTo("io.example.Tagged");
        assertThat(factory).hasToString("RuleFactory[name=io.example.Tagged]");
    }

    @Test
    @DisplayName("the digest of one of two satisfied rules counts, the first one's if both have one")
    void bothSatisfied() {
        Finding plain = Finding.satisfied();
        Finding one = Finding.verified(SignerSamples.digest("a"), Message.TEXT, "x");
        Finding other = Finding.verified(SignerSamples.digest("b"), Message.TEXT, "y");
        assertThat(Finding.bothSatisfied(plain, plain)).isSameAs(Finding.satisfied());
        assertThat(Finding.bothSatisfied(one, plain).verified()).contains(SignerSamples.digest("a"));
        assertThat(Finding.bothSatisfied(plain, other).verified()).contains(SignerSamples.digest("b"));
        assertThat(Finding.bothSatisfied(one, other).verified()).contains(SignerSamples.digest("a"));
    }
}
