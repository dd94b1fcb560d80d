package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.predicate.PredicateValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A condition on a value")
class ValueConditionTest {

    private static final ValueCondition OURS =
            ValueCondition.matches("{registry}/{repository}", "{registry}/{repository}:*", "{registry}/{repository}@*");

    private static Finding check(ValueCondition condition, PredicateValue value) {
        return check(condition, value, "ghcr.io/acme/api:1.2");
    }

    private static Finding check(ValueCondition condition, PredicateValue value, String image) {
        ImageFacts facts = ImageFacts.at(SignerSamples.NOW).with(Need.DIGEST, Fact.known(SignerSamples.DIGEST));
        return condition.check(value, SignerSamples.candidate(image, facts));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "ghcr.io/acme/api, SATISFIED",
        "ghcr.io/acme/api:1.2, SATISFIED",
        "ghcr.io/acme/api@sha256:aa, SATISFIED",
        "ghcr.io/acme/api2, VIOLATED",
        "ghcr.io/acme/api/x, VIOLATED",
        "ghcr.io/acme/ap, VIOLATED",
        "evil.io/ghcr.io/acme/api, VIOLATED",
        "GHCR.IO/acme/api, VIOLATED",
    })
    @DisplayName("replaces placeholders with the parts of the image")
    void placeholders(String value, Outcome outcome) {
        assertThat(check(OURS, PredicateValue.text(value)).outcome()).isEqualTo(outcome);
    }

    @Test
    @DisplayName("knows the tag and the digest, and is undecidable where the image has no tag")
    void tagAndDigest() {
        PredicateValue value = PredicateValue.text("1.2");
        assertThat(check(ValueCondition.matches("{tag}"), value).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(ValueCondition.matches("{tag}"), PredicateValue.text("1x2")))
                .hasToString("VIOLATED: is \"1x2\"; expected \"1.2\"");
        String pinned = "ghcr.io/acme/api@" + SignerSamples.DIGEST;
        for (ValueCondition condition : List.of(ValueCondition.matches("x", "{tag}"), ValueCondition.has("{tag}"))) {
            assertThat(check(condition, value, pinned).outcome()).isEqualTo(Outcome.UNDECIDABLE);
        }
        assertThat(check(ValueCondition.matches("{tag}", "1.*"), value, pinned).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(ValueCondition.matches("{digest}"), PredicateValue.text(SignerSamples.DIGEST.toString()))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("compares text, numbers and booleans as JSON writes them, and nothing else")
    void kinds() {
        assertThat(check(ValueCondition.matches("true"), PredicateValue.flag(true))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(ValueCondition.matches("1.20"), PredicateValue.number("1.20"))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(ValueCondition.matches("*"), PredicateValue.other("an object")))
                .hasToString("VIOLATED: is an object; expected \"*\"");
        PredicateValue list = PredicateValue.list(List.of(PredicateValue.text("a")));
        assertThat(check(ValueCondition.matches("a"), list)).hasToString("VIOLATED: is [\"a\"]; expected \"a\"");
    }

    @Test
    @DisplayName("on a list wants an element")
    void elements() {
        ValueCondition level = ValueCondition.has("SLSA_BUILD_LEVEL_3");
        PredicateValue two = PredicateValue.text("SLSA_BUILD_LEVEL_2");
        PredicateValue three = PredicateValue.text("SLSA_BUILD_LEVEL_3");
        assertThat(check(level, PredicateValue.list(List.of(two, three))).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(level, PredicateValue.list(List.of(two))))
                .hasToString("VIOLATED: is [\"SLSA_BUILD_LEVEL_2\"]; expected a list with \"SLSA_BUILD_LEVEL_3\"");
        assertThat(check(level, three).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(level, PredicateValue.list(List.of())).outcome()).isEqualTo(Outcome.VIOLATED);
        PredicateValue nested = PredicateValue.list(List.of(PredicateValue.list(List.of(three))));
        assertThat(check(level, nested))
                .hasToString("VIOLATED: is [a list]; expected a list with \"SLSA_BUILD_LEVEL_3\"");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "7, SATISFIED",
        "7.00, SATISFIED",
        "10, SATISFIED",
        "1e1, SATISFIED",
        "6.999, VIOLATED",
        "10.001, VIOLATED",
        "1e2147483647, VIOLATED",
        "1e99999999999, VIOLATED",
        "-7, VIOLATED",
    })
    @DisplayName("on a number compares exactly")
    void numbers(String number, Outcome outcome) {
        ValueCondition range = ValueCondition.between(Optional.of(new BigDecimal("7")), Optional.of(BigDecimal.TEN));
        assertThat(check(range, PredicateValue.number(number)).outcome()).isEqualTo(outcome);
        assertThat(check(range, PredicateValue.text(number)).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-11-19T00:00:00Z, SATISFIED",
        "2026-11-18T23:59:59Z, VIOLATED",
        "2026-11-26T00:05:00Z, SATISFIED",
        "2026-11-26T00:05:01Z, VIOLATED",
        "2026-11-25, VIOLATED",
        "yesterday, VIOLATED",
    })
    @DisplayName("on a date compares it with the instant")
    void dates(String date, Outcome outcome) {
        ValueCondition week = ValueCondition.maxAge(Duration.ofDays(7));
        assertThat(check(week, PredicateValue.text(date)).outcome()).isEqualTo(outcome);
        assertThat(check(week, PredicateValue.number("1")).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("is undecidable for what is too large to keep")
    void large() {
        PredicateValue element = PredicateValue.text("a");
        for (PredicateValue value : List.of(
                PredicateValue.text("a".repeat(4_097)),
                PredicateValue.number("1".repeat(101)),
                PredicateValue.list(Collections.nCopies(1_001, element)),
                PredicateValue.list(List.of(element, PredicateValue.text("a".repeat(4_097)))),
                PredicateValue.list(Collections.nCopies(5, PredicateValue.text("a".repeat(4_000)))))) {
            assertThat(value.text().length() + value.elements().size()).isLessThan(100);
            for (ValueCondition condition : List.of(
                    ValueCondition.matches("*"),
                    ValueCondition.has("*"),
                    ValueCondition.between(Optional.of(BigDecimal.ONE), Optional.empty()))) {
                assertThat(check(condition, value).outcome()).isEqualTo(Outcome.UNDECIDABLE);
            }
        }
    }

    @Test
    @DisplayName("shows hostile text escaped and cut")
    void hostileText() {
        Finding finding = check(ValueCondition.matches("a"), PredicateValue.text("\u001b[31m\"\n" + "x".repeat(4_000)));
        assertThat(finding.toString()).doesNotContain("\u001b", "\n").hasSizeLessThan(200);
    }

    @Test
    @DisplayName("is refused if it can never hold, or has an unknown placeholder")
    void mistakes() {
        assertThatThrownBy(ValueCondition::matches).hasMessageContaining("at least one glob");
        assertThatThrownBy(() -> ValueCondition.matches("")).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> ValueCondition.has("{repositry}"))
                .hasMessage(
                        "unknown placeholder \"repositry\", expected one of digest, registry, repository, tag (did you"
                                + " mean repository?)");
        assertThatThrownBy(() -> ValueCondition.between(Optional.empty(), Optional.empty()))
                .hasMessageContaining("expected atLeast, atMost or both");
        assertThatThrownBy(() -> ValueCondition.between(Optional.of(BigDecimal.TEN), Optional.of(BigDecimal.ONE)))
                .hasMessage("no number is at least 10 and at most 1");
        assertThatThrownBy(() -> ValueCondition.between(Optional.of(new BigDecimal("1e999999999")), Optional.empty()))
                .hasMessageContaining("more than 100 digits");
        assertThatThrownBy(() -> ValueCondition.maxAge(Duration.ZERO)).hasMessageContaining("positive duration");
    }
}
