package io.imagegate.input.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The text of a CustomResourceDefinition")
class DefinitionTextTest {

    private static final String CRD = """
            # made by controller-gen
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: a
            spec:
              b: "ünï"
            # c
              - d: [
            status: {}
            """;

    private static String passed(String text) throws IOException {
        return new String(
                DefinitionText.passed(new ByteArrayInputStream(text.getBytes(UTF_8)))
                        .readAllBytes(),
                UTF_8);
    }

    @Test
    @DisplayName("has no spec then; lines and the number of characters before others stay")
    void spec() throws IOException {
        String pod = "---\nkind: Pod\nspec: {containers: [{image: é}]}\n---\n";
        String text = pod + CRD + pod;
        String passed = passed(text);
        assertThat(passed.codePointCount(0, passed.length())).isEqualTo(text.codePointCount(0, text.length()));
        assertThat(passed.lines().count()).isEqualTo(text.lines().count());
        assertThat(passed)
                .startsWith(pod + CRD.substring(0, CRD.indexOf("  b:")))
                .doesNotContain("ünï", "d: [");
        assertThat(passed.indexOf("status: {}")).isEqualTo(text.indexOf("status: {}"));
        assertThat(passed.split("image: é", -1)).hasSize(3);
    }

    @Test
    @DisplayName("has line breaks for its spec at the end of a file")
    void last() throws IOException {
        String text = "kind: Pod\n---\n" + CRD;
        assertThat(passed(text)).isEqualTo(text.replaceAll("(?s)(?<=\nspec:\n).*(?=status)", "\n\n\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Pod\n",
                "\"kind\": Pod\n",
                "? kind\n: Pod\n",
                "&a kind: Pod\n",
                "kind : Pod\n",
                "\"k\\x69nd\": Pod\n",
                "<<: {kind: Pod}\n",
                "{kind: Pod}\n",
                "- a\n",
                "}\n",
                "\"}}\n",
                "other: a\n",
                "spec:\n",
                "metadata: {name: a}\n",
                "...\nkind: Pod\n",
                "%TAG ! a\n",
                "\tkind: Pod\n",
                "# a\rkind: Pod\n",
                "# a\u0085kind: Pod\n",
                "# a\u2028kind: Pod\n",
            })
    @DisplayName("is read as a whole if any line of the document may be another field, before or behind")
    void others(String line) throws IOException {
        for (String text : new String[] {
            CRD + line, CRD.replace("status: {}\n", line), CRD.replace("spec:\n", line + "spec:\n"), line + CRD
        }) {
            assertThat(passed(text)).isEqualTo(text);
        }
    }

    @Test
    @DisplayName("is read as a whole if its lines stand in the quotes of an object whose own fields are indented")
    void indented() throws IOException {
        String pod = """
                 kind: Pod
                 metadata: {name: a, annotations: {a: "
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                spec:
                   "}}
                 spec: {containers: [{name: a, image: evil.example/a}]}
                 status:
                   message: "
                status: {} # "
                """;
        for (String text : new String[] {pod, "# a\n" + pod, CRD + "---\n" + pod}) {
            assertThat(passed(text)).endsWith(pod);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: CustomResourceDefinition; kind: CustomResourceDefinitionList",
                "kind: CustomResourceDefinition; kind: 'CustomResourceDefinition'",
                "kind: CustomResourceDefinition; kind: CustomResourceDefinition a",
                "apiVersion: apiextensions.k8s.io/v1; apiVersion: v1",
                "apiVersion: apiextensions.k8s.io/v1; apiVersion: apiextensions.k8s.io.evil/v1",
                "metadata:; metadata: {a: \"",
                "metadata:; metadata: |",
                "spec:; spec: &a",
                "spec:; spec: |",
                "spec:; spec: {a: b}",
                "# made by controller-gen; --- {kind: Pod}",
                "# made by controller-gen; ---a",
            })
    @DisplayName("is read as a whole if a field is written in another way")
    void fields(String change) throws IOException {
        String[] parts = change.split("; ", 2);
        String text = CRD.replace(parts[0] + "\n", parts[1] + "\n");
        assertThat(text).isNotEqualTo(CRD);
        assertThat(passed(text)).isEqualTo(text);
        assertThat(passed(CRD)).isNotEqualTo(CRD);
    }
}
