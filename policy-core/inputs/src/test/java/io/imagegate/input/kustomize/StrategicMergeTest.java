package io.imagegate.input.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of containers with one name twice, and none. What is expected is what kubectl kustomize 1.37 prints. */
class StrategicMergeTest extends KustomizedFolder {

    private void patch(String spec) throws IOException {
        file("kustomization.yaml", "resources: [objects.yaml]\npatches:\n- path: patch.yaml\n");
        file("patch.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n" + spec + "\n");
    }

    private void deployment(String apiVersion, String containers) throws IOException {
        file(
                "objects.yaml",
                "apiVersion: " + apiVersion + "\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec:\n"
                        + "  {containers: [" + containers + "]}}}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "spec: {replicas: 2}; a:1 y:3 b:1",
                "spec: {template: {spec: {initContainers: [{name: q, image: q:1}]}}}; a:1 y:3 b:1 q:1",
                "spec: {template: {spec: {containers: [{name: y, image: y:9}]}}}; y:3 a:1 b:1",
                "spec: {template: {spec: {containers: [{name: n, image: n:9}]}}}; n:9 a:1 y:3 b:1",
                "spec: {template: {spec: {containers: [{name: y, $patch: delete}]}}}; a:1 b:1",
                "spec: {template: {spec: {containers: [{name: a, image: a:9}]}}}; a:9 y:3 b:1",
            })
    @DisplayName("a patch leaves the last of several containers with one name, also where it names none")
    void lastOfOneName(String spec, String images) throws IOException {
        deployment(
                "apps/v1",
                "{name: a, image: a:1}, {name: y, image: y:1}, {name: b, image: b:1},"
                        + " {name: y, image: y:2}, {name: y, image: y:3}");
        patch(spec);
        assertThat(String.join(" ", read()).replace("Deployment web ", "")).isEqualTo(images);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{image: a:1}, {name: b, image: b:1}", "{name: {x: y}, image: a:1}", "{name: '', image: a:1}"})
    @DisplayName("what a patch leaves of containers without a name is a problem, also where it names none")
    void withoutName(String containers) throws IOException {
        deployment("apps/v1", containers);
        patch("spec: {replicas: 2}");
        read();
        assertThat(problems).singleElement().asString().contains("without a name is not known");
    }

    @Test
    @DisplayName("of a version whose schema only some kustomizes have, two containers with one name are a problem")
    void otherVersion() throws IOException {
        deployment("extensions/v1beta1", "{name: y, image: y:1}, {name: z, image: z:1}");
        patch("spec: {replicas: 2}");
        file(
                "patch.yaml",
                "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n");
        assertThat(read()).containsExactly("Deployment web y:1", "Deployment web z:1");
        deployment("extensions/v1beta1", "{name: y, image: y:1}, {name: y, image: y:2}");
        read();
        assertThat(problems).singleElement().asString().contains("how kustomize merges containers");
    }
}
