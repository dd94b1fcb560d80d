package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.NamedRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Merge keys of a policy file mean the same to the loader and to an editor that goes by the schema. */
class MergeKeysTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              rules:
                - &a {name: a, tag: {required: true}, message: "from a"}
                - &b {name: b, tag: {deny: [x]}, enforce: warn}
                - %s
            """;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    {<<: *a, name: c}                        | true
                    {name: c, <<: *a}                        | true
                    {<<: [*a, *b], name: c}                  | true
                    {<<: {name: c}, digest: {required: true}}| true
                    {<<: *a, name: c, tag: {required: true}} | true
                    {<<: {<<: *a}, name: c}                  | true
                    {<<: *a}                                 | true
                    {<<: *a, name: c, x: y}                  | false
                    {<<: {x: y}, name: c, tag: {deny: [x]}}  | false
                    {<<: {name: 1}, tag: {deny: [x]}}        | false
                    {<<: {tag: {deny: [x]}}}                 | false
                    {<<: text, name: c, tag: {deny: [x]}}    | false
                    {<<: [text], name: c, tag: {deny: [x]}}  | false
                    {<<: , name: c, tag: {deny: [x]}}        | false
                    {"<<": *a, name: c}                      | false
                    {<<: *a, <<: *b, name: c}                | true
                    """)
    void areReadAlike(String rule, boolean good) {
        String policy = String.format(POLICY, rule);
        assertThat(accepts(policy)).as("schema").isEqualTo(good);
        assertThat(loads(policy)).as("loader").isEqualTo(good && !rule.equals("{<<: *a}"));
    }

    @Test
    void whatIsWrittenBeatsWhatIsMergedAndTheFirstOfSeveralWins() {
        NamedRule rule = new PolicyDocuments()
                .read("f", String.format(POLICY, "{<<: [*b, *a], name: c}"))
                .policies()
                .get(0)
                .rules()
                .get(2);
        assertThat(rule.name()).isEqualTo("c");
        assertThat(rule.enforcement()).hasToString("WARN");
        assertThat(String.valueOf(rule.message())).contains("from a");
    }

    private static boolean accepts(String policy) {
        try {
            return PolicySchema.accepts(policy);
        } catch (YamlEngineException noYaml) {
            return false;
        }
    }

    private static boolean loads(String policy) {
        try {
            new PolicyDocuments().read("f", policy);
            return true;
        } catch (PolicyDocumentException mistakes) {
            return false;
        }
    }
}
