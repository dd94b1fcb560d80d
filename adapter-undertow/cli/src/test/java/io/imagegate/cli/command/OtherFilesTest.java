package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} and {@code pin} do with templates of Helm charts, Dockerfiles and Compose files. */
class OtherFilesTest extends CommandTest {

    private static final String POD = "kind: Pod\napiVersion: v1\nspec: {containers: [{image: nginx:1}]}\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void chart() throws IOException {
        Files.createDirectories(folder.resolve("chart/templates/sub"));
        Files.writeString(folder.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        Files.writeString(folder.resolve("pod.yaml"), POD);
    }

    private int check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check", "-p", "builtin:baseline"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{- if .Values.on }}\nkind: Pod\n{{- end }}\n",
                "kind: Pod\napiVersion: v1\nspec: {containers: [{image: \"{{ .Values.image }}\"}]}\n",
                "kind: Pod\napiVersion: v1\nspec:\n  containers:\n    - image: {{ .Values.image }}\n"
            })
    @DisplayName("a Helm template is counted in a folder, and exit 2 with a sentence when it is named")
    void template(String content) throws IOException {
        Path template = file("chart/templates/sub/web.yaml", content);
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("1 image checked, 0 denied, not judged: 1 Helm template, left out: 1 other file\n");
        assertThat(check("-o", "json", folder.toString())).isZero();
        assertThat(out.toString()).contains("\"notJudged\":{\"Helm template\":1},\"leftOut\":{\"other file\":1}");
        for (String command : List.of("check", "pin")) {
            assertThat(run(command, template.toString())).isEqualTo(2);
            assertThat(err.toString())
                    .contains("imagegate " + command + ": " + template + ": a Helm template")
                    .contains("helm template CHART | imagegate check");
        }
    }

    @Test
    @DisplayName("a manifest in a chart is checked, also where a comment looks like a template or a template follows")
    void manifestInChart() throws IOException {
        String denied = "# {{ .Values.x }}\n" + POD.replace("nginx:1", "nginx:latest");
        file("chart/templates/web.yaml", denied);
        assertThat(check(folder.toString())).isEqualTo(1);
        file("chart/templates/web.yaml", denied + "---\n{{- if .Values.on }}\nkind: Pod\n{{- end }}\n");
        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("not judged: 1 Helm template");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{- if .Values.on }}\nkind: Pod\n{{- end }}\n",
                "kind: Pod\nmetadata:\n  name: {{ .Name }}-web\n",
                "kind: Pod\nmetadata:\n  name: a\n  {{- with .Values.labels }}\n  labels: {{ toYaml . }}\n  {{- end }}\n",
                "kind: Pod\nspec:\n  containers:\n    - image: {{ .Values.image }}\n",
                "kind: Pod\nspec:\n  hosts:\n    - name: a\n      labels: b\n    - \"c d\": {{ .Name }}\n",
                "kind: Pod\n{% if on %}\nspec: {}\n{% endif %}\n",
                "kind: Pod\nspec:\n  <% if on %>\n  containers: []\n  <% end %>\n"
            })
    @DisplayName(
            "a template outside of a chart, which kubectl cannot read either, is counted, and what stands before is checked")
    void templateAnywhere(String content) throws IOException {
        Path template = file("b.yaml", content);
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("1 image checked, 0 denied, not judged: 1 template, left out: 1 other file\n");
        assertThat(check("--complete", folder.toString())).isEqualTo(2);
        assertThat(check(template.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(template + ": a template, which is no manifest");
        file("b.yaml", POD.replace("nginx:1", "nginx:latest") + "---\n" + content);
        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("not judged: 1 template");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Pod\nmetadata: \"a # {{ .Name }}\n",
                "kind: Pod\nmetadata: [ # {{ .Name }}\nspec: ]\n",
                "kind: Pod\nmetadata: {name: \"{{ .Name }}\"}\nspec: {}\nspec: {}\n",
                "kind: Pod\n# {{ .Name }}\nmetadata: {a: b: c}\n",
                "{{ .Name }}: a\n---\n"
            })
    @DisplayName(
            "what cannot be read for another reason than an action is exit 2, and so is a file without a kind left out")
    void noTemplate(String content) throws IOException {
        file("b.yaml", content);
        assertThat(check(folder.toString())).as(out.toString()).isEqualTo(content.contains("kind") ? 2 : 0);
        assertThat(out.toString()).doesNotContain("template");
    }

    @Test
    @DisplayName("an image that is an action in a text is invalid")
    void actionInText() throws IOException {
        Path broken = file("a.yaml", POD.replace("nginx:1", "\"{{ .Values.image }}\""));
        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(check(broken.toString())).isEqualTo(1);
    }

    @Test
    @DisplayName("a template of a Dockerfile is counted in a folder, and exit 2 with a sentence when it is named")
    void templateOfDockerfile() throws IOException {
        Path template = file("Dockerfile.j2", "FROM {{ base }}\n");
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("not judged: 1 Dockerfile template, left out: 1 other file\n");
        for (String command : List.of("check", "pin")) {
            assertThat(run(command, template.toString())).isEqualTo(2);
            assertThat(err.toString()).contains(template + ": a template of a Dockerfile: expected the Dockerfile");
        }
    }

    @Test
    @DisplayName("a source whose name is like that of a Dockerfile is no problem of a folder")
    void similar() throws IOException {
        file("dockerfile.go", "package dockerfile\n");
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("left out: 2 other files\n");
    }

    @Test
    @DisplayName("arguments of a build are replaced where they have all of an image")
    void builds() throws IOException {
        file("Dockerfile", "ARG A=nginx:1\nFROM $A\n");
        Path compose = file("compose.yaml", "services: {a: {build: {context: ., args: {A: \"redis:7\"}}}}\n");
        String policy = file("policy", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  mutate: {kinds: [Pod], rewrite: [{from: "docker.io/**", to: "mirror.example/**"}]}
                  rules: [{name: none, allow: ["mirror.example/**"]}]
                """).toString();
        assertThat(run("check", "--write", "-p", policy, folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(compose)
                .hasContent("services: {a: {build: {context: ., args: {A: \"mirror.example/library/redis:7\"}}}}\n");
        assertThat(folder.resolve("Dockerfile")).hasContent("ARG A=mirror.example/library/nginx:1\nFROM $A\n");
    }

    @Test
    @DisplayName("a remote build of a Compose file is not judged: the summary says so, and --complete ends with 2")
    void remoteBuild() throws IOException {
        Path compose = file("compose.yaml", "services:\n  a:\n    build: https://example.com/a.git\n");
        String place = compose + ":3: service a: build \"https://example.com/a.git\": not ";
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1 image checked, 0 denied, not judged: 1 Compose build");
        assertThat(err.toString())
                .contains(place + "read: expected a Dockerfile")
                .hasLineCount(1);
        assertThat(check("--complete", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(place + "judged: expected").hasLineCount(1);
        String baseline = folder.resolve("baseline").toString();
        assertThat(check("--complete", "--write-baseline", baseline, folder.toString()))
                .isZero();
        file("compose.yaml", "\nservices:\n  a:\n    build: https://example.com/a.git\n");
        assertThat(check("--complete", "--baseline", baseline, folder.toString()))
                .isZero();
        file("compose.yaml", "services:\n  a:\n    build: https://example.com/b.git\n");
        assertThat(check("--complete", "--baseline", baseline, folder.toString()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Containerfile", "Dockerfile.dev", "api.dockerfile"})
    @DisplayName("images of a Dockerfile are checked in a folder and by name")
    void dockerfile(String name) throws IOException {
        Path file = file(name, "FROM nginx:1 AS base\nFROM base\nCOPY --from=busybox a b\n");
        for (Path checked : List.of(folder, file)) {
            assertThat(check(checked.toString())).isEqualTo(1);
            assertThat(out.toString()).contains(file + ":3").contains("busybox").doesNotContain("Dockerfile,");
        }
        file(name, "FROM nginx:1 AS base\nFROM base:${TAG}\n");
        assertThat(check(file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("${TAG}");
        file(name, "FORM nginx:1\n");
        assertThat(check(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(file + ":1:1: expected FROM or ARG");
    }

    @Test
    @DisplayName(
            "images of services are checked in a folder and by name, and those of files that a Compose file extends")
    void compose() throws IOException {
        file("common.yaml", "services: {base: {image: redis}}\n");
        Path file = file(
                "compose.yaml", "services:\n  a: {image: nginx}\n  b: {extends: {file: common.yaml, service: base}}\n");
        for (Path checked : List.of(folder, file)) {
            assertThat(check(checked.toString())).as(err.toString()).isEqualTo(1);
            assertThat(out.toString()).contains(file + ":2").contains("nginx").contains("common.yaml:1");
        }
        file("compose.yaml", "services:\n  a: {image: \"nginx:${TAG}\"}\n");
        assertThat(check(file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("${TAG}");
        file("compose.yaml", "services: [a]\n");
        assertThat(check(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(file + ":1:11: services: expected an object");
    }

    @Test
    @DisplayName("a pipe in a folder is counted, not read")
    void pipe() throws Exception {
        Path pipe = folder.resolve("Dockerfile");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(folder.resolve("compose.yaml"), pipe);
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("2 special files");
    }

    @Test
    @DisplayName("a manifest named like a Dockerfile is checked")
    void noDockerfile() throws IOException {
        file("Dockerfile.yaml", POD.replace("nginx:1", "nginx"));
        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("2 images checked").contains(", left out: 1 other file\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n  // comment\n  \"strict\": true,\n}\n",
                "a: {{ cookiecutter.name }}\nb: c\n",
                "a:\tb\n\tc: d\n",
                "a: 1\na: 2\n",
                "{\"a\": NaN}",
                "a: \u0000\n"
            })
    @DisplayName(
            "a file of another tool that is neither YAML nor JSON is counted in a folder, and listed with the reason")
    void foreign(String content) throws IOException {
        Path file = file("tsconfig.json", content);
        assertThat(check(folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("left out: 2 other files\n");
        check("--verbose", folder.toString());
        assertThat(err.toString()).contains(file + ": not read: no field with a kind, and it cannot be read: ");
        assertThat(check(file.toString())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {x: y: z}\n~kind: Pod\n",
                "{\"a\": NaN,~ \"Kind\": \"Pod\"}",
                "a:\tb\n\tc: d\n~\"\\x6bind\": Pod\n",
                "{\"a\": NaN,~ \"k\\u0049nd\": \"Pod\"}",
                "a: \u0000\n~k\u0000i\u0000n\u0000d\u0000: Pod\n",
                "a: \u0000\n~\"\u0000k\u0000\\\u0000u\u00000\u00000\u00004\u00009\u0000n\u0000d\u0000\"\u0000: Pod\n",
                "a:\tb\n\tc: d\n~? \"ki\\\n  nd\"\n: Pod\n"
            })
    @DisplayName("a broken file that could have a kind is exit 2, also behind many other bytes")
    void brokenManifest(String content) throws IOException {
        for (String filler : List.of("", "\n".repeat(65_516))) {
            Path file = file("b.yaml", content.replace("~", filler));
            assertThat(check(folder.toString())).as(out.toString()).isEqualTo(2);
            assertThat(err.toString()).contains(file + ":");
        }
    }

    @Test
    @DisplayName("an object without API version that is no workload is no manifest of a folder")
    void otherKinds() throws IOException {
        Path file = file("a.json", "[{\"kind\": \"OBJECT\", \"metadata\": 1, \"image\": \"a\"}]");
        assertThat(check(folder.toString())).as(out.toString()).isZero();
        assertThat(out.toString()).contains("left out: 2 other files\n");
        assertThat(check(file.toString())).isEqualTo(2);
        file("a.json", "{\"kind\": \"Web\", \"apiVersion\": \"v1\", \"image\": \"a\"}");
        assertThat(check(folder.toString())).isEqualTo(1);
        file("a.json", "{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"nginx\"}]}}");
        assertThat(check(folder.toString())).isEqualTo(1);
    }

    @Test
    @DisplayName("an image with a parameter of Tekton, Argo or Flux is unknown, and pin leaves it")
    void parameters() throws IOException {
        Path file = file("task.yaml", """
                apiVersion: tekton.dev/v1
                kind: Task
                metadata: {name: t}
                spec: {steps: [{image: "$(params.image)"}, {image: "a:{{x}}"}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {containers: [{image: "a:${TAG:=1}"}, {image: "b:$(x)"}]}
                """);
        assertThat(check(file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("rule unknown-image: 3 denied", "rule invalid-reference: 1 denied")
                .contains(":4:24  $(params.image)", "because what \"$(params.image)\" becomes cannot be told")
                .contains("because what \"{{x}}\" becomes", "because what \"${TAG:=1}\" becomes");
        file("task.yaml", "apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{image: \"$(params.image)\"}]}\n");
        assertThat(run("pin", file.toString())).as(err.toString()).isZero();
        assertThat(err.toString()).contains("$(params.image)", "left as it is");
    }

    @Test
    @DisplayName("a resource of a plan whose images are not in the plan is named and counted")
    void plan() throws IOException {
        Path file = file("plan.json", """
                {"format_version":"1.2","terraform_version":"1.9.5","planned_values":{},"resource_changes":[
                {"address":"helm_release.web","mode":"managed","type":"helm_release","change":{"after":{"chart":"web"}}},
                {"address":"docker_image.web","mode":"managed","type":"docker_image","change":{"after":{"name":"nginx:1"}}}]}
                """);
        assertThat(check(file.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("not judged: 1 Terraform resource\n");
        assertThat(err.toString()).contains(file + ":2: helm_release.web: not read: its images are not in the plan");
    }
}
