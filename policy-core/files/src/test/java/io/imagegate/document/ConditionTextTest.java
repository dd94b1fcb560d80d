package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlReader;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.rule.Rules;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule tells its condition as its file has it. */
class ConditionTextTest {

    private static NamedRule rule(String text) {
        return PolicySamples.documents()
                .read("p.yaml", PolicySamples.rule(text))
                .policies()
                .get(0)
                .rules()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag: {required: true} # a comment | tag: {required: true}",
                "tag: {deny: ['latest', \"main\"], semver: 1.20} | tag: {deny: [latest, main], semver: 1.20}",
                "allow: ['ghcr.io/**', docker.io/library/*] | allow: [ghcr.io/**, docker.io/library/*]",
                "not: {deny: [a/b]} | not: {deny: [a/b]}",
                "custom: io.example.TeamOwnsRepository\\nwith: {team: x} | custom: io.example.TeamOwnsRepository",
                "any: [{custom: io.example.TeamOwnsRepository, with: {team: x}}] | any: [{custom: io.example.TeamOwnsRepository}]",
                "image: {labels: {with: x}} | image: {labels: {with: x}}",
                "tag: {required: true}\\nmatch: {namespaces: [a]}\\nenforce: warn\\nmessage: m\\ndescription: d | tag: {required: true}",
            })
    void written(String text, String condition) {
        assertThat(rule(text.replace("\\n", "\n")).conditionText()).contains(condition);
    }

    @Test
    @DisplayName("rules that are made in Java have none, unless they are given one")
    void inJava() {
        NamedRule rule = NamedRule.of("r", Rules.tagRequired());
        assertThat(rule.conditionText()).isEmpty();
        assertThat(rule.withConditionText("tag: {required: true}")
                        .withDescription("d")
                        .conditionText())
                .contains("tag: {required: true}");
        assertThat(rule.withConditionText("x".repeat(1_000)).conditionText()).isPresent();
        assertThatThrownBy(() -> rule.withConditionText("x".repeat(1_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the text of a condition of 1001 characters, expected 1 to 1000");
        assertThatThrownBy(() -> rule.withConditionText(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("long lists are cut")
    void cut() {
        String images =
                IntStream.range(0, 500).mapToObj(i -> "ghcr.io/acme/image" + i).collect(Collectors.joining(", "));
        assertThat(rule("allow: [" + images + "]").conditionText().orElseThrow())
                .startsWith("allow: [ghcr.io/acme/image0, ghcr.io/acme/image1,")
                .endsWith("ghcr.io/acme/image29, … 470 more]")
                .hasSizeLessThanOrEqualTo(NamedRule.LONGEST_CONDITION);
        assertThat(rule("image: {labels: {a: '" + "a".repeat(2_000) + "'}}")
                        .conditionText()
                        .orElseThrow())
                .endsWith("aaa…")
                .hasSize(NamedRule.LONGEST_CONDITION);
    }

    static List<Path> policies() throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = PolicySamples.path("corpus/policies");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,json}")) {
            found.forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    @ParameterizedTest
    @MethodSource("policies")
    @DisplayName("what each rule of the corpus demands is read back as its file has it")
    void readBack(Path file) throws IOException {
        List<Object> written = read(Files.readString(file));
        for (Policy policy : PolicySamples.documents().load(file).policies()) {
            for (NamedRule rule : policy.rules()) {
                String condition = rule.conditionText().orElseThrow();
                Map<?, ?> read = (Map<?, ?>) read(condition).get(0);
                assertThat(rules(written, policy.name()))
                        .filteredOn(of -> rule.name().equals(of.get("name")))
                        .singleElement()
                        .satisfies(of -> read.forEach((kind, value) -> {
                            if (!condition.contains("…") && !of.toString().contains("with=")) {
                                assertThat(value).isEqualTo(of.get(kind));
                            }
                        }));
            }
        }
    }

    private static List<Object> read(String text) {
        Problems problems = new Problems();
        List<Object> documents = YamlReader.documents("f", text, problems).stream()
                .map(YamlNode::value)
                .toList();
        assertThat(problems.all()).isEmpty();
        return documents;
    }

    private static List<Map<?, ?>> rules(List<Object> documents, String policy) {
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Object document : documents) {
            if (value(value(document, "metadata"), "name").equals(policy)) {
                ((List<?>) value(value(document, "spec"), "rules")).forEach(rule -> rules.add((Map<?, ?>) rule));
            }
        }
        return rules;
    }

    private static Object value(Object mapping, String key) {
        return Objects.requireNonNull(((Map<?, ?>) mapping).get(key));
    }
}
