package io.imagegate.input.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replacements of images. What is expected is what kubectl kustomize 1.37 prints. */
class KustomizeReplacementsTest extends KustomizedFolder {

    private static final String GENERATED =
            "configMapGenerator: [{name: cfg, literals: [image=r.io/new:2, tag=v9]}]\nresources: [pod.yaml]\n";
    private static final String REPLACEMENT = """
            source: {kind: ConfigMap, name: cfg, fieldPath: data.image}
            targets: [{select: {kind: Pod, name: web}, fieldPaths: ['spec.containers.[name=a].image']}]
            """;

    @BeforeEach
    void objects() throws IOException {
        file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, labels: {version: v7}}
                spec: {containers: [{name: a, image: 'nginx:1'}, {name: b, image: 'r.io/b:3'}]}
                """);
    }

    private static String inline(String replacement) {
        return "replacements:\n- " + replacement.strip().replace("\n", "\n  ") + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "namePrefix: x-; cfg; web; x-web",
                "namePrefix: x-; x-cfg; x-web; x-web",
                "nameSuffix: -y; cfg; web-y; web-y",
                "namespace: shop; cfg; web; shop/web",
                "namespace: shop; cfg; ''; shop/web",
            })
    @DisplayName("source and target are found by the names that they had before and have now")
    void renamed(String field, String source, String target, String made) throws IOException {
        file(
                "kustomization.yaml",
                GENERATED + field + "\n"
                        + inline(REPLACEMENT
                                .replace("name: cfg", "name: " + source)
                                .replace("name: web", "name: '" + target + "'")));
        assertThat(read()).containsExactly("Pod " + made + " r.io/new:2", "Pod " + made + " r.io/b:3");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a name in an overlay is found by those of the base, whose generator has been given a hash")
    void overlay() throws IOException {
        file("base/kustomization.yaml", GENERATED + "namePrefix: x-\n");
        file("base/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {containers: [{name: a, image: 'nginx:1'}]}
                """);
        file("top/kustomization.yaml", "resources: [../base]\nnameSuffix: -y\n" + inline(REPLACEMENT));
        assertThat(read()).contains("Pod x-web-y r.io/new:2");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a file of replacements copies from what is generated, and so does a component")
    void files() throws IOException {
        file("kustomization.yaml", GENERATED + "namePrefix: x-\nreplacements: [{path: r.yaml}]\n");
        file("r.yaml", inline(REPLACEMENT).substring("replacements:\n".length()));
        assertThat(read()).containsExactly("Pod x-web r.io/new:2", "Pod x-web r.io/b:3");
        file("r.yaml", REPLACEMENT);
        assertThat(read()).containsExactly("Pod x-web r.io/new:2", "Pod x-web r.io/b:3");
        file("kustomization.yaml", GENERATED + "components: [c]\n");
        file(
                "c/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplacements: [{path: r.yaml}]\n");
        file("c/r.yaml", REPLACEMENT);
        assertThat(read()).containsExactly("Pod web r.io/new:2", "Pod web r.io/b:3");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{kind: ConfigMap, name: cfg, fieldPath: data.tag}; {delimiter: ':', index: 1}; nginx:v9",
                "{kind: ConfigMap, name: cfg, fieldPath: data.tag}; {delimiter: ':', index: 7}; nginx:1:v9",
                "{kind: ConfigMap, name: cfg, fieldPath: data.tag}; {delimiter: '/', index: -1}; v9/nginx:1",
                "{kind: ConfigMap, name: cfg, fieldPath: data.image, options: {delimiter: '/'}}; {delimiter: ':'}; r.io:1",
                "{kind: ConfigMap, name: cfg, fieldPath: data.image, options: {delimiter: ':', index: 1}}; {delimiter: ':', index: 1}; nginx:2",
                "{kind: Pod, name: web, fieldPath: metadata.labels.version}; {delimiter: ':', index: 1}; nginx:v7",
                "{kind: Pod, fieldPath: 'spec.containers.[name=b].image'}; {index: 3}; r.io/b:3",
                "{kind: Pod, name: web}; {delimiter: ':'}; x-web:1",
            })
    @DisplayName("parts of texts are copied, also of labels, names and images")
    void parts(String source, String options, String image) throws IOException {
        file(
                "kustomization.yaml",
                GENERATED + "namePrefix: x-\n"
                        + inline("source: " + source + "\n"
                                + "targets: [{select: {kind: Pod}, fieldPaths: ['spec.containers.0.image'], options: "
                                + options + "}]\n"));
        assertThat(read()).containsExactly("Pod x-web " + image, "Pod x-web r.io/b:3");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{kind: ConfigMap, name: cfg, fieldPath: data.tag, options: {delimiter: ':', index: 1}}; {}",
                "{kind: ConfigMap, name: cfg, fieldPath: data.tag}; {delimiter: ':', index: '1'}",
                "{kind: ConfigMap, name: cfg, fieldPath: data.tag}; {delimiter: ':', encoding: base64}",
                "{kind: Pod, name: web, fieldPath: spec.nodeName}; {}",
                "{kind: ConfigMap, name: c.g, fieldPath: data.image}; {}",
                "{kind: ConfigMap, name: cfg, namespace: other, fieldPath: data.image}; {}",
            })
    @DisplayName("what versions of kustomize copy differently, or refuse, is unknown")
    void unknown(String source, String options) throws IOException {
        file(
                "kustomization.yaml",
                GENERATED
                        + inline("source: " + source + "\n"
                                + "targets: [{select: {kind: Pod}, fieldPaths: ['spec.containers.0.image'], options: "
                                + options + "}]\n"));
        read();
        assertThat(problems).isNotEmpty();
    }
}
