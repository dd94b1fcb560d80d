package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MistakesTest {

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> PolicySamples.documents()
                        .read("production.yaml", PolicySamples.text("bad/eight-mistakes.yaml")))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessage("""
                        production.yaml:6:48: spec.sets.trusted[1]: pattern "ghcr.io/acme**": '**' must be a whole path segment: \
                        write '*' for a part of one
                        production.yaml:9:13: spec.rules[0].tag: unknown key "requird", expected one of required, allow, deny, \
                        semver, unlessDigest (did you mean required?)
                        production.yaml:11:26: spec.rules[1].digest.required: the text "yes", expected true or false
                        production.yaml:12:13: spec.rules[2].name: rule "fixed-tag" already stands in line 8, expected another name
                        production.yaml:13:15: spec.rules[2].allow[0]: unknown set "$trustd", expected $trusted
                        production.yaml:16:16: spec.rules[3].message: unknown placeholder {imgae} in a message, expected one of \
                        {container} {digest} {image} {namespace} {policy} {registry} {repository} {rule} {tag}
                        production.yaml:18:15: spec.exceptions[0].rules[0]: there is no rule "fixed-tags" in this policy, expected \
                        one of fixed-tag, pinned, supported (did you mean fixed-tag?)
                        production.yaml:20:16: spec.exceptions[0].expires: the text "2027-02-30", expected a date such as 2027-01-31""");
    }
}
