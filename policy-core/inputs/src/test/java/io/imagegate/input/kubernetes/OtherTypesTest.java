package io.imagegate.input.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.FoundObjects;
import io.imagegate.input.InputException;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import io.imagegate.workload.Workloads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of well-known kinds in files, whose fields have the types of another version of the definition. */
class OtherTypesTest {

    private static final ImageGate GATE = ImageGate.of(
            PolicySet.of(Policy.builder("p").rule("any", Rules.allow("**")).build()));

    private static final String MARIADB =
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: MariaDB\nmetadata: {name: a}\nspec: {image: {repository: mariadb, tag: '10'}}\n";

    private static FoundObjects read(String text, boolean asWebhook) throws Exception {
        return FoundObjects.in(new Manifests(new ObjectReading(Workloads.wellKnown(), asWebhook)), "a.yaml", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k8s.mariadb.com/v1alpha1  | MariaDB   | {image: {repository: mariadb, tag: '10'}}                   | spec.image",
                "apps.kruise.io/v1alpha1   | DaemonSet | {template: {spec: {containers: {name: a, image: 'b:1'}}}}   | spec.template.spec.containers",
            })
    @DisplayName(
            "the object is denied with the field that has another type, and the other objects of the file are judged")
    void denied(String apiVersion, String kind, String spec, String field) throws Exception {
        FoundObjects found = read(
                "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\nspec: " + spec
                        + "\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: 'c:1'}]}\n",
                false);
        assertThat(found.objects).hasSize(2);
        Decision decision = found.objects.get(0).decide(GATE, "default");
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.violations().toString()).contains(field);
        assertThat(found.objects.get(1).decide(GATE, "default").allowed()).isTrue();
    }

    @Test
    @DisplayName("a built-in workload, and what is judged as in a webhook, have the types of their definition")
    void refused() {
        assertThatThrownBy(() -> read(MARIADB, true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("spec.image: expected a string, got an object");
        assertThatThrownBy(() -> read(
                        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {template: {spec: {containers: {name: a}}}}\n",
                        false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected an array, got an object");
    }
}
