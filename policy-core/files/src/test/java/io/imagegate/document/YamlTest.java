package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YAML and JSON do to those who do not expect it. */
class YamlTest {

    private static boolean allows(String rule, String image) {
        PolicySet policies = PolicySamples.documents().read("p.yaml", PolicySamples.rule(rule));
        return policies.decide(ImageReview.of(image).inNamespace("default")).allowed();
    }

    @ParameterizedTest(name = "{0} allows {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tag: {allow: [1.20]}   | nginx:1.20   | true",
                "tag: {allow: [1.20]}   | nginx:1.2    | false",
                "tag: {allow: [1_000]}  | nginx:1_000  | true",
                "tag: {allow: [0x1F]}   | nginx:0x1F   | true",
                "tag: {allow: [0x1F]}   | nginx:31     | false",
                "tag: {allow: [1e3]}    | nginx:1e3    | true",
                "tag: {allow: [on]}     | nginx:on     | true",
                "tag: {allow: [2026-11-24]} | nginx:2026-11-24 | true",
                "tag: {semver: 1.20}    | nginx:1.20.3 | true",
                "tag: {semver: 1.20}    | nginx:1.2.3  | false",
                "tag: {allow: ['*']}    | nginx:x      | true",
            })
    void aTagIsWhatIsWritten(String rule, String image, boolean allowed) {
        assertThat(allows(rule, image)).isEqualTo(allowed);
    }

    @Test
    void jsonIsReadWithTabsAndEscapes() {
        String json =
                "\ufeff{\r\n\t\"apiVersion\":\t\"imagegate.io/v1alpha1\",\"kind\":\"ImagePolicy\",\n\t\"metadata\":{\"name\":\"p\"},"
                        + "\"spec\":{\"rules\":[{\"name\":\"r\",\"tag\":{\"required\":true},\"message\":\"a\\/b \\u4e2d\\n\\ud83d\\ude00\"}]}\n}\n";
        PolicySet policies = new PolicyDocuments().read("p.json", json);
        assertThat(policies.decide(ImageReview.of("nginx").inNamespace("default"))
                        .reason())
                .isEqualTo("a/b 中\n😀");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"a\": 1, \"a\": 2} # 1:10: duplicate key \"a\", already defined in line 1, expected each key once",
                "a: {b: c # 1:9: not YAML or JSON: while parsing a flow mapping, expected ',' or '}', but got <stream end>",
                "a: \"\\UFFFFFFFF\" # 1:7: not YAML or JSON: expected hexadecimal digits of a character after a backslash",
                "a: \"\\u # 1:7: not YAML or JSON: expected hexadecimal digits of a character after a backslash",
                "!!binary aGVsbG8= # 1:1: the value aGVsbG8=, expected a mapping with apiVersion, kind, metadata and spec",
                "!x {a: b} # 1:1: a mapping of the type !x, expected a mapping with apiVersion, kind, metadata and spec",
                "{1: a} # 1:2: a key that is not text, expected text",
                "{{ .Values.x }}: b # 1:1: a mapping as a key, expected text; a template must be rendered first",
            })
    void whatIsNotADocumentIsRefused(String text, String problem) {
        assertThat(PolicySamples.problems(text).lines()).contains("p.yaml:" + problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "a: *b # 1:4: the alias *b has no value that ends before it",
                "&a [*a] # 1:5: the alias *a is inside its own value",
                "&\u202ea [*\u202ea] # 1:6: the alias *\\u202ea is inside its own value",
                "a: *\u202eb # 1:4: the alias *\\u202eb has no value that ends before it",
            })
    void anAliasOfNothingIsRefused(String text, String problem) {
        assertThat(PolicySamples.problems(text)).isEqualTo("p.yaml:" + problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "rules: {{ .Values.x }} # 5:10: spec.rules: a mapping, expected a list, such as [a, b]",
                "sets: {{ .Values.x }} # 5:10: spec.sets: a mapping as a key, expected text; a template must be rendered first",
                "sets: {a: [nginx], {b: c}: [nginx]} # 5:22: spec.sets: a mapping as a key, expected text; a template must be rendered first",
                "sets: {? [a] : [nginx]} # 5:12: spec.sets: a list as a key, expected text",
                "rules: [{name: {{ .Values.x }}, allow: [nginx]}] # 5:18: spec.rules[0].name: a mapping, expected text",
            })
    void aTemplateIsRefusedWhereItStands(String spec, String problem) {
        assertThat(PolicySamples.problems(PolicySamples.policy(spec)).lines()).contains("p.yaml:" + problem);
    }

    @Test
    void theCommonMistakeOfTabsIsToldAsItWasMeant() {
        assertThat(PolicySamples.problems("a:\n\t- b"))
                .isEqualTo(
                        "p.yaml:2:1: not YAML or JSON: while scanning for the next token, found character '\\t(TAB)' "
                                + "that cannot start any token. (Do not use \\t(TAB) for indentation)");
    }

    @Test
    void forbiddenCharactersAreNamed() {
        assertThat(PolicySamples.problems("a: \u0007"))
                .isEqualTo("p.yaml:1:4: not YAML or JSON: the character U+0007 must be escaped");
        assertThat(PolicySamples.problems("# 😀\r\n\n" + "#".repeat(5_000) + "\rb: \"😀\u0000\""))
                .isEqualTo("p.yaml:4:6: not YAML or JSON: the character U+0000 must be escaped");
        assertThat(PolicySamples.problems("a:\n  - \uD800")).startsWith("p.yaml:2:");
    }

    @Test
    void anotherVersionOfYamlIsRefusedWhereItIsWritten() {
        assertThat(PolicySamples.problems("# a\n%YAML 3.0\n---\na: b"))
                .matches("p\\.yaml:[23]:\\d+: not YAML or JSON: expected the version of YAML 1\\.2");
    }

    @Test
    void anAliasStandsForWhatItNames() {
        PolicySet policies = PolicySamples.documents()
                .read(
                        "p.yaml",
                        PolicySamples.policy(
                                "rules: [{name: a, allow: &x [nginx, redis]}, {name: b, not: {deny: *x}}]"));
        assertThat(policies.decide(ImageReview.of("nginx").inNamespace("default"))
                        .allowed())
                .isTrue();
        assertThat(policies.decide(ImageReview.of("alpine").inNamespace("default"))
                        .violations())
                .hasSize(2);
    }

    @Test
    void aBombIsRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i <= 12; i++) {
            String inner = ("*a" + (i - 1) + " ,").repeat(10);
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(inner, 0, inner.length() - 1)
                    .append("]\n");
        }
        assertThat(PolicySamples.problems(bomb.toString()))
                .isEqualTo("p.yaml:6:25: the document, with aliases expanded, has more than " + "500000 values");
    }

    @Test
    void whatIsTooDeepIsRefused() {
        String deep = "nested too deeply: expected 64 levels at most";
        assertThat(PolicySamples.problems("[".repeat(1_000_000))).isEqualTo("p.yaml:1:65: " + deep);
        assertThat(PolicySamples.problems("- ".repeat(100_000))).isEqualTo("p.yaml:1:129: " + deep);
        assertThat(PolicySamples.problems("{a: ".repeat(100_000))).isEqualTo("p.yaml:1:257: " + deep);
        StringBuilder chain = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 100; i++) {
            chain.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(PolicySamples.problems(chain.toString())).endsWith(deep);
        String rule = "not: {".repeat(40) + "deny: [nginx]" + "}".repeat(40);
        assertThat(allows(rule, "nginx")).isFalse();
    }

    @Test
    void parametersArriveAsJavaValues() {
        Map<String, Object> seen = new HashMap<>();
        RuleFactory factory = new RuleFactory() {
            @Override
            public String name() {
                return "x";
            }

            @Override
            public Rule create(Map<String, Object> parameters) {
                seen.putAll(parameters);
                return image -> Finding.satisfied();
            }
        };
        PolicyDocuments documents = new PolicyDocuments().withFactories(List.of(factory));
        String with =
                "custom: x\nwith: {s: a, q: '7', i: 7, h: 0x1F, o: 0o17, f: 1.5, e: 1e3, b: true, l: [1, [a]], n: [], "
                        + "m: {a: {b: c}}}";
        documents.read("p.yaml", PolicySamples.rule(with));
        assertThat(seen)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("s", "a"),
                        Map.entry("q", "7"),
                        Map.entry("i", 7L),
                        Map.entry("h", 31L),
                        Map.entry("o", 15L),
                        Map.entry("f", 1.5),
                        Map.entry("e", 1000.0),
                        Map.entry("b", true),
                        Map.entry("l", List.of(1L, List.of("a"))),
                        Map.entry("n", List.of()),
                        Map.entry("m", Map.of("a", Map.of("b", "c")))));
        for (String bad : List.of("99999999999999999999", ".nan", "-.inf", "1e999", "null", "[null]", "!y z")) {
            assertThatThrownBy(() -> documents.read("p.yaml", PolicySamples.rule("custom: x\nwith: {a: " + bad + "}")))
                    .isInstanceOf(PolicyDocumentException.class)
                    .hasMessageStartingWith("p.yaml:8:")
                    .hasMessageContaining("spec.rules[0].with.a");
        }
    }

    @Property
    void anyTextIsAPolicyOrSaysWhyNot(
            @ForAll
                    @StringLength(max = 60)
                    @Chars({'{', '}', '[', ']', ':', ',', ' ', '\n', '-', '&', '*', '!', '|', '"', '\'', '\t', '#', '?'
                    })
                    @CharRange(from = 'a', to = 'c')
                    String text) {
        assertThatCode(() -> new PolicyDocuments().read("p", text)).isInstanceOf(PolicyDocumentException.class);
        assertThatCode(() -> new PolicyDocuments().read("p", PolicySamples.rule("allow: [nginx]\nmessage: " + text)))
                .satisfiesAnyOf(
                        e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(PolicyDocumentException.class));
    }
}
