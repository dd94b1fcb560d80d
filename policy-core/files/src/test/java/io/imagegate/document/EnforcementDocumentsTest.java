package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.reference.GlobSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("enforce, denyFrom and expiryWarning of policy files")
class EnforcementDocumentsTest {

    private static NamedRule rule(String lines) {
        return PolicySamples.documents()
                .read("p.yaml", PolicySamples.rule("digest: {required: true}\n" + lines))
                .policies()
                .get(0)
                .rules()
                .get(0);
    }

    @Test
    @DisplayName("are read")
    void read() {
        NamedRule rule =
                rule("enforce: {default: warn, audit: [\"dev-*\", lab], deny: [prod]}\ndenyFrom: 2027-03-01\n");
        assertThat(rule.enforcement()).isEqualTo(Enforcement.WARN);
        assertThat(rule.enforcementByNamespace())
                .isEqualTo(Map.of(Enforcement.AUDIT, GlobSet.of("dev-*", "lab"), Enforcement.DENY, GlobSet.of("prod")));
        assertThat(rule.denyFrom()).hasValue(LocalDate.of(2027, 3, 1));
        assertThat(rule("enforce: {warn: [dev]}\n").enforcement()).isEqualTo(Enforcement.DENY);
        Policy policy = PolicySamples.documents()
                .read("p.yaml", PolicySamples.policy("expiryWarning: 14d\nrules: [{name: r, tag: {required: true}}]\n"))
                .policies()
                .get(0);
        assertThat(policy.expiryWarning()).hasValue(Duration.ofDays(14));
        assertThat(Policy.byDefault().expiryWarning()).isEmpty();
    }

    @Test
    @DisplayName("make one set of policies that depends on the day although it has no exception")
    void dependsOnTheDay() {
        String text = PolicySamples.rule("digest: {required: true}\nenforce: audit\ndenyFrom: 2027-03-01");
        for (String now : new String[] {"2027-02-28T12:00:00Z", "2027-03-01T12:00:00Z"}) {
            Decision decision = PolicySamples.documents()
                    .withClock(InstantSource.fixed(Instant.parse(now)))
                    .read("p.yaml", text)
                    .decide("nginx");
            assertThat(decision.allowed()).isEqualTo(now.startsWith("2027-02"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "enforce: {} # 7:16: spec.rules[0].enforce: empty, expected at least one of default, deny, warn, audit",
                "enforce: {defualt: warn} # 7:17: spec.rules[0].enforce: unknown key \"defualt\", expected one of default, deny, warn, audit (did you mean default?)",
                "enforce: {default: warning} # 7:26: spec.rules[0].enforce.default: \"warning\", expected one of deny, warn, audit (did you mean warn?)",
                "enforce: {warn: dev} # 7:23: spec.rules[0].enforce.warn: the text \"dev\", expected a list, such as [a, b]",
                "enforce: [warn] # 7:16: spec.rules[0].enforce: a list, expected text",
                "enforce: {warn: [Dev]} # 7:24: spec.rules[0].enforce.warn[0]: namespace \"Dev\" can never match: a namespace has only lower-case letters, digits and '-' and the wildcards '*' and '?' (did you mean \"dev\"?)",
                "enforce: {audit: [dev-a], warn: [\"dev-*\"]} # 7:24: spec.rules[0].enforce.audit: every namespace is also in warn, which is stricter and holds, so this never applies; expected other namespaces",
                "denyFrom: 2027-03-01 # 7:17: spec.rules[0].denyFrom: changes nothing, because the rule denies already, expected enforce: warn or audit beside it",
                "enforce: deny, denyFrom: 2027-03-01 # 8:17: spec.rules[0].denyFrom: changes nothing, because the rule denies already, expected enforce: warn or audit beside it",
                "enforce: {deny: [a]}, denyFrom: 2027-03-01 # 8:17: spec.rules[0].denyFrom: changes nothing, because the rule denies already, expected enforce: warn or audit beside it",
                "enforce: warn, denyFrom: 2027-02-30 # 8:17: spec.rules[0].denyFrom: the text \"2027-02-30\", expected a date such as 2027-01-31",
                "enforce: wran, denyFrom: 2027-03-01 # 7:16: spec.rules[0].enforce: \"wran\", expected one of deny, warn, audit (did you mean warn?)",
            })
    @DisplayName("are refused with their mistakes")
    void mistakes(String lines, String expected) {
        String body = lines.replace(", denyFrom", "\ndenyFrom") + "\ndigest: {required: true}";
        assertThat(PolicySamples.problems(PolicySamples.rule(body))).isEqualTo("p.yaml:" + expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"24h", "0d", "1000d", "14", "d", "two weeks"})
    @DisplayName("are whole days ahead of an expiry")
    void days(String text) {
        assertThat(PolicySamples.problems(PolicySamples.policy(
                        "expiryWarning: " + text + "\nrules: [{name: r, tag: {required: true}}]\n")))
                .contains("spec.expiryWarning: ")
                .contains("expected");
    }
}
