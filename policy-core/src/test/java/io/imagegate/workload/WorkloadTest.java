package io.imagegate.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds and paths that workloads have, and which of several policies' workloads hold. */
class WorkloadTest {

    private static final String WIDGET = "Widget.example.com";

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "spec",
                "spec.a-b.c_d.e9",
                "spec.steps[*].image",
                "spec.images[*]",
                "spec.a[*][*].b",
                "template.spec"
            })
    void paths(String path) {
        assertThat(WorkloadPath.parse(path)).hasToString(path).isEqualTo(WorkloadPath.parse(path));
    }

    @Test
    void steps() {
        assertThat(WorkloadPath.parse("spec.a[*][*].b").steps()).containsExactly("spec", "a", "[*]", "[*]", "b");
        assertThat(WorkloadPath.isName("a-b_C9")).isTrue();
        assertThat(WorkloadPath.isName("")).isFalse();
        assertThat(WorkloadPath.isName("a.b")).isFalse();
    }

    @ParameterizedTest(name = "path {0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "'' # expected names joined by dots",
                ".spec # expected names joined by dots",
                "spec. # expected names joined by dots",
                "spec..a # expected names joined by dots",
                "$.spec # expected names joined by dots",
                "/spec/image # expected names joined by dots",
                "spec.steps[0].image # [*] for each element of a list",
                "spec.steps.*.image # [*] for each element of a list",
                "spec.steps[*]image # [*] for each element of a list",
                "[*].image # expected names joined by dots",
                "spec.a b # expected names joined by dots",
                "metadata.annotations.image # no image stands in metadata",
                "spec.template.metadata.name # no image stands in metadata",
                "status.image # no image stands in status",
                "items[*].spec # no image stands in items",
                "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a # expected 20 steps at most, got 21",
            })
    void otherPathsAreRefused(String path, String problem) {
        assertThatThrownBy(() -> WorkloadPath.parse(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path \"")
                .hasMessageContaining(problem);
    }

    @Test
    void aPathHasALimit() {
        assertThat(WorkloadPath.parse("a".repeat(200)).steps()).hasSize(1);
        assertThatThrownBy(() -> WorkloadPath.parse("a".repeat(201)))
                .hasMessageContaining("expected 200 characters at most");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Pod, built-in",
        "Deployment.apps, built-in",
        "Deployment.extensions, built-in",
        "Widget, expected one Kind.group",
        "Widget.apps, expected one Kind.group",
        "'*.example.com', expected one Kind.group",
        "example.com/v1/Widget, expected one Kind.group",
        "Widget.Example.com, expected one Kind.group",
    })
    void otherKindsAreRefused(String kind, String problem) {
        assertThatThrownBy(() -> Workload.of(kind))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest(name = "{0} beside {1}")
    @CsvSource({
        "spec.a.image, spec.a.image, is already there",
        "spec.a, spec.a.image, overlaps",
        "spec.a[*].image, spec.a.b.tool, overlaps",
        "spec.template.spec, spec.template.spec.tool.image, overlaps",
    })
    void placesThatOverlapAreRefused(String one, String other, String problem) {
        Workload workload = Workload.of(WIDGET).withPodSpec(one);
        assertThatThrownBy(() -> workload.withImages(other)).hasMessageContaining(problem);
        assertThatThrownBy(() -> Workload.of(WIDGET).withImages(other).withPodSpec(one))
                .hasMessageContaining(problem);
    }

    @Test
    void placesBesideEachOtherAreNot() {
        Workload workload = Workload.of(WIDGET)
                .withPodSpec("spec.a.spec")
                .withImages("spec.a.image")
                .withImages("spec.ab.image");
        assertThat(workload.images()).hasSize(2);
        assertThat(workload)
                .hasToString(
                        "{kind: Widget.example.com, podSpec: [spec.a.spec], images: [spec.a.image, spec.ab.image]}");
        assertThat(workload)
                .isEqualTo(Workload.of(WIDGET)
                        .withImages("spec.ab.image")
                        .withImages("spec.a.image")
                        .withPodSpec("spec.a.spec"))
                .isNotEqualTo(Workload.of(WIDGET).withPodSpec("spec.a.spec"))
                .isNotEqualTo(Workload.of(WIDGET)
                        .withImages("spec.ab.image")
                        .withPodSpec("spec.a.image")
                        .withImages("spec.a.spec"));
    }

    @Test
    void aWorkloadHasALimit() {
        Workload workload = Workload.of(WIDGET);
        for (int i = 0; i < 64; i++) {
            workload = workload.withImages("spec.a" + i);
        }
        Workload full = workload;
        assertThatThrownBy(() -> full.withImages("spec.b")).hasMessageContaining("expected 64 places at most");
    }

    private static PolicyBuilder policy(String name) {
        return Policy.builder(name).rule("r", Rules.fixedTag());
    }

    @Test
    @DisplayName("the workloads of several policies are united; two different ones of a kind are refused")
    void severalPolicies() {
        Workload widget = Workload.of(WIDGET).withPodSpec("spec.template.spec");
        Workload task = Workload.of("Task.tekton.dev").withImages("spec.image");
        Policy one = policy("one").workload(widget).build();
        Policy two = policy("two").workload(widget).workload(task).build();
        Workloads united = PolicySet.of(one, two).workloads();
        assertThat(united.find(WIDGET)).contains(widget);
        assertThat(united.find("Task.tekton.dev")).contains(task);
        assertThat(united.find("Rollout.argoproj.io")).isPresent();
        assertThat(united.find("Pod")).isPresent();
        assertThat(united.isWellKnown("Task.tekton.dev")).isFalse();
        assertThat(united.isWellKnown("Rollout.argoproj.io")).isTrue();
        assertThat(united.isWellKnown("Pod")).isFalse();
        Policy three = policy("three")
                .workload(Workload.of(WIDGET).withPodSpec("spec.spec"))
                .build();
        assertThatThrownBy(() -> PolicySet.of(one, three))
                .hasMessageContaining("different workloads of the kind \"Widget.example.com\"");
    }

    @Test
    @DisplayName("a well-known kind that all policies ignore is unknown; one that a policy names is not")
    void ignoredKinds() {
        Policy ignoring = policy("ignoring").ignoreKind("*.argoproj.io").build();
        Policy strict = policy("strict").build();
        assertThat(PolicySet.of(ignoring).workloads().find("Rollout.argoproj.io"))
                .isEmpty();
        assertThat(PolicySet.of(ignoring).workloads().find("Task.tekton.dev")).isPresent();
        assertThat(PolicySet.of(ignoring, strict).workloads().find("Rollout.argoproj.io"))
                .isPresent();
        Policy naming = policy("naming")
                .ignoreKind("*.argoproj.io")
                .workload(Workload.of("Rollout.argoproj.io").withPodSpec("spec.template.spec"))
                .build();
        assertThat(PolicySet.of(ignoring, naming).workloads().find("Rollout.argoproj.io"))
                .isPresent();
        assertThat(PolicySet.unloaded("why").workloads().find("Rollout.argoproj.io"))
                .isPresent();
    }

    @Test
    void aPolicyIsRefused() {
        Workload widget = Workload.of(WIDGET).withPodSpec("spec");
        assertThatThrownBy(() -> policy("p").workload(Workload.of(WIDGET)))
                .hasMessageContaining("expected podSpec, images or helmValues");
        assertThatThrownBy(() -> policy("p").workload(widget).workload(widget)).hasMessageContaining("already has one");
        assertThatThrownBy(() -> policy("p").workload(widget).ignoreKind(WIDGET))
                .hasMessageContaining("expected it in one");
        assertThatThrownBy(() -> policy("p").ignoreKind(WIDGET).workload(widget))
                .hasMessageContaining("expected it in one");
        PolicyBuilder full = policy("p");
        for (int i = 0; i < 200; i++) {
            full.workload(Workload.of("Widget" + i + ".example.com").withPodSpec("spec"));
        }
        assertThatThrownBy(() -> full.workload(widget)).hasMessageContaining("expected 200 at most");
        assertThat(full.build().workloads()).hasSize(200);
        assertThat(List.copyOf(PolicySet.of(full.build()).workloads().all())).hasSizeGreaterThan(200);
    }
}
