package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Exemption;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Rules on patterns with {namespace}")
class NamespacePatternRulesTest {

    private static final PatternSet OWN =
            PatternSet.of("r.internal/{namespace}/**", "ghcr.io/acme/**", "127.0.0.1:5000/{namespace}/**");

    private static Candidate image(String text, String namespace) {
        ImageReview review = ImageReview.of(text).inNamespace(namespace);
        return Candidate.of(ImageReference.parse(text), review.images().get(0), review);
    }

    private static Outcome outcome(Rule rule, String text, String namespace) {
        return rule.check(image(text, namespace)).outcome();
    }

    @ParameterizedTest(name = "{0} in \"{1}\": allow {2}, deny {3}")
    @CsvSource({
        "r.internal/shop/api, shop, SATISFIED, VIOLATED",
        "r.internal/shop/api, pay, VIOLATED, SATISFIED",
        "r.internal/shop/api, '', UNDECIDABLE, UNDECIDABLE",
        "ghcr.io/acme/api, shop, SATISFIED, VIOLATED",
        "ghcr.io/acme/api, '', SATISFIED, VIOLATED",
        "quay.io/acme/api, '', VIOLATED, SATISFIED",
        "127.1:5000/shop/api, shop, UNDECIDABLE, UNDECIDABLE",
        "127.1:5000/shop/api, pay, VIOLATED, SATISFIED",
        "127.1:5000/shop/api, '', UNDECIDABLE, UNDECIDABLE",
    })
    @DisplayName("are undecidable if the namespace decides and is not told")
    void allowAndDeny(String text, String namespace, Outcome allow, Outcome deny) {
        assertThat(outcome(Rules.allow(OWN), text, namespace)).isEqualTo(allow);
        assertThat(outcome(Rules.deny(OWN), text, namespace)).isEqualTo(deny);
        if (allow == Outcome.UNDECIDABLE) {
            assertThat(outcome(Rules.not(Rules.allow(OWN)), text, namespace)).isEqualTo(Outcome.UNDECIDABLE);
            assertThat(outcome(Rules.not(Rules.deny(OWN)), text, namespace)).isEqualTo(Outcome.UNDECIDABLE);
            assertThat(Rules.allow(OWN).check(image(text, namespace)).message(Locale.ENGLISH))
                    .startsWith(
                            text.startsWith("127.1")
                                    ? "its registry \"127.1:5000\" may be read as 127.0.0.1:5000"
                                    : "the pattern that it may match depends on the namespace, and the review tells no valid one");
        }
    }

    @ParameterizedTest(name = "{0} in \"{1}\": {2}")
    @CsvSource({
        "r.internal/shop/api, shop, COVERED",
        "r.internal/shop/api, pay, NOT_COVERED",
        "r.internal/shop/api, '', UNKNOWN",
        "quay.io/shop/api, '', NOT_COVERED",
        "ghcr.io/acme/api, '', COVERED",
    })
    @DisplayName("apply to images of a scope, unless that is not told")
    void scopes(String text, String namespace, Coverage expected) {
        Candidate candidate = image(text, namespace);
        Scope scope = Scope.ofImages(OWN);
        assertThat(scope.coverage(candidate)).isEqualTo(expected);
        assertThat(scope.covers(candidate)).isEqualTo(expected != Coverage.NOT_COVERED);
        Scope others = Scope.EVERYTHING.withExceptImages(OWN);
        assertThat(others.coverage(candidate))
                .isEqualTo(
                        switch (expected) {
                            case COVERED -> Coverage.NOT_COVERED;
                            case NOT_COVERED -> Coverage.COVERED;
                            case UNKNOWN -> Coverage.UNKNOWN;
                        });
        if (expected == Coverage.UNKNOWN) {
            Rule within = Rules.within(scope, Rules.digestRequired());
            assertThat(outcome(within, text, namespace)).isEqualTo(Outcome.UNDECIDABLE);
            assertThat(outcome(Rules.within(others, Rules.digestRequired()), text, namespace))
                    .isEqualTo(Outcome.UNDECIDABLE);
        }
    }

    @Test
    @DisplayName("are relaxed by an exception only where the namespace is told")
    void exceptions() {
        Policy policy = Policy.builder("p")
                .rule("pinned", Rules.digestRequired())
                .exempt(Exemption.of(List.of("pinned"), "migration", LocalDate.MAX)
                        .withScope(Scope.ofImages(OWN)))
                .build();
        assertThat(policy.decide(ImageReview.of("r.internal/shop/api").inNamespace("shop"))
                        .allowed())
                .isTrue();
        for (String namespace : List.of("pay", "")) {
            assertThat(policy.decide(ImageReview.of("r.internal/shop/api").inNamespace(namespace))
                            .allowed())
                    .as(namespace)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("do not say which images get a digest")
    void pin() {
        assertThatThrownBy(() -> Mutation.rewriting(List.of()).withPin(OWN))
                .hasMessageStartingWith("pin: expected no {namespace} in a pattern");
    }
}
