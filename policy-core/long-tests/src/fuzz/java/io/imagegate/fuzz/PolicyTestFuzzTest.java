package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.policytest.TestFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A text is policy tests, which run, or facts about images, or it has mistakes, each with a place in it. */
@WhereJazzerRuns
class PolicyTestFuzzTest {

    private static final PolicyDocuments DOCUMENTS = new PolicyDocuments();
    private static final String POLICY =
            "{apiVersion: imagegate.io/v1alpha1, kind: ImagePolicy, metadata: {name: production}, spec: {rules:"
                    + " [{name: a, tag: {required: true}}, {name: b, image: {maxAge: 30d, platforms: [linux/amd64]}}]}}";

    static Stream<byte[]> seeds() {
        return Stream.of(
                FuzzedFile.ofRepository("policy-core/junit/src/test/policies/production-test.yaml"),
                ("{apiVersion: imagegate.io/v1alpha1, kind: ImagePolicyTest, metadata: {name: t}, spec: {policy:"
                                + " production, cases: [{name: c, image: 'nginx:1', namespace: a, facts: {'nginx:1': {created:"
                                + " 2026-11-01T00:00:00Z, platforms: [linux/amd64]}}, at: 2026-11-02T00:00:00Z, expect: allowed}]}}")
                        .getBytes(UTF_8),
                "{nginx:1: {digest: 'sha256:aa', created: 2026-11-01T00:00:00Z, size: 1Mi, labels: {a: b}}}"
                        .getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aTextIsTestsOrFactsOrSaysWhereItIsNot(byte[] data) throws IOException {
        String text = new String(data, UTF_8);
        // Read here: Jazzer breaks records that are loaded before it begins.
        PolicySet policies = DOCUMENTS.read("p.yaml", POLICY);
        try {
            assertThat(TestFacts.read("facts", text, List.of("nginx:1"), policies))
                    .isNotNull();
        } catch (PolicyDocumentException e) {
            assertPlaced(e, data.length);
        }
        Path file = FuzzedFile.of(data);
        Path yaml = file.resolveSibling("fuzzed-test.yaml");
        Files.move(file, yaml, StandardCopyOption.REPLACE_EXISTING);
        try {
            List<PolicyTestResult> results = new PolicyTests(DOCUMENTS).run(yaml.toString(), policies);
            assertThat(results).doesNotContainNull();
        } catch (PolicyDocumentException e) {
            assertPlaced(e, data.length);
        } finally {
            Files.delete(yaml);
        }
    }

    private static void assertPlaced(PolicyDocumentException e, int length) {
        assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.line()).isBetween(0, length + 2);
            assertThat(problem.message()).hasSizeLessThan(10_000).matches("[ -~\u2026]*");
        });
    }
}
