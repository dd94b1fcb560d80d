package io.imagegate.input.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transformers of kustomize itself in files, and configurations of images. What is expected is what kubectl kustomize 1.37 prints. */
class BuiltinTransformerTest extends KustomizedFolder {

    @BeforeEach
    void objects() throws IOException {
        file("objects.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers: [{name: a, image: 'nginx:1'}]
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: Kafka
                metadata: {name: one}
                spec: {kafka: {image: 'agent:1'}, kafkaExporter: {image: 'nginx:1'}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: map}
                data: {x: a}
                """);
    }

    @Test
    @DisplayName("transformers change images, names and namespaces as fields of a kustomization do, in their order")
    void transformers() throws IOException {
        file("kustomization.yaml", "resources: [objects.yaml]\ntransformers: [t.yaml]\n");
        file("t.yaml", """
                apiVersion: builtin
                kind: ImageTagTransformer
                metadata: {name: x}
                imageTag: {name: nginx, newName: r.io/nginx, newTag: "2"}
                fieldSpecs: [{path: spec/kafkaExporter/image, kind: Kafka}]
                ---
                apiVersion: builtin
                kind: NamespaceTransformer
                metadata: {name: x, namespace: shop}
                fieldSpecs: [{path: metadata/namespace, create: true}]
                ---
                apiVersion: builtin
                kind: PrefixSuffixTransformer
                metadata: {name: x}
                prefix: a-
                suffix: -z
                fieldSpecs: [{path: metadata/name}]
                ---
                apiVersion: builtin
                kind: PatchTransformer
                metadata: {name: x}
                patch: '[{"op": "add", "path": "/spec/containers/-", "value": {"name": "b", "image": "b:1"}}]'
                target: {kind: Pod, name: a-web-z}
                ---
                apiVersion: builtin
                kind: PatchJson6902Transformer
                metadata: {name: x}
                target: {version: v1, kind: Pod, name: a-web-z}
                jsonOp: '[{"op": "add", "path": "/spec/containers/-", "value": {"name": "c", "image": "c:1"}}]'
                ---
                apiVersion: builtin
                kind: PatchStrategicMergeTransformer
                metadata: {name: x}
                patches: |-
                  apiVersion: v1
                  kind: Pod
                  metadata: {name: a-web-z, namespace: shop}
                  spec: {containers: [{name: d, image: "d:1"}]}
                ---
                apiVersion: builtin
                kind: ReplacementTransformer
                metadata: {name: x}
                replacements:
                - source: {kind: Pod, fieldPath: metadata.name}
                  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]
                ---
                apiVersion: builtin
                kind: ReplicaCountTransformer
                metadata: {name: x}
                replica: {name: web, count: 2}
                fieldSpecs: [{path: spec/replicas, kind: Pod}]
                """);
        List<String> images = read();
        assertThat(problems).isEmpty();
        assertThat(images)
                .containsExactlyInAnyOrder(
                        "Pod shop/a-web-z d:1",
                        "Pod shop/a-web-z r.io/nginx:2",
                        "Pod shop/a-web-z b:1",
                        "Pod shop/a-web-z c:1",
                        "Kafka shop/a-one-z agent:1",
                        "Kafka shop/a-one-z r.io/nginx:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: ValueAddTransformer\nvalue: evil\n",
                "kind: ImageTagTransformer\nimageTag: {name: nginx, tagSuffix: -x}\nfieldSpecs: []\n",
                "kind: PrefixTransformer\nprefix: a\nfieldSpecs: [{path: metadata/name, kind: Pod}]\n",
                "kind: PatchTransformer\npatch: '{}'\nmagic: 1\n",
                "kind: PatchJson6902Transformer\njsonOp: '[]'\n",
                "kind: NamespaceTransformer\nunsetOnly: true\nfieldSpecs: []\n",
            })
    @DisplayName("a transformer of which not all is known is a problem")
    void unknown(String transformer) throws IOException {
        file("kustomization.yaml", "resources: [objects.yaml]\ntransformers: [t.yaml]\n");
        file("t.yaml", "apiVersion: builtin\nmetadata: {name: x}\n" + transformer);
        read();
        assertThat(problems).hasSize(1);
    }

    @Test
    @DisplayName("a transformer with the annotation of a function is one of elsewhere")
    void function() throws IOException {
        file("kustomization.yaml", "resources: [objects.yaml]\ntransformers: [t.yaml]\n");
        file("t.yaml", """
                apiVersion: builtin
                kind: ReplacementTransformer
                metadata: {name: x, annotations: {config.kubernetes.io/function: "container: {image: evil}"}}
                """);
        read();
        assertThat(problems).hasSize(1);
    }

    @Test
    @DisplayName("a configuration says where else images stand that images change, one entry after the other")
    void configuration() throws IOException {
        file("kustomization.yaml", """
                resources: [objects.yaml]
                configurations: [c.yaml]
                images: [{name: agent, newName: nginx}, {name: nginx, newTag: "5"}, {name: nginx, newName: agent}]
                """);
        file("c.yaml", "images: [{path: spec/kafka/image, kind: Kafka}]\n");
        assertThat(read()).containsExactlyInAnyOrder("Pod web agent:5", "Kafka one agent:5", "Kafka one nginx:1");
        assertThat(problems).isEmpty();
        file("c.yaml", "images: [{path: spec/kafka/image, create: true, kind: Kafka}]\n");
        assertThat(read()).contains("Kafka one agent:5");
        file("c.yaml", "images: [{path: spec/zookeeper/image, create: true, kind: Kafka}]\n");
        read();
        assertThat(problems).singleElement().asString().contains("c.yaml:1:", "is not known");
    }
}
