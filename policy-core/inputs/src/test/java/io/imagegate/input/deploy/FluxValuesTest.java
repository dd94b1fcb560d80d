package io.imagegate.input.deploy;

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

/** Values of HelmReleases, also of ConfigMaps that kustomizations generate. */
class FluxValuesTest extends DeployedFolder {

    private static final String VALUES = "image: {repository: r.io/a, tag: '1'}\n";

    private static final String CONFIGURATION = """
            nameReference:
              - {kind: Secret, version: v1, fieldSpecs: [{path: spec/valuesFrom/name, kind: HelmRelease}]}
              - {kind: ConfigMap, version: v1, fieldSpecs: [{path: spec/valuesFrom/name, kind: HelmRelease}]}
            """;

    private void app(String kustomization) throws IOException {
        app("values.yaml", kustomization);
    }

    private void app(String key, String kustomization) throws IOException {
        file(
                "app/release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec:\n"
                        + "  chartRef: {kind: OCIRepository, name: h}\n"
                        + "  valuesFrom: [{kind: ConfigMap, name: values, valuesKey: '" + key + "'}]\n"
                        + "  values: {b: {image: 'r.io/b:1'}}\n");
        file("app/kustomization.yaml", "resources: [release.yaml]\n" + kustomization);
    }

    @Test
    @DisplayName("values are read of a file of a generator that keeps its name, and found there")
    void files() throws IOException {
        app("""
                configMapGenerator: [{name: values, files: [values.yaml=resources/app.yaml]}]
                generatorOptions: {disableNameSuffixHash: true}
                """);
        file("app/resources/app.yaml", "# c\nimage: r.io/a:1\n");
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r r.io/a:1", "HelmRelease r r.io/b:1");
        assertThat(deployed.places()).anyMatch(place -> place.endsWith("app/resources/app.yaml:2:1"));
        assertThat(deployed.unread).singleElement().asString().startsWith("Helm chart: ");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a name with a hash is found where a configuration says that it is the name of a ConfigMap")
    void references() throws IOException {
        app(
                "configMapGenerator: [{name: values, files: [values.yaml=v.yaml]}]\nconfigurations: [names.yaml]\nnamePrefix: x-\n");
        file("app/v.yaml", VALUES);
        file("app/names.yaml", CONFIGURATION);
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease x-r r.io/a:1", "HelmRelease x-r r.io/b:1");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("without one, or with one of Secrets alone, the ConfigMap has another name and is told")
    void hashes() throws IOException {
        app("configMapGenerator: [{name: values, files: [values.yaml=v.yaml]}]\n");
        file("app/v.yaml", VALUES);
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r r.io/b:1");
        assertThat(deployed.unread).contains("Helm values source: app/release.yaml:6: ConfigMap values");
        deployed.objects.clear();
        app("configMapGenerator: [{name: values, files: [values.yaml=v.yaml]}]\nconfigurations: [names.yaml]\n");
        file("app/names.yaml", CONFIGURATION.lines().limit(2).reduce("", (a, b) -> a + b + "\n"));
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r r.io/b:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "literals: ['A=image: \"r.io/a:2\"']            | r.io/a:2",
                "literals: [\"A='image: r.io/a:2'\"]            | r.io/a:2",
                "envs: [vars.env]                               | r.io/a:3",
                "env: vars.env                                  | r.io/a:3",
            })
    @DisplayName("literals and lines of files are data, too")
    void literals(String entry, String image) throws IOException {
        app("A", "configMapGenerator: [{name: values, " + entry + ", options: {disableNameSuffixHash: true}}]\n");
        file("app/vars.env", "\uFEFF# c\n\n  A=image: r.io/a:3\nB=\n");
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r " + image, "HelmRelease r r.io/b:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "literals: ['A=a: b', 'A=c: d']",
                "literals: [A]",
                "envs: [vars.env]",
                "files: [A=missing.yaml]",
                "files: [A=a=b]",
                "files: [A=../secret.yaml]",
                "files: [A=link.yaml]",
                "files: [A=binary.yaml]"
            })
    @DisplayName("data that is not known is told, and nothing out of the folder is read")
    void unknown(String entry, @TempDir Path other) throws IOException {
        app("A", "configMapGenerator: [{name: values, " + entry + ", options: {disableNameSuffixHash: true}}]\n");
        file("app/vars.env", "A\n");
        file("secret.yaml", VALUES);
        Files.write(folder.resolve("app/binary.yaml"), new byte[] {'a', ':', ' ', (byte) 0xFF});
        Files.createSymbolicLink(folder.resolve("app/link.yaml"), Files.writeString(other.resolve("v"), VALUES));
        read();
        assertThat(deployed.images()).contains("HelmRelease r r.io/b:1").noneMatch(image -> image.contains("r.io/a"));
        assertThat(deployed.unread).contains("Helm values source: app/release.yaml:6: ConfigMap values");
    }

    @ParameterizedTest
    @CsvSource({"merge, r.io/a:2", "replace, q.io/q:2"})
    @DisplayName("an overlay merges or replaces what its base generates")
    void overlays(String behavior, String image) throws IOException {
        app("""
                configMapGenerator: [{name: values, files: [values.yaml=v.yaml], literals: ["x=y"]}]
                generatorOptions: {disableNameSuffixHash: true}
                """);
        file("app/v.yaml", VALUES);
        file(
                "prod/kustomization.yaml",
                "resources: [../app]\ngeneratorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator: [{name: values, behavior: "
                        + behavior + ", files: [values.yaml=v.yaml]}]\n");
        file("prod/v.yaml", "image: {repository: " + image.split(":", -1)[0] + ", tag: '2'}\n");
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r " + image, "HelmRelease r r.io/b:1");
        assertThat(alone.images()).containsExactlyInAnyOrder("HelmRelease r r.io/a:1", "HelmRelease r r.io/b:1");
    }

    @Test
    @DisplayName("a patch changes what is generated, and what is made together is found before other files")
    void patches() throws IOException {
        app("""
                configMapGenerator: [{name: values, files: [values.yaml=v.yaml]}]
                generatorOptions: {disableNameSuffixHash: true}
                patches:
                  - patch: |
                      apiVersion: v1
                      kind: ConfigMap
                      metadata: {name: values}
                      data: {values.yaml: "image: evil.io/a:1"}
                """);
        file("app/v.yaml", VALUES);
        file(
                "other.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: values}\ndata: {values.yaml: 'image: r.io/c:1'}\n");
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r evil.io/a:1", "HelmRelease r r.io/b:1");
    }

    @Test
    @DisplayName("variables of a Kustomization have values in what is generated, but where that is disabled")
    void variables() throws IOException {
        String generated = """
                configMapGenerator: [{name: values, files: [values.yaml=v.yaml]}]
                generatorOptions: {disableNameSuffixHash: true%s}
                """;
        flux("ks.yaml", "path: ./app\npostBuild: {substitute: {TAG: '7'}}\n");
        file("app/v.yaml", "image: {repository: r.io/a, tag: '${TAG}'}\n");
        app(generated.formatted(""));
        assertThat(read()).containsExactlyInAnyOrder("HelmRelease r r.io/a:7", "HelmRelease r r.io/b:1");
        deployed.objects.clear();
        app(generated.formatted(", annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}"));
        assertThat(read()).contains("HelmRelease r r.io/a:${TAG} ? ${TAG}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{image: 'r.io/a:1'}      | image        | r.io/v:1   | r.io/a:1",
                "{c: {image: 'r.io/a:1'}} | c.image      | r.io/v:1   | r.io/v:1",
                "{c: {image: 'r.io/a:1'}} | c.image      | 'r.io/v:1' | r.io/v:1",
                "{c: {image: 'r.io/a:1'}} | c.image      | \"r.io/v:1\" | r.io/v:1",
                "{c: {image: 'r.io/a:1'}} | c.l[1].image | r.io/v:1   | r.io/a:1 r.io/v:1",
                "{c: {image: 'r.io/a:1'}} | c.image      | null       | ``",
                "{c: {image: 'r.io/a:1'}} | c.image      | r.io/v:1,c.sidecar.image=r.io/w:1 | r.io/v:1 r.io/w:1",
            })
    @DisplayName("a value at a path is set as Flux does, in values that it has")
    void paths(String values, String path, String value, String images) throws IOException {
        file("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  v: |-\n    " + value + "\n");
        release("chartRef: {kind: OCIRepository, name: h}\nvalues: " + values
                + "\nvaluesFrom: [{kind: ConfigMap, name: m, valuesKey: v, targetPath: '" + path + "'}]\n");
        assertThat(read().stream()
                        .map(image -> image.substring("HelmRelease f/r ".length()))
                        .toList())
                .containsExactlyInAnyOrder(images.isEmpty() ? new String[0] : images.split(" ", -1));
    }
}
