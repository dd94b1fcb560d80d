package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicySamples;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts in a text of their own are those of a case of a policy test. */
class TestFactsTest {

    private static final List<String> IMAGES = List.of("nginx:1", "ghcr.io/acme/api:2");

    private static PolicySet policies(String rule) {
        return PolicySamples.documents().read("p.yaml", PolicySamples.rule(rule));
    }

    private static Decision decide(PolicySet policies, String facts, String image) {
        TestFacts read = TestFacts.read("facts", facts, IMAGES, policies);
        return ImageGate.of(() -> policies, read).decide(ImageReview.of(image), MutationScope.AS_IN_PODS);
    }

    @Test
    @DisplayName("rules are decided by the facts, and what is not given is absent")
    void given() {
        PolicySet policies = policies("image: {maxAge: 30d}");
        String facts = "nginx:1: {created: 2026-11-01T00:00:00Z}\nghcr.io/acme/api:2: {created: 2025-11-01T00:00:00Z}";

        assertThat(decide(policies, facts, "nginx:1").allowed()).isTrue();
        assertThat(decide(policies, facts, "ghcr.io/acme/api:2").reason()).contains("was created on 2025-11-01");
        assertThat(decide(policies, facts, "redis:1").allowed()).isFalse();
        assertThat(decide(policies, "", "nginx:1").allowed()).isFalse();
        assertThat(decide(policies, "# nothing yet\n", "nginx:1").reason())
                .contains("the test case does not give its metadata");
    }

    @Test
    @DisplayName("an image that the policy rewrites and pins has the facts of the name that was written")
    void renamed() {
        String digest = "sha256:" + "a".repeat(64);
        PolicySet policies = PolicySamples.documents().read("p.yaml", PolicySamples.policy("""
                mutate:
                  rewrite: [{from: docker.io/library/*, to: mirror.example/*}]
                  pin: ["**"]
                rules:
                  - name: pinned
                    digest: {required: true}
                """));
        Decision decision = decide(policies, "nginx:1: {digest: '" + digest + "'}", "nginx:1");

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.mutations().get(0).result()).isEqualTo("mirror.example/nginx:1@" + digest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nginx:2: {digest: x} | facts:1:10: nginx:2: there is no image \"nginx:2\", expected one of nginx:1, ghcr.io/acme/api:2 (did you mean nginx:1?)",
                "nginx:1: {layout: folder} | facts:1:19: nginx:1.layout: a layout, but this program reads none, expected facts",
                "nginx:1: {attestations: [{type: slsaprovenance1, by: [ci], predicate: {file: x.json}}]} | a file, but this was not read from a folder",
                "nginx:1: {signedBy: [cj]} | facts:1:22: nginx:1.signedBy[0]: unknown signer \"cj\", expected ci",
                "nginx:1: {signd: [ci]} | facts:1:11: nginx:1: unknown key \"signd\", expected one of digest",
                "nginx:1: {digest: x | facts:1:20: not YAML or JSON",
                "[nginx:1] | facts:1:1: a list, expected a mapping",
                "nginx:1: {} \\n---\\nnginx:1: {} | facts:3:1: another document, expected one mapping from names of images",
            })
    void mistakes(String text, String problem) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        String key = Base64.getEncoder()
                .encodeToString(keys.generateKeyPair().getPublic().getEncoded());
        PolicySet policies = PolicySamples.documents()
                .withSignatures(root -> {})
                .read("p.yaml", PolicySamples.policy("""
                        signers:
                          ci: {keys: [{pem: "-----BEGIN PUBLIC KEY-----\\n%s\\n-----END PUBLIC KEY-----\\n"}]}
                        rules:
                          - name: signed
                            signature: {by: [$ci]}
                        """.formatted(key)));
        assertThatThrownBy(() -> TestFacts.read("facts", text.replace("\\n", "\n"), IMAGES, policies))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    @DisplayName("all mistakes are told at once, each with its place")
    void all() {
        PolicyDocumentException e = catchThrowableOfType(
                PolicyDocumentException.class,
                () -> TestFacts.read(
                        "facts",
                        "nginx:1:\n  size: big\n  created: today\n",
                        IMAGES,
                        policies("tag: {required: true}")));
        assertThat(e.problems()).extracting(DocumentProblem::line).containsExactly(2, 3);
        assertThat(e.problems()).extracting(DocumentProblem::column).containsExactly(9, 12);
        assertThat(e.problems()).extracting(DocumentProblem::endColumn).containsExactly(12, 17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff", "---\n", "# a\n---\n"})
    @DisplayName("no facts are no mistake")
    void none(String text) {
        TestFacts.read("facts", text, List.of(), policies("tag: {required: true}"));
    }
}
