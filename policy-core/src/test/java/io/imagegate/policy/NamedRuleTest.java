package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Scope;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A rule of a policy")
class NamedRuleTest {

    private static final Rule NO = image -> Finding.violation("no");
    private static final NamedRule RULE = NamedRule.of("r", NO);
    private static final LocalDate DAY = LocalDate.of(2027, 3, 1);
    private static final URI PAGE = URI.create("https://example.org/r");

    @Test
    @DisplayName("keeps its parts in every copy, and reports and violations have its details")
    void parts() {
        GlobSet dev = GlobSet.of("dev-*");
        Scope scope = Scope.ofImages(PatternSet.of("docker.io/**"));
        NamedRule full = RULE.withDescription("Say no.")
                .withSeverity(Severity.HIGH)
                .withLink(PAGE)
                .withConditionText("own: no")
                .withMessage("{image}: no")
                .withScope(scope)
                .withEnforcement(Enforcement.WARN)
                .withEnforcement(Enforcement.AUDIT, dev)
                .withDenyFrom(DAY)
                .withOnUnavailable(Enforcement.AUDIT);
        for (NamedRule rule : List.of(
                full,
                full.withDescription("Say no."),
                full.withSeverity(Severity.HIGH),
                full.withLink(PAGE),
                full.withConditionText("own: no"))) {
            assertThat(rule).hasToString("r");
            assertThat(rule.rule()).isSameAs(NO);
            assertThat(rule.description()).contains("Say no.");
            assertThat(rule.severity()).contains(Severity.HIGH);
            assertThat(rule.link()).contains(PAGE);
            assertThat(rule.conditionText()).contains("own: no");
            assertThat(rule.message()).contains("{image}: no");
            assertThat(rule.scope()).isSameAs(scope);
            assertThat(rule.enforcement()).isEqualTo(Enforcement.WARN);
            assertThat(rule.enforcementByNamespace()).isEqualTo(Map.of(Enforcement.AUDIT, dev));
            assertThat(rule.denyFrom()).contains(DAY);
            assertThat(rule.onUnavailable("prod", DAY)).isEqualTo(Enforcement.AUDIT);
        }
        assertThat(Policy.builder("p").rule(full).build().decide("nginx").violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.description()).contains("Say no.");
                    assertThat(violation.severity()).contains(Severity.HIGH);
                    assertThat(violation.link()).contains(PAGE);
                });
        assertThat(RULE.description()).isEmpty();
        assertThat(RULE.severity()).isEmpty();
        assertThat(RULE.link()).isEmpty();
        assertThat(RULE.conditionText()).isEmpty();
        assertThat(RULE.message()).isEmpty();
        assertThat(RULE.denyFrom()).isEmpty();
        assertThat(RULE.enforcementByNamespace()).isEmpty();
    }

    @Test
    @DisplayName("denies in unnamed namespaces from denyFrom on, and always unless something weakens it")
    void effects() {
        NamedRule later = RULE.withEnforcement(Enforcement.WARN).withDenyFrom(DAY);
        assertThat(later.enforcement(DAY.minusDays(1))).isEqualTo(Enforcement.WARN);
        assertThat(later.enforcement(DAY)).isEqualTo(Enforcement.DENY);
        assertThat(RULE.enforcement(DAY)).isEqualTo(Enforcement.DENY);
        GlobSet dev = GlobSet.of("dev");
        assertThat(RULE.alwaysDenies()).isTrue();
        assertThat(RULE.withEnforcement(Enforcement.DENY, dev).alwaysDenies()).isTrue();
        assertThat(RULE.withEnforcement(Enforcement.AUDIT, dev).alwaysDenies()).isFalse();
        assertThat(later.alwaysDenies()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Requirement.class)
    @DisplayName("has no name of a requirement, whose violations have a page")
    void requirements(Requirement requirement) {
        String code = requirement.code();
        assertThatThrownBy(() -> NamedRule.of(code, NO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "rule \"" + code + "\": this is the name of a built-in requirement, expected another, such as"
                                + " \"own-" + code + "\"");
        assertThat(NamedRule.of("own-" + code, NO).name()).isEqualTo("own-" + code);
        assertThat(requirement.page())
                .hasToString("https://github.com/imagegate/imagegate/blob/main/policy-core/REQUIREMENTS.md#" + code);
    }

    @Test
    @DisplayName("leaves an invalid image to its requirement")
    void requirementOfAnImage() {
        assertThat(Policy.builder("p")
                        .rule(RULE)
                        .build()
                        .decide(ImageReview.of("Nginx"))
                        .violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("invalid-reference");
                    assertThat(violation.link()).contains(Requirement.VALID_REFERENCE.page());
                    assertThat(violation.description()).isEmpty();
                    assertThat(violation.severity()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/r", "https:///r", "http:r", "example.org/r", "mailto:a@example.org"})
    @DisplayName("links to web pages only")
    void links(URI page) {
        assertThatThrownBy(() -> RULE.withLink(page))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("link \"" + page + "\": expected a URL that begins with https:// or http://");
        URI plain = URI.create("http://example.org/r");
        assertThat(RULE.withLink(plain).link()).contains(plain);
    }

    @Test
    @DisplayName("has texts that are neither blank nor too long")
    void texts() {
        assertThatThrownBy(() -> RULE.withDescription(" ")).hasMessage("a blank description, expected a sentence");
        assertThatThrownBy(() -> RULE.withConditionText(" "))
                .hasMessage("the text of a condition of 1 characters, expected 1 to 1000");
        String longest = "x".repeat(1_000);
        assertThat(RULE.withConditionText(longest).conditionText()).contains(longest);
        assertThatThrownBy(() -> RULE.withConditionText(longest + "x"))
                .hasMessage("the text of a condition of 1001 characters, expected 1 to 1000");
    }
}
