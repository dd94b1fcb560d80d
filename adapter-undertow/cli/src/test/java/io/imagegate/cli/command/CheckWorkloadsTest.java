package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with custom resources, whose images a policy or the list of well-known ones finds. */
class CheckWorkloadsTest {

    private static final String WIDGET = """
            apiVersion: example.com/v1
            kind: Widget
            metadata: {name: web}
            spec:
              tool: {image: "docker.io/library/redis:7"} # the tool
              parts:
                - template: {spec: {containers: [{name: a, image: nginx:1}]}}
            """;

    private static final String ROLLOUT = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: a, image: nginx:1}]}}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    private String policy(String spec) throws IOException {
        return file("policy/p.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  workloads:
                    - {kind: Widget.example.com, podSpec: "spec.parts[*].template.spec", images: spec.tool.image}
                """ + spec.indent(2));
    }

    private static final String REWRITE = """
            mutate: {rewrite: [{from: "docker.io/**", to: "mirror.internal/hub/**"}]}
            rules: [{name: mirror, allow: ["mirror.internal/hub/library/*"]}]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{name: a, args: [x]}] | 0",
                "[{name: a}, {name: b, image: \"nginx:1\"}] | 0",
                "[{name: a}, {name: b, image: \"nginx:latest\"}] | 1",
                "[{name: a, image: \"\"}] | 1",
                "[{name: a, image: null}] | 1"
            })
    @DisplayName("a container without an image in a file is a part of a patch, which leaves the image as it is")
    void patch(String containers, int status) throws IOException {
        String pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: " + containers + "}}";
        assertThat(run("check", "--allow-empty", "-p", "builtin:baseline", file("a.yaml", "# a\n" + pod)))
                .as(out.toString())
                .isEqualTo(status);
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {spec: {containers: "
                        + containers + "}}}}";
        assertThat(run("check", "--allow-empty", "-p", "builtin:baseline", file("b.yaml", "# b\n" + deployment)))
                .as(out.toString())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{verifyImages: true, a: {includingInitContainers: false, images: 3}} | 0",
                "{parameters: {imageFeatures: layering, imageFormat: \"2\"}} | 0",
                "{verifyImages: \"true\"} | 1",
                "{images: [true, evil]} | 1",
                "{images: [3]} | 1",
                "{a: {image: evil, enabled: true}} | 1",
                "{a: [{image: evil, images: true}]} | 1",
                "{a: [{images: true, image: evil}]} | 1",
                "{a: {repository: evil, tag: 2}} | 1",
                "{a: {tag: 2, imageEnabled: true, repository: evil}} | 1",
                "{image: true, containers: {image: 1}} | 1"
            })
    @DisplayName("a truth value, a number and features of disks name no image, whatever their fields are called")
    void soundLikeImages(String spec, int status) throws IOException {
        String object = "{apiVersion: example.com/v1, kind: Gadget, metadata: {name: g}, spec: " + spec + "}";
        assertThat(run("check", "--allow-empty", file("a.yaml", "# a\n" + object)))
                .as(out.toString())
                .isEqualTo(status);
        String json = object.replaceAll("([a-zA-Z]\\w*):", "\"$1\":")
                .replaceAll(": (?!true|false)([a-zA-Z][\\w./]*)", ": \"$1\"")
                .replace("evil]", "\"evil\"]");
        assertThat(run("check", "--allow-empty", file("a.json", json)))
                .as(json + out)
                .isEqualTo(status);
    }

    @Test
    @DisplayName("check reads custom resources by the workloads of the policy, and tells line and place of an image")
    void check() throws IOException {
        String policy = policy("rules: [{name: ours, allow: [redis]}]");
        assertThat(run("check", "-p", policy, file("widget.yaml", WIDGET))).isEqualTo(1);
        assertThat(out.toString())
                .contains("widget.yaml:7:55  nginx:1")
                .contains("spec.parts[0].template.spec.containers[0] \"a\"")
                .doesNotContain("redis");
        assertThat(run("check", file("widget.yaml", WIDGET))).isEqualTo(1);
        assertThat(out.toString()).contains("unknown-kind").contains("spec.workloads");
        assertThat(run("check", file("rollout.yaml", ROLLOUT))).isZero();
        assertThat(out.toString()).contains("1 image checked");
        assertThat(run("check", "--ignore-kind", "Rollout.*", file("rollout.yaml", ROLLOUT)))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("check --write and pin replace images of custom resources, and leave everything else")
    void replace() throws IOException {
        String policy = policy(REWRITE);
        for (String[] command : new String[][] {{"check", "--write", "-p", policy}, {"pin", "--policy", policy}}) {
            String widget = file("widget.yaml", WIDGET);
            String rollout = file("rollout.yaml", ROLLOUT);
            String[] arguments = Stream.concat(Arrays.stream(command), Stream.of(widget, rollout))
                    .toArray(String[]::new);
            assertThat(run(arguments)).as(err.toString()).isZero();
            assertThat(Files.readString(Path.of(widget)))
                    .isEqualTo(WIDGET.replace("docker.io/library/redis:7", "mirror.internal/hub/library/redis:7")
                            .replace("nginx:1", "mirror.internal/hub/library/nginx:1"));
            assertThat(Files.readString(Path.of(rollout)))
                    .isEqualTo(ROLLOUT.replace("nginx:1", "mirror.internal/hub/library/nginx:1"));
        }
    }

    @Test
    @DisplayName("pin leaves kinds as they are that the policy ignores")
    void ignored() throws IOException {
        String policy = policy("ignoredKinds: ['*.argoproj.io']\n" + REWRITE);
        String rollout = file("rollout.yaml", ROLLOUT);
        String widget = file("widget.yaml", WIDGET);
        assertThat(run("pin", "--policy", policy, widget, rollout)).isZero();
        assertThat(Files.readString(Path.of(rollout))).isEqualTo(ROLLOUT);
        assertThat(Files.readString(Path.of(widget))).contains("mirror.internal/hub/library/nginx:1");
    }

    @Test
    @DisplayName(
            "a kustomization of custom resources is checked by their workloads, and pinned where it gives a version")
    void kustomization() throws IOException {
        String policy = policy(REWRITE);
        String overlay = file("overlay/kustomization.yaml", """
                resources: [widget.yaml]
                patches:
                  - target: {kind: Widget}
                    patch: |-
                      - {op: replace, path: /spec/tool/image, value: quay.io/other/tool:1}
                """);
        file("overlay/widget.yaml", WIDGET);
        assertThat(run("check", "-p", policy, overlay)).isEqualTo(1);
        assertThat(out.toString()).contains("quay.io/other/tool:1").doesNotContain("redis");
    }
}
