package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import io.imagegate.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --render}: what Helm and kustomize make of charts and kustomizations. */
@Tag("slow")
class RenderTest {

    @TempDir
    Path folder = Path.of("");

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void programs() throws Exception {
        environment = RenderTools.environment();
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private void chart(String name, String image, String... more) throws IOException {
        file(name + "/Chart.yaml", "apiVersion: v2\nname: named\nversion: 1.0.0\n" + String.join("\n", more));
        file(name + "/values.yaml", "image: {repository: acme/api, tag: \"\"}\n");
        file(name + "/templates/pod.yaml", pod("'{{ .Chart.Name }}'", image));
    }

    private static String pod(String name, String image) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\nspec: {containers: [{name: a, image: "
                + image + "}]}\n";
    }

    private Program.Result check(String... options) {
        List<String> arguments = new ArrayList<>(List.of("check", "-p", "builtin:fixed-tags", "--render"));
        arguments.addAll(List.of(options));
        arguments.add(folder.toString());
        return ImagegateHere.run(environment, arguments.toArray(String[]::new));
    }

    @Test
    @DisplayName("a chart is judged as Helm prints it, and a finding names its template")
    void chart() throws IOException {
        chart("api", "'{{ .Values.image.repository }}:{{ .Values.image.tag | default \"latest\" }}'");
        Program.Result result = check();
        assertThat(result.status()).as(result.err()).isOne();
        assertThat(result.out())
                .startsWith("denied: 1 image checked, 1 denied, judged only as a part: 2 chart files\n")
                .contains("denied  " + folder.resolve("api/Chart.yaml") + "  acme/api:latest")
                .contains("in Pod named,")
                .contains("rendered from " + folder.resolve("api/templates/pod.yaml"))
                .containsPattern("helm template v\\d.*: 1 chart\n");
    }

    @Test
    @DisplayName("--values and --set are those of helm template, and stand in the report")
    void values() throws IOException {
        chart("api", "'{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ .Values.suffix }}'");
        Path values =
                Files.writeString(folder.resolveSibling("given-" + folder.getFileName()), "image: {tag: \"2\"}\n");
        Program.Result result = check("--values", values.toString(), "--set", "suffix=-a", "-o", "json");
        Files.delete(values);
        assertThat(result.status()).as(result.out()).isZero();
        assertThat(result.out())
                .contains("--values " + values + " --set suffix=-a: 1 chart\"")
                .contains("\"images\":1");
    }

    @Test
    @DisplayName("what depends on the cluster, the release or chance is judged and marked")
    void marked() throws IOException {
        chart(
                "api",
                "acme/api:{{ if .Release.IsUpgrade }}latest{{ else }}{{ .Capabilities.KubeVersion.Major }}{{ end }}");
        chart("same", "acme/same:1");
        Program.Result result = check();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        folder.resolve("api") + " depends on where it is rendered: .Capabilities, .Release.IsUpgrade\n")
                .doesNotContain(folder.resolve("same") + " depends");
    }

    @Test
    @DisplayName(
            "a chart whose dependencies are not vendored is not judged, and the run not green; a library is a part")
    void dependencies() throws IOException {
        chart("lib", "acme/lib:latest", "type: library\n");
        chart("api", "acme/api:1");
        Program.Result green = check();
        assertThat(green.status()).as(green.err()).isZero();
        assertThat(green.out()).contains("1 library chart");
        chart("api", "acme/api:1", "dependencies: [{name: db, version: 1.0.0, repository: \"https://example.com\"}]\n");
        Program.Result result = check();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains(folder.resolve("api/Chart.yaml") + ": not judged: helm template:")
                .contains("missing in charts/ directory: db");
    }

    @Test
    @DisplayName("a subchart is judged as a part of its chart, and what it makes alone is a warning, as a base is")
    void subcharts() throws IOException {
        chart("api", "acme/api:1", "dependencies: [{name: db, version: 1.0.0, condition: db.enabled}]\n");
        chart("api/charts/db", "acme/db:latest");
        file("api/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
        Program.Result on = check();
        assertThat(on.status()).as(on.err()).isOne();
        assertThat(on.out())
                .contains("denied  " + folder.resolve("api/Chart.yaml") + "  acme/db:latest")
                .contains("rendered from " + folder.resolve("api/charts/db/templates/pod.yaml"))
                .doesNotContain("warned");
        Program.Result off = check("--set", "db.enabled=false");
        assertThat(off.status()).as(off.err()).isZero();
        assertThat(off.out()).contains("warned  " + folder.resolve("api/charts/db/Chart.yaml") + "  acme/db:latest");
        assertThat(check("--set", "db.enabled=false", "--complete").status()).isOne();
    }

    @Test
    @DisplayName(
            "an object without actions among templates is judged as it is, too, since a Chart.yaml beside it may be a decoy")
    void decoy() throws IOException {
        chart("api", "acme/api:1");
        file("api/templates/hidden.yaml", pod("hidden", "acme/hidden:latest"));
        assertThat(check().out()).contains("2 images checked, 1 denied").doesNotContain("warned");
        file("api/.helmignore", "templates/hidden.yaml\ntemplates/kustomization.yaml\n");
        Program.Result result = check();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("warned  " + folder.resolve("api/templates/hidden.yaml"));
        file("api/templates/kustomization.yaml", "resources: [hidden.yaml]\n");
        assertThat(check().status()).isOne();
    }

    @Test
    @DisplayName(
            "a Component that no kustomization includes is judged as without --render: kustomize would refuse its patch")
    void lonelyComponent() throws IOException {
        file("part/kustomization.yaml", """
                kind: Component
                apiVersion: kustomize.config.k8s.io/v1alpha1
                patches: [{patch: '{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: a, image: acme/web:latest}]}}'}]
                """);
        file("prod/pod.yaml", pod("web", "acme/web:2"));
        file("prod/kustomization.yaml", "resources: [pod.yaml]\n");
        Program.Result result = check();
        assertThat(result.status()).as(result.err()).isOne();
        assertThat(result.out()).contains("denied  " + folder.resolve("part/kustomization.yaml"));
        file("prod/kustomization.yaml", "resources: [pod.yaml]\ncomponents: [../part]\n");
        assertThat(check().status()).isOne();
    }

    @Test
    @DisplayName("a kustomization is judged as kubectl builds it; bases and Components as without --render")
    void kustomizations() throws IOException {
        file("base/pod.yaml", pod("web", "acme/web:latest"));
        file("base/kustomization.yaml", "resources: [pod.yaml]\n");
        file(
                "part/kustomization.yaml",
                "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nlabels: [{pairs: {a: b}}]\n");
        file("prod/kustomization.yaml", """
                resources: [../base]
                components: [../part]
                images: [{name: acme/web, newTag: "2"}]
                buildMetadata: [originAnnotations]
                """);
        Program.Result result = check();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("judged only as a part: 1 Component, 1 file")
                .contains("warned  " + folder.resolve("base/kustomization.yaml") + "  acme/web:latest")
                .containsPattern("kubectl kustomize v\\d.*: 2 kustomizations\n");
        file("prod/kustomization.yaml", """
                resources: [../base]
                images: [{name: acme/web, newTag: latest}]
                buildMetadata: [originAnnotations]
                """);
        Program.Result denied = check("--bases", "base");
        assertThat(denied.out())
                .contains("denied  " + folder.resolve("prod/kustomization.yaml") + "  acme/web:latest")
                .contains("rendered from " + folder.resolve("base/pod.yaml"));
    }

    @Test
    @DisplayName("other files are read as without --render, files of values that are not the chart's own among them")
    void others() throws IOException {
        chart("api", "acme/api:1");
        file("api/values-prod.yaml", "image: {repository: acme/api, tag: latest}\n");
        file("Dockerfile", "FROM acme/base:latest\n");
        Program.Result result = check();
        assertThat(result.status()).as(result.err()).isOne();
        assertThat(result.out())
                .contains("3 images checked, 2 denied")
                .contains(folder.resolve("api/values-prod.yaml") + ":1:")
                .contains(folder.resolve("Dockerfile") + ":1:");
    }

    @Test
    @DisplayName("without what confines programs nothing is rendered, unless --render-unconfined is written")
    void unconfined() throws Exception {
        chart("api", "acme/api:1");
        Path programs = Files.createDirectories(folder.resolveSibling("programs-" + folder.getFileName()));
        Files.createSymbolicLink(programs.resolve("helm"), SharedPrograms.get("helm"));
        environment = new HashMap<>(Map.of("PATH", programs.toString()));
        Program.Result result = check();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("--render: programs cannot be confined: expected unshare on the PATH")
                .contains("--render-unconfined");
        Program.Result trusted = check("--render-unconfined");
        Files.delete(programs.resolve("helm"));
        Files.delete(programs);
        assertThat(trusted.status()).as(trusted.err()).isZero();
    }

    /** That of a distribution of Linux needs other files, so that it cannot be confined. */
    @Test
    @DisplayName("where there is no kubectl, kustomize builds")
    void kustomize() throws Exception {
        Machine.needs("kustomize");
        file("pod.yaml", pod("web", "acme/web:1"));
        file("kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: acme/web, newTag: latest}]\n");
        Path programs = Files.createDirectories(folder.resolveSibling("programs-" + folder.getFileName()));
        Files.createSymbolicLink(
                programs.resolve("kustomize"), Machine.find("kustomize").orElseThrow());
        environment = Map.of("PATH", programs.toString());
        Program.Result result = check("--render-unconfined");
        Files.delete(programs.resolve("kustomize"));
        Files.delete(programs);
        assertThat(result.status()).as(result.err()).isOne();
        assertThat(result.out()).contains("acme/web:latest").containsPattern("kustomize build.*: 1 kustomization\n");
    }

    @Test
    @DisplayName("a program in the repository is not run")
    void ownProgram() throws IOException {
        chart("api", "acme/api:1");
        Path marker = folder.resolve("ran");
        file("bin/helm", "#!/bin/sh\ntouch " + marker + "\n");
        assertThat(folder.resolve("bin/helm").toFile().setExecutable(true)).isTrue();
        environment = Map.of("PATH", folder.resolve("bin") + ":bin::" + environment.get("PATH"));
        assertThat(check().status()).isZero();
        assertThat(marker).doesNotExist();
    }

    @Test
    @DisplayName("its options need it, and it neither reads clusters nor writes files")
    void options() {
        for (String option : List.of("--values=a", "--set=a=b", "--render-timeout=1s", "--render-unconfined")) {
            Program.Result result =
                    ImagegateHere.run(environment, "check", "-p", "builtin:fixed-tags", option, "nginx:1");
            assertThat(result.status()).as(option).isEqualTo(2);
            assertThat(result.err()).contains("expected --render beside");
        }
        assertThat(check("--cluster").err()).contains("--cluster");
        assertThat(check("--write").err()).contains("no --write beside it");
        assertThat(check("--values", "nothing.yaml").err()).contains("--values: expected a file, got nothing.yaml");
    }
}
