package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.SharedPrograms;
import io.imagegate.input.FoundInText;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Tags of other tools")
class ForeignTagsTest {

    private static final String REST = "metadata: {name: %s}\nspec: {containers: [{name: c, image: nginx}]}\n";

    /** kubectl passes over these tags, and reads a Pod. */
    private static final List<String> PODS = List.of(
            "apiVersion: v1\nkind: !foo Pod\n" + REST,
            "apiVersion: v1\n!foo kind: Pod\n" + REST,
            "apiVersion: v1\n!!binary a2luZA==: Pod\n" + REST,
            "apiVersion: v1\nkind: !!binary UG9k\n" + REST,
            "apiVersion: v1\nkind: !!seq Pod\n" + REST,
            "apiVersion: v1\nkind: !!python/name:a.b Pod\n" + REST,
            "!foo\napiVersion: v1\nkind: Pod\n" + REST,
            "!!str\napiVersion: v1\nkind: Pod\n" + REST,
            "!foo {apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {containers: [{name: c, image: nginx}]}}\n",
            "<<: !foo {apiVersion: v1, kind: Pod}\n" + REST,
            "apiVersion: v1\nkind: Pod\n" + REST.replace("spec: ", "spec: !foo "),
            "apiVersion: v1\nkind: Pod\n" + REST.replace("[{", "[!foo {"),
            "apiVersion: v1\nkind: Pod\n" + REST.replace("nginx", "!foo nginx"),
            "# empty\n---\napiVersion: v1\nkind: !foo Pod\n" + REST,
            "apiVersion: v1\nkind: List\nitems:\n- !foo\n  apiVersion: v1\n  kind: Pod\n  "
                    + REST.replace("\n", "\n  ").strip() + "\n");

    @TempDir
    Path folder = Path.of("");

    private static List<String> read(Path path) throws IOException {
        FoundInText found = new FoundInText();
        Inputs.read(path, Workloads.wellKnown(), found);
        return found.lines;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {format: !!python/name:a.b.kind ''}\n",
                "env: !ENV [A, kind]\na: !ENV B\n",
                "Resources: {Kind: {Type: 'AWS::S3::Bucket', Properties: {kind: !Ref Kind, a: !Sub '${kind}'}}}\n",
                "a: !secret kind\n--- # empty\n---\nb: !include kind.yaml\n",
                "!include kind.yaml\n",
                "- hosts: a\n  tasks: [{k8s: {definition: {kind: !vault Pod}}}]\n",
                "a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6b696e64\nkind_of: b\n",
                "script: [!reference [.kind, script]]\n.kind: {script: !reference [.a, kind]}\n",
            })
    @DisplayName("say nothing of a file without a kind, which is left out in a folder as if it had none")
    void kindless(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), text);
        assertThat(read(folder)).containsExactly("skipped: " + file + ": no object with a kind");
        assertThat(read(file)).singleElement().asString().contains("expected ").doesNotContain("tag");
    }

    @Test
    @DisplayName("hide no object: each that kubectl reads is a problem, also behind documents without a kind")
    void manifests() throws IOException {
        for (String pod : PODS) {
            for (String before : List.of("", "a: !foo kind\n---\n")) {
                Path file = Files.writeString(folder.resolve("a.yaml"), before + pod.replace("%s", "a"));
                assertThat(read(folder)).as(pod).singleElement().asString().contains("tag ");
                assertThat(read(file)).as(pod).singleElement().asString().contains("tag ");
            }
        }
    }

    @Test
    @Tag("full")
    @DisplayName("are passed over by kubectl")
    void kubectl() throws Exception {
        for (int i = 0; i < PODS.size(); i++) {
            Files.writeString(folder.resolve(i + ".yaml"), PODS.get(i).replace("%s", "a" + i));
        }
        Process kubectl = new ProcessBuilder(
                        SharedPrograms.get("kubernetes").toString(),
                        "annotate",
                        "--local",
                        "-f",
                        folder.toString(),
                        "x=y",
                        "-o",
                        "name")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(kubectl.getInputStream().readAllBytes(), UTF_8).lines())
                .hasSize(PODS.size())
                .allMatch(line -> line.startsWith("pod/a"));
    }
}
