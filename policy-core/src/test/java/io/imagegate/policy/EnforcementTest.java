package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a violation does")
class EnforcementTest {

    private static final LocalDate DAY = LocalDate.of(2027, 3, 1);
    private static final NamedRule PINNED = NamedRule.of("pinned", Rules.digestRequired());

    private static Decision decide(NamedRule rule, String now, String namespace) {
        return decide(Policy.builder("p").rule(rule), now, namespace, "nginx");
    }

    private static Decision decide(PolicyBuilder policy, String now, String namespace, String... images) {
        return PolicySet.of(List.of(policy.build()), InstantSource.fixed(Instant.parse(now)))
                .decide(ImageReview.of(images).inNamespace(namespace));
    }

    @ParameterizedTest(name = "in \"{0}\": {1}")
    @CsvSource({
        "prod, DENY",
        "dev-a, WARN",
        "lab, AUDIT",
        "dev-lab, WARN",
        "dev-secure, DENY",
        "de, DENY",
        "'', DENY",
    })
    @DisplayName("is the strictest that is written for its namespace")
    void byNamespace(String namespace, Enforcement expected) {
        NamedRule rule = PINNED.withEnforcement(Enforcement.AUDIT, GlobSet.of("lab", "*-lab"))
                .withEnforcement(Enforcement.WARN, GlobSet.of("dev-*"))
                .withEnforcement(Enforcement.DENY, GlobSet.of("dev-secure"));
        assertThat(rule.enforcement(namespace, DAY)).isEqualTo(expected);
        assertThat(decide(rule, "2026-11-24T12:00:00Z", namespace).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.enforcement()).isEqualTo(expected));
    }

    @ParameterizedTest(name = "default {0} with {1} in some: {2}")
    @CsvSource({"WARN, AUDIT, WARN", "AUDIT, WARN, WARN", "AUDIT, AUDIT, AUDIT", "WARN, DENY, DENY"})
    @DisplayName("is the strictest of the rule if the namespace is not told")
    void namespaceNotTold(Enforcement otherwise, Enforcement some, Enforcement expected) {
        NamedRule rule = PINNED.withEnforcement(otherwise).withEnforcement(some, GlobSet.of("a"));
        assertThat(rule.enforcement("", DAY)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({"2027-02-28T23:59:59.999Z, true", "2027-03-01T00:00:00Z, false", "2028-01-01T00:00:00Z, false"})
    @DisplayName("is a denial from the day of denyFrom on, in UTC, which the warning says before")
    void denyFrom(String now, boolean allowed) {
        for (Enforcement effect : List.of(Enforcement.WARN, Enforcement.AUDIT)) {
            Decision decision = decide(PINNED.withEnforcement(effect).withDenyFrom(DAY), now, "prod");
            assertThat(decision.allowed()).isEqualTo(allowed);
            assertThat(decision.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.enforcement()).isEqualTo(allowed ? effect : Enforcement.DENY);
                assertThat(violation.denyFrom().isPresent()).isEqualTo(allowed);
                assertThat(violation.message().startsWith("denied from 2027-03-01 on: image \"nginx\""))
                        .isEqualTo(allowed);
                assertThat(violation.explanation().startsWith("denied from 2027-03-01 on: it "))
                        .isEqualTo(allowed);
            });
        }
    }

    @Test
    @DisplayName("stands once before the warning about several images, also about a rule's own message")
    void denyFromInWarnings() {
        NamedRule rule = PINNED.withEnforcement(Enforcement.WARN).withDenyFrom(DAY);
        String now = "2026-11-24T12:00:00Z";
        assertThat(decide(Policy.builder("p").rule(rule), now, "a", "nginx", "redis")
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("denied from 2027-03-01 on: images \"nginx\" (containers[0]), \"redis\"")
                .satisfies(warning -> assertThat(warning.split("2027", -1)).hasSize(2));
        NamedRule own = rule.withMessage("{image}: pin it");
        assertThat(decide(Policy.builder("p").rule(own), now, "a", "nginx", "redis")
                        .warnings())
                .containsExactly("denied from 2027-03-01 on: nginx: pin it, redis: pin it");
    }

    @Test
    @DisplayName("by denyFrom is refused where the rule denies already")
    void denyFromOfADenial() {
        assertThatThrownBy(() -> Policy.builder("p").rule(PINNED.withDenyFrom(DAY)))
                .hasMessage("rule \"pinned\": denyFrom changes nothing, because the rule denies already;"
                        + " expected warn or audit before");
        assertThatThrownBy(() -> Policy.builder("p")
                        .rule(PINNED.withEnforcement(Enforcement.DENY, GlobSet.of("a"))
                                .withDenyFrom(DAY)))
                .isInstanceOf(IllegalArgumentException.class);
        Policy.builder("p")
                .rule(PINNED.withEnforcement(Enforcement.WARN, GlobSet.of("a")).withDenyFrom(DAY));
    }

    @Test
    @DisplayName("while a registry is down is never stricter than otherwise in the namespace on that day")
    void onUnavailable() {
        NamedRule rule = NamedRule.of("r", image -> Finding.unavailable("it is down"))
                .withEnforcement(Enforcement.WARN, GlobSet.of("dev"))
                .withDenyFrom(DAY);
        String before = "2026-11-24T12:00:00Z";
        String after = "2027-03-01T00:00:00Z";
        assertThat(decide(rule, before, "dev").allowed()).isTrue();
        assertThat(decide(rule, after, "dev").allowed()).isFalse();
        NamedRule patient = rule.withOnUnavailable(Enforcement.WARN);
        assertThat(decide(patient, before, "prod").allowed()).isTrue();
        assertThat(decide(patient, after, "dev").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.outcome()).isEqualTo(ViolationOutcome.WARNED);
            assertThat(violation.denyFrom()).isEmpty();
        });
        assertThat(decide(patient, before, "dev").violations().get(0).denyFrom())
                .isEmpty();
        NamedRule strict = rule.withOnUnavailable(Enforcement.DENY);
        assertThat(decide(strict, before, "dev").allowed()).isTrue();
        assertThat(strict.onUnavailable("dev", DAY)).isEqualTo(Enforcement.DENY);
    }

    @ParameterizedTest(name = "{0} in \"{1}\", unavailable: {2}, which does {3}: {4}")
    @CsvSource({
        "DENY, test, false, , false",
        "WARN, test, false, , true",
        "AUDIT, test, false, , true",
        "WARN, exempt, false, , false",
        "WARN, prod, false, , false",
        "WARN, test, true, , true",
        "WARN, test, true, DENY, true",
        "WARN, test, true, AUDIT, false",
        "DENY, test, true, WARN, false",
        "WARN, test, false, AUDIT, true",
    })
    @DisplayName("would be a denial if the rule denied and nothing excused it")
    void wouldDeny(
            Enforcement effect,
            String namespace,
            boolean unavailable,
            @Nullable Enforcement onUnavailable,
            boolean expected) {
        NamedRule rule = NamedRule.of(
                        "r", image -> unavailable ? Finding.unavailable("it is down") : Finding.violation("no"))
                .withEnforcement(effect);
        Policy policy = Policy.builder("p")
                .rule(onUnavailable == null ? rule : rule.withOnUnavailable(onUnavailable))
                .exempt(Exemption.of(List.of("r"), "migration", LocalDate.MAX)
                        .withScope(Scope.ofNamespaces(GlobSet.of("exempt"))))
                .breakGlass(BreakGlass.of("example.org/break", "INC-*", GlobSet.of("prod")))
                .build();
        assertThat(policy.decide(ImageReview.of("nginx").inNamespace(namespace).toBuilder()
                                .annotations(Map.of("example.org/break", "INC-1"))
                                .build())
                        .violations())
                .singleElement()
                .extracting(Violation::wouldDeny)
                .isEqualTo(expected);
    }

    private static PolicyBuilder exempted(Enforcement enforcement, LocalDate... expiries) {
        PolicyBuilder policy =
                Policy.builder("p").rule(PINNED.withEnforcement(enforcement)).expiryWarning(Duration.ofDays(14));
        for (LocalDate expires : expiries) {
            policy.exempt(Exemption.of(List.of("pinned"), "until " + expires, expires)
                    .withScope(Scope.ofImages(PatternSet.of("nginx", "redis"))));
        }
        return policy;
    }

    @ParameterizedTest(name = "on {0}: {1}")
    @CsvSource({"2027-01-16, false", "2027-01-17, true", "2027-01-31, true"})
    @DisplayName("is allowed by an exception, which warns its users before it expires")
    void expiryWarning(String day, boolean warns) {
        Decision decision = decide(
                exempted(Enforcement.DENY, LocalDate.of(2027, 1, 31)), day + "T12:00:00Z", "a", "nginx", "redis");
        assertThat(decision.allowed()).isTrue();
        if (warns) {
            assertThat(decision.warnings())
                    .containsExactly("an exception from rule \"pinned\" expires on 2027-01-31: \"until 2027-01-31\"");
        } else {
            assertThat(decision.warnings()).isEmpty();
        }
    }

    @Test
    @DisplayName("needs no warning where a later exception covers it, or where the rule only audits")
    void noExpiryWarning() {
        LocalDate soon = LocalDate.of(2027, 1, 31);
        String now = "2027-01-30T12:00:00Z";
        assertThat(decide(exempted(Enforcement.DENY, soon, LocalDate.of(2027, 9, 1)), now, "a", "nginx")
                        .warnings())
                .isEmpty();
        assertThat(decide(exempted(Enforcement.DENY, soon, LocalDate.of(2027, 2, 3)), now, "a", "nginx")
                        .warnings())
                .containsExactly("an exception from rule \"pinned\" expires on 2027-02-03: \"until 2027-02-03\"");
        assertThat(decide(exempted(Enforcement.AUDIT, soon), now, "a", "nginx").warnings())
                .isEmpty();
        assertThat(decide(exempted(Enforcement.WARN, soon), now, "a", "nginx").warnings())
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PT0S", "PT-24H", "PT12H", "PT36H", "P1000D"})
    @DisplayName("is warned of whole days ahead")
    void wholeDays(Duration before) {
        assertThatThrownBy(() -> Policy.builder("p").expiryWarning(before))
                .hasMessage("expiryWarning: expected 1 to 999 whole days, such as 14d");
    }
}
