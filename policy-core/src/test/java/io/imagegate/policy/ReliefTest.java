package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions and break-glass: when they help and, beside it, when they do not. */
class ReliefTest {

    private static final String KEY = "ticket.image-policy.k8s.io/break-glass";
    private static final Policy POLICY = Policy.builder("p")
            .rule("fixed-tag", Rules.fixedTag())
            .rule("pinned", Rules.digestRequired())
            .exempt(Exemption.of(List.of("fixed-tag", "pinned"), "migration", LocalDate.of(2027, 1, 31))
                    .withScope(Scope.ofImages(PatternSet.of("nginx", "ghcr.io/acme/tools/*"))
                            .withNamespaces(GlobSet.of("dev"))))
            .breakGlass(BreakGlass.of(KEY, "INC-*", GlobSet.of("prod-*")))
            .build();

    private static Decision decide(String now, String namespace, Map<String, String> annotations) {
        ImageReview images = ImageReview.of("nginx").inNamespace(namespace);
        return PolicySet.of(List.of(POLICY), InstantSource.fixed(Instant.parse(now)))
                .decide(ImageReview.builder()
                        .images(images.images())
                        .namespace(namespace)
                        .annotations(annotations)
                        .build());
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "2026-11-24T12:00:00Z, dev, true",
        "2027-01-31T23:59:59Z, dev, true",
        "2027-02-01T00:00:00Z, dev, false",
        "2026-11-24T12:00:00Z, dev2, false",
    })
    void anExceptionHoldsInItsNamespacesUntilItExpires(String now, String namespace, boolean allowed) {
        Decision decision = decide(now, namespace, Map.of());
        assertThat(decision.allowed()).isEqualTo(allowed);
        assertThat(decision.auditAnnotations().containsKey("exempted")).isEqualTo(allowed);
        if (allowed) {
            assertThat(decision.auditAnnotations().get("exempted"))
                    .startsWith("migration (2027-01-31): image \"nginx\"");
        }
    }

    @Test
    void anExpiredExceptionStandsInTheDenialOfWhatItCovered() {
        Decision decision = decide("2027-02-01T00:00:00Z", "dev", Map.of());
        assertThat(decision.reason())
                .endsWith("; an exception from rule \"fixed-tag\" expired on 2027-01-31: \"migration\""
                        + "; an exception from rule \"pinned\" expired on 2027-01-31: \"migration\"");
        assertThat(decision.violations())
                .allMatch(
                        violation -> violation.expired().orElseThrow().expires().equals(LocalDate.of(2027, 1, 31)));
        assertThat(decide("2027-01-31T23:59:59Z", "dev", Map.of()).violations())
                .allMatch(violation -> violation.expired().isEmpty());
        assertThat(decide("2027-02-01T00:00:00Z", "dev2", Map.of()).reason()).doesNotContain("expired");
    }

    @Test
    void ofSeveralExpiredExceptionsTheLastIsNamed() {
        PolicyBuilder builder = Policy.builder("p").rule("fixed-tag", Rules.fixedTag());
        for (String day : List.of("2026-01-01", "2026-03-01", "2026-02-01")) {
            builder.exempt(Exemption.of(List.of("fixed-tag"), "until " + day, LocalDate.parse(day)));
        }
        PolicySet policies =
                PolicySet.of(List.of(builder.build()), InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")));
        assertThat(policies.decide("nginx").reason())
                .contains("expired on 2026-03-01: \"until 2026-03-01\"")
                .doesNotContain("2026-01-01", "2026-02-01");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "ghcr.io/acme/tools/lint, true",
        "docker.io/library/nginx, true",
        "ghcr.io/acme/tools/lint/extra, false",
        "ghcr.io/acme/tools-evil/lint, false",
        "evil.example/ghcr.io/acme/tools/lint, false",
        "acme/nginx, false",
    })
    void anExceptionHoldsForItsImagesAlone(String image, boolean allowed) {
        assertThat(PolicySet.of(List.of(POLICY), InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")))
                        .decide(ImageReview.of(image).inNamespace("dev"))
                        .allowed())
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{1}={2} in {0}: {3}")
    @CsvSource({
        "prod-eu, ticket.image-policy.k8s.io/break-glass, INC-7, true",
        "prod-eu, ticket.image-policy.k8s.io/break-glass, '', false",
        "prod-eu, ticket.image-policy.k8s.io/break-glass, true, false",
        "prod-eu, ticket.image-policy.k8s.io/break-glass, XINC-7, false",
        "prod-eu, ticket.image-policy.k8s.io/other, INC-7, false",
        "prod-eu, alpha.image-policy.k8s.io/failed-open, INC-7, false",
        "prod-eu, alpha.image-policy.k8s.io/failed-open, true, false",
        "prod, ticket.image-policy.k8s.io/break-glass, INC-7, false",
        "dev2, ticket.image-policy.k8s.io/break-glass, INC-7, false",
    })
    void theGlassBreaksByAMatchingValueInANamedNamespace(String namespace, String key, String value, boolean allowed) {
        Decision decision = decide("2026-11-24T12:00:00Z", namespace, Map.of(key, value));
        assertThat(decision.allowed()).isEqualTo(allowed);
        assertThat(decision.auditAnnotations().containsKey("broke-glass")).isEqualTo(allowed);
        assertThat(decision.violations()).hasSize(2);
    }

    @Test
    void theGlassIsClosedInANamespaceThatIsNotTold() {
        Policy policy = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of(KEY, "INC-*", GlobSet.of("*")))
                .build();
        ImageReview review = ImageReview.of("nginx").toBuilder()
                .annotations(Map.of(KEY, "INC-7"))
                .build();
        assertThat(policy.decide(review).allowed()).isFalse();
        assertThat(policy.decide(review.inNamespace("any")).allowed()).isTrue();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "DENY, test, DENIED, denied",
        "WARN, test, WARNED, warned",
        "AUDIT, test, AUDITED, audited",
        "DENY, dev, EXEMPTED, exempted",
        "WARN, dev, EXEMPTED, exempted",
        "DENY, prod-eu, BROKE_GLASS, broke-glass",
        "WARN, prod-eu, WARNED, warned",
        "AUDIT, prod-eu, AUDITED, audited",
        "DENY, both, EXEMPTED, exempted",
    })
    void aViolationHasOneOutcome(Enforcement does, String namespace, ViolationOutcome outcome, String label) {
        Policy policy = Policy.builder("p")
                .rule(NamedRule.of("fixed-tag", Rules.fixedTag()).withEnforcement(does))
                .exempt(Exemption.of(List.of("fixed-tag"), "migration", LocalDate.MAX)
                        .withScope(Scope.ofNamespaces(GlobSet.of("dev", "both"))))
                .breakGlass(BreakGlass.of(KEY, "INC-*", GlobSet.of("prod-*", "both")))
                .build();
        ImageReview images = ImageReview.of("nginx").inNamespace(namespace);
        Decision decision = policy.decide(ImageReview.builder()
                .images(images.images())
                .namespace(namespace)
                .annotations(Map.of(KEY, "INC-7"))
                .build());
        assertThat(decision.violations()).extracting(Violation::outcome).containsExactly(outcome);
        assertThat(outcome.label()).isEqualTo(label);
        assertThat(decision.allowed()).isEqualTo(outcome != ViolationOutcome.DENIED);
        assertThat(decision.auditAnnotations().containsKey(label)).isEqualTo(decision.allowed());
    }

    @Test
    void theValueThatBrokeTheGlassIsShownEscaped() {
        assertThat(decide("2026-11-24T12:00:00Z", "prod-eu", Map.of(KEY, "INC-7\n\u202e"))
                        .auditAnnotations()
                        .get("broke-glass"))
                .startsWith("INC-7\\n\\u202e: image \"nginx\"");
    }

    @Test
    void whoBreaksTheGlassIsWarned() {
        assertThat(decide("2026-11-24T12:00:00Z", "prod-eu", Map.of(KEY, "INC-7"))
                        .warnings())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("allowed by break-glass: image \"nginx\" (containers[0]) violates rule \"fixed-tag\": ");
        assertThat(decide("2026-11-24T12:00:00Z", "prod-eu", Map.of()).warnings())
                .isEmpty();
        assertThat(decide("2026-11-24T12:00:00Z", "dev", Map.of(KEY, "INC-7")).warnings())
                .isEmpty();
    }

    @Test
    void noWarningSaysAllowedIfAnotherPolicyDenies() {
        Policy broken = Policy.builder("broken")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of(KEY, "INC-*", GlobSet.of("prod")))
                .build();
        Policy denies =
                Policy.builder("denies").rule("fixed-tag", Rules.fixedTag()).build();
        ImageReview review = ImageReview.of("nginx").inNamespace("prod").toBuilder()
                .annotations(Map.of(KEY, "INC-7"))
                .build();
        Decision decision = PolicySet.of(broken, denies).decide(review);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "denied, although break-glass covers a violation: image \"nginx\" (containers[0]) violates ");
        assertThat(PolicySet.of(broken).decide(review).warnings())
                .singleElement()
                .asString()
                .startsWith("allowed by break-glass: image \"nginx\"");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({"sword-*, sword-fish, true", "sword-????, sword-fish, true", "sword-fish, sword-fish, false"})
    void aValueWithoutAWildcardIsAPasswordThatAppearsNowhere(String glob, String value, boolean shown) {
        Policy policy = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of(KEY, glob, GlobSet.of("prod")))
                .build();
        for (String missing : List.of("object", "template")) {
            ImageReview review = ImageReview.of("nginx").inNamespace("prod").toBuilder()
                    .annotations(missing.equals("object") ? Map.of() : Map.of(KEY, value))
                    .templates(Map.of("spec.template", missing.equals("template") ? Map.of() : Map.of(KEY, value)))
                    .build();
            Decision decision = policy.decide(review);
            Violation violation = decision.violations().get(0);
            assertThat(decision.allowed()).isEqualTo(missing.equals("template"));
            assertThat(violation.breakGlass())
                    .isEqualTo(Optional.of(value).filter(ticket -> shown && decision.allowed()));
            String said =
                    decision + " " + decision.warnings() + decision.auditAnnotations() + violation.breakGlassHint();
            assertThat(said).contains("is missing in ", "add \"" + KEY + "\" with ");
            assertThat(said.contains("sword")).isEqualTo(shown);
        }
        assertThat(policy.breakGlass().orElseThrow().shownValue())
                .isEqualTo(Optional.of(glob).filter(any -> shown));
    }

    @Test
    void aBrokenGlassDoesNotHelpWhatCannotBeRead() {
        Map<String, String> broken = Map.of(KEY, "INC-7");
        for (String image : List.of("bad image:@@", "foo_bar.com/baz:1")) {
            ImageReview review = ImageReview.builder()
                    .images(ImageReview.of(image).images())
                    .namespace("prod-eu")
                    .annotations(broken)
                    .build();
            assertThat(POLICY.decide(review).allowed()).isFalse();
        }
        assertThat(POLICY.decide(ImageReview.builder()
                                .images(List.of())
                                .namespace("prod-eu")
                                .annotations(broken)
                                .build())
                        .allowed())
                .isFalse();
    }

    @Test
    void withoutExceptionsTheDayIsNotAsked() {
        InstantSource broken = () -> {
            throw new IllegalStateException("no clock here");
        };
        Policy plain = Policy.builder("p").rule("fixed-tag", Rules.fixedTag()).build();
        ImageReview review = ImageReview.of("nginx:1").inNamespace("dev");
        assertThat(PolicySet.of(List.of(plain), broken).decide(review).allowed())
                .isTrue();
        assertThatThrownBy(() -> PolicySet.of(List.of(plain, POLICY), broken).decide(review))
                .hasMessage("no clock here");
    }

    @Test
    void keysOfAuditAnnotationsAreFitForTheApiServer() {
        assertThat(decide("2026-11-24T12:00:00Z", "dev", Map.of())
                        .auditAnnotations()
                        .keySet())
                .allMatch(key -> key.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"));
    }

    @Test
    void presenceAloneCannotBeConfigured() {
        GlobSet everywhere = GlobSet.of("*");
        assertThatThrownBy(() -> BreakGlass.of(KEY, "*", everywhere))
                .hasMessageContaining("an empty value does not match");
        assertThatThrownBy(() -> BreakGlass.of("alpha.image-policy.k8s.io/failed-open", "true", everywhere))
                .hasMessageContaining("only users write");
    }

    @Test
    void anExceptionMustNameRulesOfThePolicyAndAReason() {
        LocalDate day = LocalDate.of(2027, 1, 31);
        assertThatThrownBy(() -> Exemption.of(List.of(), "why", day)).hasMessageContaining("rules");
        assertThatThrownBy(() -> Exemption.of(List.of("r"), " ", day)).hasMessageContaining("reason");
        PolicyBuilder builder = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .exempt(Exemption.of(List.of("fixed-tags"), "why", day));
        assertThatThrownBy(builder::build)
                .hasMessage("exception: there is no rule \"fixed-tags\" in the policy, expected one of fixed-tag");
    }
}
