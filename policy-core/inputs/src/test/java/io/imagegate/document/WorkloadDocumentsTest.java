package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workloads of policy files and policy tests. */
class WorkloadDocumentsTest {

    private static final String RULES = "rules: [{name: r, allow: [nginx]}]";

    @TempDir
    private Path folder;

    private static String policy(String name, String workloads) {
        return PolicySamples.policy("workloads: " + workloads + "\n" + RULES)
                .replace("name: p}", "name: " + name + "}");
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }

    @Test
    @DisplayName("a path may be a text or an element of a list")
    void textsAndLists() throws IOException {
        Path file = write(
                "p.yaml",
                policy(
                        "p",
                        "[{kind: A.example.com, podSpec: spec.a, images: spec.b}, {kind: B.example.com, podSpec: [spec.a], images: ['spec.b[*]', spec.c]}]"));
        PolicySet policies = new PolicyDocuments().load(file);
        assertThat(policies.workloads().find("A.example.com"))
                .contains(Workload.of("A.example.com").withPodSpec("spec.a").withImages("spec.b"));
        assertThat(policies.workloads().find("B.example.com"))
                .contains(Workload.of("B.example.com")
                        .withPodSpec("spec.a")
                        .withImages("spec.b[*]")
                        .withImages("spec.c"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "[] # spec.workloads: an empty list, expected at least one element",
                "[a] # spec.workloads[0]: the text \"a\", expected a mapping with keys such as kind",
                "[{podSpec: spec}] # spec.workloads[0]: missing key \"kind\"",
                "[{kind: A.example.com}] # spec.workloads[0]: workload \"A.example.com\": it says nowhere that images stand, expected podSpec, images or helmValues",
                "[{kind: A.example.com, podspec: spec}] # spec.workloads[0]: unknown key \"podspec\", expected one of kind, podSpec, images, helmValues (did you mean podSpec?)",
                "[{kind: Pod, podSpec: spec}] # spec.workloads[0].kind: workload \"Pod\": the places of the images of a built-in workload are known",
                "[{kind: A/b, podSpec: spec}] # spec.workloads[0].kind: workload \"A/b\": expected one Kind.group",
                "[{kind: A.example.com, podSpec: [spec.a, 'spec.b[0]']}] # spec.workloads[0].podSpec[1]: path \"spec.b[0]\": expected names joined by dots, and [*]",
                "[{kind: A.example.com, images: status.a}] # spec.workloads[0].images: path \"status.a\": no image stands in status",
                "[{kind: A.example.com, podSpec: spec, images: spec.a}] # spec.workloads[0].images: path \"spec.a\" overlaps \"spec\"",
                "[{kind: A.example.com, podSpec: {a: b}}] # spec.workloads[0].podSpec: a mapping, expected text",
                "[{kind: A.example.com, podSpec: spec}, {kind: A.example.com, podSpec: spec}] # spec.workloads[1]: workload \"A.example.com\": the policy already has one of this kind",
            })
    void mistakes(String workloads, String problem) {
        assertThat(PolicySamples.problems(policy("p", workloads))).contains(problem);
    }

    @Test
    @DisplayName("all mistakes of a workload are reported at once")
    void allMistakes() {
        assertThat(PolicySamples.problems(policy("p", "[{kind: Pod, podSpec: '.a', images: ['', b]}]"))
                        .lines())
                .hasSize(3);
    }

    @Test
    @DisplayName("a kind that is ignored by its name cannot be a workload; a glob gives way to it")
    void ignoredKinds() throws IOException {
        String workload = "[{kind: A.example.com, podSpec: spec}]\nignoredKinds: [%s]";
        assertThat(PolicySamples.problems(policy("p", workload.formatted("A.example.com"))))
                .contains("spec.workloads[0]: kind \"A.example.com\": ignoredKinds and workloads both have it");
        Path file = write("p.yaml", policy("p", workload.formatted("'*.example.com'")));
        assertThat(new PolicyDocuments().load(file).workloads().find("A.example.com"))
                .isPresent();
    }

    @Test
    @DisplayName("policies of several files agree on each kind")
    void severalFiles() throws IOException {
        write("a.yaml", policy("a", "[{kind: A.example.com, podSpec: spec.a}]"));
        write(
                "b.yaml",
                policy("b", "[{kind: A.example.com, podSpec: spec.a}, {kind: B.example.com, podSpec: spec.b}]"));
        assertThat(new PolicyDocuments().load(folder).workloads().find("B.example.com"))
                .isPresent();
        write("c.yaml", policy("c", "[{kind: A.example.com, podSpec: spec.c}]"));
        assertThatThrownBy(() -> new PolicyDocuments().load(folder))
                .hasMessageContaining("c.yaml:5:15: spec.workloads[0]: the kind \"A.example.com\" has other places in ")
                .hasMessageContaining("a.yaml line 5, expected the same ones");
    }

    @Test
    @DisplayName("kinds of mutate are known, from this policy, another one or the list")
    void mutatedKinds() throws IOException {
        String mutate =
                "\nmutate: {kinds: [A.example.com, Rollout.argoproj.io], rewrite: [{from: 'quay.io/**', to: 'm.io/**'}]}";
        Path file = write("a.yaml", policy("a", "[{kind: A.example.com, podSpec: spec.a}]" + mutate));
        assertThat(new PolicyDocuments().load(file).mutation().orElseThrow().kinds())
                .containsExactlyInAnyOrder("A.example.com", "Rollout.argoproj.io");
        Path other = write("b.yaml", policy("b", "[{kind: B.example.com, podSpec: spec.a}]" + mutate));
        assertThatThrownBy(() -> new PolicyDocuments().load(other))
                .hasMessageContaining(
                        "b.yaml:6:11: spec.mutate: kinds: it is not known where images stand in objects of the"
                                + " kind \"A.example.com\", expected it in spec.workloads without helmValues");
        Files.writeString(file, policy("a", "[{kind: A.example.com, podSpec: spec.a}]"));
        assertThat(new PolicyDocuments().load(folder).mutation()).isPresent();
        Files.writeString(
                other,
                policy("b", "[{kind: A.example.com, podSpec: spec.a}]\nignoredKinds: ['*.argoproj.io']" + mutate));
        assertThatThrownBy(() -> new PolicyDocuments().load(other))
                .hasMessageContaining("\"Rollout.argoproj.io\", expected");
    }

    @Test
    @DisplayName("a mistake elsewhere in a policy is the only problem of its mutate")
    void mutatedKindsOfMistakenPolicies() throws IOException {
        String mutate =
                "\nmutate: {kinds: [A.example.com, Rollout.argoproj.io], rewrite: [{from: 'quay.io/**', to: 'm.io/**'}]}";
        Path file = write("a.yaml", policy("a", "[{kind: A.example.com, podSpec: spec.a}]\nlocale: fr" + mutate));
        assertThatThrownBy(() -> new PolicyDocuments().load(file))
                .hasMessageContaining("spec.locale: \"fr\"")
                .hasMessageNotContaining("spec.mutate");
    }

    @Test
    @DisplayName("a policy test reads manifests by the workloads of its policies")
    void policyTests() throws IOException {
        write("widget.yaml", """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: a}
                spec: {tool: {image: redis}}
                """);
        String test = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec:
                  cases:
                    - name: a
                      manifest: widget.yaml
                      facts: {redis: {digest: "sha256:%s"}}
                      expect: {decision: denied, rules: [%s]}
                ---
                """;
        String digest = "a".repeat(64);
        Path file = write(
                "t.yaml",
                test.formatted(digest, "r") + policy("p", "[{kind: Widget.example.com, images: spec.tool.image}]"));
        assertThat(new PolicyTests(new PolicyDocuments()).run(file.toString()))
                .singleElement()
                .matches(PolicyTestResult::passed);
        Files.writeString(
                file,
                test.replaceFirst(" *facts.*\n", "").formatted("unknown-kind")
                        + policy("p", "[{kind: Other.example.com, images: spec.tool.image}]"));
        assertThat(new PolicyTests(new PolicyDocuments()).run(file.toString()))
                .singleElement()
                .matches(PolicyTestResult::passed);
    }
}
