package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.Recorded;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.PolicySamples;
import io.imagegate.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of policies are tested. */
class PolicyTestsTest {

    private static final String HEAD =
            "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicyTest\nmetadata: {name: t}\nspec:\n";

    @TempDir
    Path folder;

    private List<String> run(String spec) throws IOException {
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, HEAD + spec.indent(2));
        return new PolicyTests(PolicySamples.documents())
                .load(file.toString(), PolicySamples.documents().load("builtin:fixed-tags")).stream()
                        .flatMap(test -> PolicyTestResult.of(test).stream())
                        .flatMap(result -> result.failures().stream())
                        .toList();
    }

    @Test
    void everyLineOfTheProductionPolicyIsTested() {
        List<PolicyTest> tests = new PolicyTests(PolicySamples.documents())
                .load(PolicySamples.path("good/production-test.yaml").toString(), null);
        assertThat(tests).singleElement().satisfies(test -> {
            assertThat(test.name()).isEqualTo("production");
            assertThat(PolicyTestResult.of(test))
                    .hasSize(10)
                    .allSatisfy(result ->
                            assertThat(result.failures()).as(result.testCase()).isEmpty());
            assertThat(PolicyTestResult.of(test).get(0).line()).isEqualTo(8);
        });
    }

    @Test
    void whatIsNotAsExpectedIsTold() throws IOException {
        assertThat(run("""
                cases:
                  - {name: a, image: "nginx:1", expect: {decision: denied, rules: [fixed-tag], reason: latest}}
                  - {name: b, image: nginx, expect: {decision: allowed}}
                  - {name: c, image: nginx, expect: {decision: denied, rules: [other, fixed-tag], warnings: [pinned]}}
                """))
                .containsExactly(
                        "expected denied, got allowed",
                        "expected denied by fixed-tag, got no rule",
                        "expected a reason with \"latest\", got \"\"",
                        "expected allowed, got denied: image \"nginx\" (containers[0]) violates rule \"fixed-tag\": it has no "
                                + "tag, so it means \"latest\"; write a fixed tag",
                        "expected denied by fixed-tag, other, got fixed-tag",
                        "expected warned by pinned, got no rule");
    }

    @Test
    void mistakesAreToldLikeThoseOfPolicies() {
        assertThatThrownBy(() -> run("""
                date: tomorrow
                cases:
                  - {name: a, image: nginx, review: {images: [a]}, expect: {decision: denied}}
                  - {name: a, image: nginx, expect: {decision: deny}}
                  - {name: b, expect: {rules: []}}
                  - {name: c, review: {}, namespace: x, expect: {decision: allowed}}
                """))
                .isInstanceOfSatisfying(
                        PolicyDocumentException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.line() + ":" + p.column() + ": " + p.message())
                                .containsExactly(
                                        "5:9: spec.date: the text \"tomorrow\", expected a date such as 2027-01-31",
                                        "7:7: spec.cases[0]: several subjects, expected exactly one of image, review, manifest",
                                        "8:14: spec.cases[1].name: case \"a\" is already defined, expected another name",
                                        "8:50: spec.cases[1].expect.decision: \"deny\", expected one of allowed, denied",
                                        "9:7: spec.cases[2]: no subject, expected exactly one of image, review, manifest",
                                        "9:25: spec.cases[2].expect: missing key \"decision\"",
                                        "10:25: spec.cases[3].review: missing key \"images\"",
                                        "10:40: spec.cases[3].namespace: a namespace without an image, expected it in review"));
    }

    @Test
    void aManifestIsJudgedAsItStandsInItsFile() throws IOException {
        Files.writeString(folder.resolve("web.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec: {template: {spec: {containers: [{name: web, image: nginx}]}}}
                """);
        Files.writeString(folder.resolve("two.json"), """
                {"kind": "List", "apiVersion": "v1", "items": [
                  {"kind": "Pod", "apiVersion": "v1", "spec": {"containers": [{"image": "a:1"}]}},
                  {"kind": "Pod", "apiVersion": "v1", "spec": {"containers": [{"image": "b:1"}]}}]}
                """);
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, HEAD + """
                  policy: builtin:fixed-tags
                  cases:
                    - {name: a, manifest: web.yaml, expect: {decision: denied, rules: [fixed-tag]}}
                """.indent(2));
        PolicyTest test = new PolicyTests(new PolicyDocuments())
                .load(file.toString(), null)
                .get(0);
        assertThat(PolicyTestResult.of(test)).hasSize(1).allMatch(PolicyTestResult::passed);
        Files.writeString(
                file,
                PolicySamples.rule("allow: [redis]\nmatch: {namespaces: [shop]}") + "---\n" + HEAD + """
                  cases:
                    - {name: a, manifest: web.yaml, expect: {decision: denied}}
                """.indent(2));
        assertThat(failures(file)).isEmpty();
        Files.writeString(file, HEAD + """
                  policy: builtin:fixed-tags
                  cases:
                    - {name: a, manifest: two.json, expect: {decision: allowed}}
                    - {name: b, manifest: none.yaml, expect: {decision: allowed}}
                """.indent(2));
        assertThatThrownBy(() -> new PolicyTests(new PolicyDocuments()).load(file.toString(), null))
                .hasMessageContaining("spec.cases[0].manifest: 2 objects to decide on in")
                .hasMessageContaining("none.yaml: no such file or folder");
    }

    @Test
    void aRecordedReviewIsJudgedAsTheWebhookWould() throws IOException {
        String label = Recorded.admission("update-pods-label").replace("nginx:1.27.0", "nginx");
        Files.writeString(folder.resolve("delete.json"), Recorded.admission("delete-deployments"));
        Files.writeString(folder.resolve("label.json"), label);
        Files.writeString(
                folder.resolve("other.json"), label.replaceFirst("\"image\":\"nginx\"", "\"image\":\"redis\""));
        Files.writeString(folder.resolve("create.json"), label.replace("\"UPDATE\"", "\"CREATE\""));
        assertThat(run("""
                cases:
                  - {name: a, manifest: delete.json, expect: {decision: allowed}}
                  - {name: b, manifest: label.json, expect: {decision: allowed}}
                  - {name: c, manifest: other.json, expect: {decision: denied, rules: [fixed-tag]}}
                  - {name: d, manifest: create.json, expect: {decision: denied, rules: [fixed-tag]}}
                """)).isEmpty();
    }

    @Test
    void ignoredKindsAreTested() throws IOException {
        Files.writeString(folder.resolve("widget.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                ---
                apiVersion: example.com/v1alpha1
                kind: Widget
                metadata: {name: web}
                spec: {template: {spec: {containers: [{name: web, image: nginx}]}}}
                """);
        String test = HEAD + "  cases:\n  - {name: a, manifest: widget.yaml, expect: {decision: %s}}\n";
        Path file = folder.resolve("t.yaml");
        Files.writeString(
                file, PolicySamples.rule("allow: [nginx]") + "---\n" + test.formatted("denied, rules: [unknown-kind]"));
        assertThat(failures(file)).isEmpty();
        String ignoring =
                PolicySamples.policy("ignoredKinds: [Widget.example.com]\nrules: [{name: r, allow: [nginx]}]");
        Files.writeString(file, ignoring + "---\n" + test.formatted("allowed"));
        assertThat(failures(file)).isEmpty();
        Files.writeString(file, ignoring.replace("Widget", "Widgets") + "---\n" + test.formatted("denied"));
        assertThat(failures(file)).isEmpty();
    }

    @Test
    void aKindWithoutImagesIsDecidedAsTheWebhookDoes() throws IOException {
        Files.writeString(folder.resolve("widget.yaml"), """
                apiVersion: example.com/v1alpha1
                kind: Widget
                metadata: {name: web}
                spec: {workloadRef: {name: web}}
                """);
        String test = HEAD + "  cases:\n  - {name: a, manifest: widget.yaml, expect: {decision: %s}}\n";
        Path file = folder.resolve("t.yaml");
        Files.writeString(
                file, PolicySamples.rule("allow: [nginx]") + "---\n" + test.formatted("denied, rules: [unknown-kind]"));
        assertThat(failures(file)).isEmpty();
        String ignoring =
                PolicySamples.policy("ignoredKinds: [Widget.example.com]\nrules: [{name: r, allow: [nginx]}]");
        Files.writeString(file, ignoring + "---\n" + test.formatted("allowed"));
        assertThat(failures(file)).isEmpty();
    }

    @Test
    void valuesAndContainersAreReadAsTheWebhookDoes() throws IOException {
        for (String object : List.of(
                "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, spec: {values: {gitImages: {features: [a]}}}}",
                "{apiVersion: v1, kind: Pod, spec: {containers: [{name: a}, {name: b, image: nginx}]}}")) {
            Files.writeString(folder.resolve("object.yaml"), "# an object\n" + object);
            Path file = Files.writeString(
                    folder.resolve("t.yaml"),
                    PolicySamples.rule("allow: [nginx]") + "---\n" + HEAD
                            + "  cases:\n  - {name: a, manifest: object.yaml, expect: {decision: denied}}\n");
            assertThat(failures(file)).as(object).isEmpty();
        }
    }

    @Test
    void aRecordedRequestTellsWhoMayBreakTheGlass() throws IOException {
        String policy = PolicySamples.policy("""
                rules: [{name: r, tag: {deny: [latest]}}]
                breakGlass: {annotation: a, value: INC-1, namespaces: [default], users: [alice]}
                """);
        String pod =
                "{kind: Pod, apiVersion: v1, metadata: {name: web, annotations: {a: INC-1}}, spec: {containers: [{image: %s}]}}";
        String test = HEAD + "  cases:\n  - {name: a, manifest: request.yaml, expect: {decision: %s}}\n";
        String request =
                "--- {kind: AdmissionReview, apiVersion: admission.k8s.io/v1, request: {uid: u, operation: CREATE,"
                        + " namespace: default, kind: {group: '', version: v1, kind: Pod}, userInfo: {username: %s}, object: "
                        + pod.formatted("nginx") + "}}";
        Path file = folder.resolve("t.yaml");
        Files.writeString(folder.resolve("request.yaml"), request.formatted("alice"));
        Files.writeString(file, policy + "---\n" + test.formatted("allowed"));
        assertThat(failures(file)).isEmpty();
        Files.writeString(folder.resolve("request.yaml"), request.formatted("bob"));
        Files.writeString(file, policy + "---\n" + test.formatted("denied, rules: [r, break-glass]"));
        assertThat(failures(file)).isEmpty();
        // An object does not.
        Files.writeString(folder.resolve("request.yaml"), "--- " + pod.formatted("\"nginx:1\""));
        Files.writeString(file, policy + "---\n" + test.formatted("denied, rules: [break-glass]"));
        assertThat(failures(file)).isEmpty();
    }

    private static List<String> failures(Path file) {
        return new PolicyTests(PolicySamples.documents())
                .load(file.toString(), null).stream()
                        .flatMap(test -> PolicyTestResult.of(test).stream())
                        .flatMap(result -> result.failures().stream())
                        .toList();
    }

    @Test
    void policiesAreFoundWhereTheTestSaysOrBesideIt() throws IOException {
        String cases = "  cases: [{name: a, image: nginx, expect: {decision: allowed}}]\n";
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, PolicySamples.rule("allow: [nginx]") + "---\n" + HEAD + cases);
        assertThat(tested(file)).containsExactly("p");
        Files.writeString(file, HEAD + "  policy: ../" + folder.getFileName() + "/p.yaml\n" + cases);
        assertThatThrownBy(() -> tested(file)).hasMessageEndingWith("p.yaml: no such file or folder");
        Files.writeString(folder.resolve("p.yaml"), PolicySamples.rule("allow: [nginx]"));
        assertThat(tested(file)).containsExactly("p");
        Files.writeString(file, HEAD + "  policy: builtin:restricted\n" + cases);
        assertThat(tested(file)).containsExactly("restricted");
        Files.writeString(file, HEAD + cases);
        assertThatThrownBy(() -> tested(file)).hasMessageContaining("no policy to test, expected spec.policy");
        Files.writeString(file, PolicySamples.rule("allow: [nginx]"));
        assertThatThrownBy(() -> tested(file)).hasMessageContaining("no policy test, expected");
        assertThatThrownBy(() -> new PolicyTests(new PolicyDocuments()).run("a\0b"))
                .isInstanceOf(PolicyDocumentException.class);
        assertThatThrownBy(() -> new PolicyTests(new PolicyDocuments()).run("builtin:x"))
                .hasMessageStartingWith("builtin:x: there is no such built-in policy");
    }

    private static List<String> tested(Path file) {
        return new PolicyTests(PolicySamples.documents())
                .load(file.toString(), null).get(0).policies().policies().stream()
                        .map(Policy::name)
                        .toList();
    }
}
