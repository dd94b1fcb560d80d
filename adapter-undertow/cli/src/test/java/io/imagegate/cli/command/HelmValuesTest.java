package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} and {@code pin} do with values of Helm charts. */
class HelmValuesTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: {registry: ghcr.io, repository: acme/api, tag: \"1\"} | ghcr.io/acme/api:1",
                "image: {repository: acme/api, tag: 1.27}                     | acme/api:1.27",
                "image: {repository: acme/api, tag: 1_a}                      | acme/api:1_a",
                "image: {repository: acme/api, tag: 0b1c2d3}                  | acme/api:0b1c2d3",
                "image: acme/api:1                                            | acme/api:1",
                "sidecar: {proxyImage: {repository: a, tag: x, pullPolicy: Always}} | a:x",
                "list: [{image: {repository: a, tag: x}}]                     | a:x",
                "image: {registry: r.io, image: a/b, tag: x, chroot: false}   | r.io/a/b:x",
                "image: {repository: a, tag: x, sha: abababababababababababababababababababababababababababababababab}                    | a:x@sha256:abababababababababababababababababababababababababababababababab",
                "app: {image: acme/api, tag: x}                               | acme/api:x",
                "app: {registry: r.io, image: acme/api, tag: x}               | r.io/acme/api:x",
                "app: {image: \"r.io/acme/api:x\", tag: \"\", registry: s.io}   | r.io/acme/api:x",
                "app: {image: \"acme/api:x\", digest: \"\"}                    | acme/api:x",
                "agent: {repository: acme/agent, tag: \"2\"}                  | acme/agent:2",
                "images: {api: \"acme/api:x\", registry: \"r.io:5000\"}        | acme/api:x",
                "images: {tags: {api: \"acme/api:x\"}, pullPolicy: Always}    | acme/api:x",
                "images: [\"acme/api:x\", other]                               | acme/api:x",
                "'global: {imageRegistry: m.io}\nimage: {registry: r.io, repository: a, tag: x}' | m.io/a:x",
                "'image: {registry: r.io, repository: a, tag: x}\nsub: {global: {imageRegistry: m.io}}' | r.io/a:x",
                "'global: {image: {registry: m.io}}\nimage: {repository: a/b, tag: x}' | m.io/a/b:x",
                "'image: {registry: m.io, image: a/b, tag: x}\nglobal: {image: {registry: m.io}}' | m.io/a/b:x",
                "'image: {repository: r.io/a, tag: x}\nglobal: {image: {registry: m.io}}' | r.io/a:x",
                "app: {imageProxy: \"acme/proxy:x\", imagePullPolicy: Always, imageRegistry: \"r.io:5000\"} | acme/proxy:x",
            })
    @DisplayName("an image in parts or as one text is judged where it stands")
    void images(String values, String image) throws IOException {
        Path file = file("chart/values.yaml", "replicas: 1\n" + values + "\n");
        file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        assertThat(run("check", "-p", "builtin:fixed-tags", folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("allowed: 1 image checked, 0 denied");
        String policy = file("p/policy", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: none, allow: ["none.example/**"]}]}
                """).toString();
        assertThat(run("check", "-p", policy, folder.resolve("chart").toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains(file + ":", "  " + image + "\n", "  in Helm values, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'image: {repository: a, tag: x}\nimage: {repository: b, tag: y}' | a:x b:y",
                "app: {image: \"a:x\", image: \"b:y\", image: \"c:z\"}           | c:z a:x b:y",
                "image: {repository: a, repository: b, tag: x, tag: y}         | b:y a:y b:x",
                "app: {repository: a, tag: x, tag: y}                          | a:y a:x",
                "app: {image: \"a:x\", other: 1, other: 2}                     | a:x",
                "'base: &b {image: \"a:x\"}\napp: {!!merge <<: *b, n: !!int \"1\"}' | a:x a:x",
                "image: !!map {repository: !!str a, tag: !!str 1.10}           | a:1.10",
            })
    @DisplayName(
            "of a field that comes twice each value is judged; merge keys and tags of the core schema are followed")
    void twice(String values, String images) throws IOException {
        String policy = file("p/policy", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: none, deny: ["**"]}]}
                """).toString();
        Path file = file("values.yaml", values + "\n");
        assertThat(run("check", "-p", policy, file.toString()))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.startsWith("denied  "))
                        .map(line -> line.replaceAll(".* ", "")))
                .containsExactlyInAnyOrder(images.split(" "));
    }

    @Test
    @DisplayName("two registries of all images are refused: Helm would take one")
    void twoRegistries() throws IOException {
        Path file = file(
                "values.yaml", "global: {imageRegistry: a.io, imageRegistry: b.io}\nimage: {repository: a, tag: x}\n");
        assertThat(run("check", "-p", "builtin:fixed-tags", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("global.imageRegistry comes twice, expected it once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: {repository: acme/api, tag: 1.10}  | tag",
                "image: {repository: acme/api, tag: 20240101} | tag",
                "image: {repository: a, image: b, tag: x}  | image",
                "image: {name: acme/api, tag: x}           | name",
                "'global: {imageRegistry: m.io}\nimage: {repository: a, tag: x}' | imageRegistry",
                "image: {name: \"acme/api:x\"}             | name",
                "'global: {image: {registry: m.io}}\nimage: {registry: r.io, repository: a, tag: x}' | registry",
                "image: {repository: a, sha: b, digest: c} | sha",
                "image: {repository: acme/api, tag: 1_000} | tag",
                "image: {repository: acme/api, tag: 0b11}  | tag",
                "image: {repository: acme/api, tag: on}    | tag",
                "image: {repository: acme/api, tag: true}  | tag",
                "agent: {repository: acme/api, tag: true}  | tag",
                "app: {image: api, hub: r.io/acme}         | hub",
                "app: {image: api, version: 1.2}           | version",
                "app: {image: api, imageTag: x}            | imageTag",
                "app: {image: \"api:x\", repository: r.io/acme} | repository",
                "app: {webImage: api, webTag: x}           | webTag",
                "app: {webImage: api, webImageTag: x}      | webImageTag",
            })
    @DisplayName("an image that Helm prints in another way is not known")
    void unknown(String values, String missing) throws IOException {
        String file = file("values-prod.yaml", values + "\n").toString();
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString()).contains("unknown-image", "because what \"" + missing + "\" becomes cannot be told");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: {repository: acme/api, tag: \"\"}  | tag",
                "image: {repository: acme/api}             | tag",
                "image: {tag: \"1\"}                       | repository",
                "image: {name: api, repository: \"\"}      | tag",
                "app: {image: acme/api, tag: \"\"}         | tag",
                "app: {image: acme/api, tag: }             | tag",
            })
    @DisplayName("an image of which the chart has a part is denied as chart-default")
    void chartDefault(String values, String part) throws IOException {
        String file = file("values-prod.yaml", values + "\n").toString();
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString()).contains("chart-default: its \"" + part + "\" is a default of the chart");
    }

    @Test
    @DisplayName("--unknown chart-default=warn warns of a default of the chart, and weakens nothing else")
    void weakened() throws IOException {
        String file = file(
                        "values-prod.yaml", "image: {repository: acme/api}\nb: {image: {repository: x, tag: 1.10}}\n")
                .toString();
        assertThat(run("check", "--unknown", "chart-default=warn", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("warned  " + file, "rule chart-default: 1 warned", "rule unknown-image: 1 denied");
        Files.writeString(Path.of(file), "image: {repository: acme/api}\n");
        assertThat(run("check", "--unknown", "chart-default=warn", file)).isZero();
        assertThat(run("check", "--unknown", "unknown-image=warn", file)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--unknown: expected chart-default=warn: nothing else that is unknown can be weakened,"
                        + " got \"unknown-image=warn\"");
        assertThat(run("check", "--cluster", "--unknown", "chart-default=warn")).isEqualTo(2);
        assertThat(err.toString()).contains("--cluster judges as the webhook does: expected no --unknown beside it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"values.yaml", "chart/values.yaml"})
    @DisplayName("a manifest that is named like values is a manifest, also behind another document")
    void manifest(String name) throws IOException {
        file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        String pod = "kind: Pod\napiVersion: v1\nspec: {containers: [{name: a, image: nginx}]}\n";
        String file = file(name, pod).toString();
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString()).contains("  in Pod, spec.containers[0] \"a\"\n");
        file(name, "a: '" + "x".repeat(70_000) + "'\n" + pod);
        assertThat(run("check", file)).isEqualTo(2);
        assertThat(err.toString()).contains("an object of Kubernetes, which kubectl would apply");
        file(name, "a: 1\n---\n" + pod);
        assertThat(run("check", file)).isEqualTo(2);
        assertThat(err.toString()).contains("expected an object with a kind");
    }

    @Test
    @DisplayName("values of a chart may have a kind; values without an image are no error; others than an object are")
    void kinds() throws IOException {
        file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        Path values = file("chart/values.yaml", "kind: Deployment\nimage: {repository: a, tag: x}\n");
        assertThat(run("check", values.toString())).as(err.toString()).isZero();
        file("chart/values.yaml", "a: 1\n");
        assertThat(run("check", values.toString(), "nginx:1")).isZero();
        for (String content : new String[] {"- a\n", "a: [\n"}) {
            file("chart/values.yaml", content);
            assertThat(run("check", values.toString(), "nginx:1")).as(content).isEqualTo(2);
            assertThat(err.toString()).contains("values.yaml:");
            assertThat(out.toString()).contains("1 image checked");
        }
        assertThat(run(
                        "check",
                        "--input",
                        "helm-values",
                        file("x.txt", "image: nginx\n").toString()))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a repository of git, and one without a version, is no image; neither are others' options in images")
    void noImages() throws IOException {
        String file = file("values.yaml", """
                git: {repository: "https://example.com/a.git", tag: v1}
                ssh: {repository: "git@example.com:a.git", tag: v1}
                chart: {name: a, repository: b, version: 1.0.0}
                images: {pullPolicy: Always, registry: "r.io:5000", url: "https://a:1"}
                tags: {api: "a:1"}
                """).toString();
        assertThat(run("check", file)).isEqualTo(2);
        assertThat(err.toString()).contains("no image found");
    }

    @Test
    @DisplayName("values in a folder that only a template makes YAML are counted as a template")
    void template() throws IOException {
        Path file = file("values.yaml", "image: nginx:1\n{{- range .List }}\n  - name: {{ .Name }}\n{{- end }}\n");
        assertThat(run("check", folder.toString(), "nginx:1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("not judged: 1 template");
        assertThat(run("check", file.toString(), "nginx:1")).isEqualTo(2);
        Files.writeString(file, "image: {{ nginx\n");
        assertThat(run("check", folder.toString(), "nginx:1")).isZero();
        Files.writeString(file, "image: [nginx\n");
        assertThat(run("check", folder.toString(), "nginx:1")).isEqualTo(2);
    }

    @Test
    @DisplayName("packages in charts, and dependencies that are no folder here, are not judged")
    void dependencies() throws IOException {
        file("chart/values.yaml", "image: {repository: a, tag: x}\n");
        file("chart/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
        file("lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 1.0.0\n");
        file("chart/charts/packed-1.0.0.tgz", "");
        Path chart = file("chart/Chart.yaml", """
                apiVersion: v2
                name: chart
                version: 1.0.0
                dependencies:
                - {name: db, version: 1.0.0, repository: "https://charts.example"}
                - {name: lib, version: 1.0.0, repository: "file://../lib"}
                - {name: packed, version: 1.0.0, repository: "https://charts.example"}
                - {name: web, version: 1.0.0, repository: "https://charts.example"}
                """);
        assertThat(run("check", "--verbose", folder.toString())).isZero();
        assertThat(out.toString()).contains("not judged: 2 Helm charts");
        assertThat(err.toString())
                .contains(
                        chart + ":8: \"web\": not read: expected what",
                        folder.resolve("chart/charts/packed-1.0.0.tgz")
                                + ": not read: a packaged chart: expected what");
        assertThat(run("check", "--complete", folder.toString())).isEqualTo(2);
        file("chart/requirements.yaml", "dependencies: [\n");
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString()).contains("not judged: 3 Helm charts");
        Files.writeString(chart, "apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies: [{name: db}]\n");
        Files.delete(folder.resolve("chart/requirements.yaml"));
        Files.delete(folder.resolve("chart/charts/packed-1.0.0.tgz"));
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString()).doesNotContain("not judged");
    }

    @Test
    @DisplayName("a dependency in a folder that is not in the run is not judged")
    void dependenciesOutOfRun() throws IOException {
        file("lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 1.0.0\n");
        file("chart/values.yaml", "image: {repository: a, tag: x}\n");
        file("chart/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
        file("chart/Chart.yaml", """
                apiVersion: v2
                name: chart
                version: 1.0.0
                dependencies:
                - {name: lib, version: 1.0.0, repository: "file://../lib"}
                - {name: db, version: 1.0.0, repository: "https://charts.example"}
                """);
        String chart = folder.resolve("chart").toString();
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString()).doesNotContain("not judged");
        assertThat(run("check", chart, folder.resolve("lib").toString())).isZero();
        assertThat(out.toString()).doesNotContain("not judged");
        assertThat(run("check", chart)).isZero();
        assertThat(out.toString()).contains("not judged: 1 Helm chart");
        assertThat(run("check", folder.toString(), "--exclude", "lib", "--exclude", "db"))
                .isZero();
        assertThat(out.toString()).contains("not judged: 2 Helm charts");
    }

    @Test
    @DisplayName(
            "of several documents, which versions of Helm join or leave out, each is judged; so are values that begin with a brace")
    void documentsAndBraces() throws IOException {
        String values = file("values.yaml", "a: {image: 'nginx:1'}\n---\n# none\n---\na: {image: 'evil.io/x'}\n")
                .toString();
        assertThat(run("check", values)).isEqualTo(1);
        assertThat(out.toString()).contains("evil.io/x");
        file("values.yaml", "{a: {image: 'nginx:1'}, b: {image: nginx}}\n");
        assertThat(run("check", values)).isEqualTo(1);
        assertThat(out.toString()).contains("values.yaml:1:36", "fixed-tag");
        file("values.yaml", "{\"a\": {\"image\": \"evil.io/x\"}}\n");
        assertThat(run("check", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("evil.io/x");
        file("values.yaml", "a: {image: 'nginx:1'}\n---\n- a\n");
        assertThat(run("check", values)).isEqualTo(2);
        assertThat(err.toString())
                .contains("values.yaml:3:1: values of a Helm chart: expected an object, got an array");
        file("values.yaml", "a: {image: 'nginx:1'}\n---\napiVersion: v1\nkind: Pod\n");
        assertThat(run("check", values)).isEqualTo(2);
        file("values.yaml", "{a: [}\n");
        assertThat(run("check", values)).isEqualTo(2);
    }

    @Test
    @DisplayName("a finding in a rendered chart names the template that Helm names, each its own")
    void rendered() throws IOException {
        String pod =
                "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: [{name: a, image: nginx}]}\n";
        String file = file(
                        "rendered.yaml",
                        "---\n# Source: chart/templates/one.yaml\n" + pod.replace("NAME", "one")
                                + "---\n# Source: chart/templates/two.yaml\n" + pod.replace("NAME", "two") + "---\n"
                                + pod.replace("NAME", "three"))
                .toString();
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("  in Pod one, spec.containers[0] \"a\"\n  rendered from chart/templates/one.yaml\n")
                .contains("  in Pod two, spec.containers[0] \"a\"\n  rendered from chart/templates/two.yaml\n")
                .contains("  in Pod three, spec.containers[0] \"a\"\n  fixed-tag: ");
    }

    @Test
    @DisplayName("pin writes a digest into digest, else behind the tag, and a rewritten name into its parts")
    void pin() throws IOException {
        try (SmallRegistry registry = new SmallRegistry()) {
            String digest = registry.addManifest("app", "1");
            String registries = registry.configuration(Files.createDirectory(folder.resolve("other")));
            String written = """
                    a: {image: {registry: HOST, repository: app, tag: "1", digest: ""}} # one
                    b: {image: {repository: HOST/app, tag: 1}}
                    c: {image: {repository: HOST/app, tag: ''}}
                    d: {image: HOST/app, tag: 1}
                    e: {image: HOST/app, version: 1}
                    f: {image: {registry: HOST, repository: app, tag: 1, sha: }}
                    g: {image: {registry: HOST, repository: app, tag: 1, sha: ''}}
                    image: 'HOST/app:1'
                    """.replace("HOST", registry.host());
            Path values = file("chart/values.yaml", written);
            assertThat(run("pin", "--registries", registries, values.toString()))
                    .as(err.toString())
                    .isZero();
            String pinned = written.replace("digest: \"\"", "digest: \"" + digest + "\"")
                    .replace("tag: 1}", "tag: 1@" + digest + "}")
                    .replace("tag: 1, sha: }", "tag: 1@" + digest + ", sha: }")
                    .replace("sha: ''", "sha: '" + digest.substring("sha256:".length()) + "'")
                    .replace("app:1'", "app:1@" + digest + "'");
            assertThat(values).content().isEqualTo(pinned);
            assertThat(run("pin", "--registries", registries, values.toString()))
                    .isZero();
            assertThat(values).content().isEqualTo(pinned);
        }
        Path other = file("values.yaml", """
                a: {image: {registry: docker.io, repository: library/nginx, tag: "1"}}
                b: {image: {repository: nginx, tag: "1"}}
                """);
        String policy = file("p/policy", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  mutate: {rewrite: [{from: "docker.io/library/**", to: "mirror.example/hub/**"}]}
                  rules: [{name: fixed, tag: {required: true}}]
                """).toString();
        assertThat(run("check", "-p", policy, "--write", other.toString()))
                .as(err.toString())
                .isZero();
        assertThat(other).content().isEqualTo("""
                a: {image: {registry: mirror.example, repository: hub/nginx, tag: "1"}}
                b: {image: {repository: mirror.example/hub/nginx, tag: "1"}}
                """);
    }
}
