package io.imagegate.policytest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicySamples;
import io.imagegate.document.PolicySchema;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A policy test that is built of reviews is read back, and passes. */
class PolicyTestBuilderTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private static PolicySet policies(String spec) {
        return PolicySamples.documents()
                .withClock(InstantSource.fixed(NOON))
                .read("p.yaml", PolicySamples.policy(spec));
    }

    private static Decision decide(PolicySet policies, TestFacts facts, ImageReview review) {
        return ImageGate.of(() -> policies, facts).decide(review, MutationScope.AS_IN_PODS);
    }

    private static String built(PolicySet policies, ImageReview review) {
        return new PolicyTestBuilder(policies)
                .add("c", review, TestFacts.NONE, NOON, decide(policies, TestFacts.NONE, review))
                .text("t", "");
    }

    private static List<PolicyTestResult> run(String text, PolicySet policies) throws IOException {
        Path file = Files.createTempFile("test", ".yaml");
        try {
            Files.writeString(file, text);
            return new PolicyTests(PolicySamples.documents()).run(file.toString(), policies);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    @DisplayName("a test is written as people write one")
    void text() {
        PolicySet policies = policies("""
                rules:
                  - name: tag
                    tag: {required: true}
                  - name: pinned
                    digest: {required: true}
                    enforce: warn
                  - name: fresh
                    image: {maxAge: 30d}
                """);
        TestFacts facts = TestFacts.read(
                "facts",
                "nginx:1: {created: 2026-11-01T00:00:00Z, size: 12Mi} # fresh\nredis: {labels: {a: '1'}}",
                List.of("nginx:1", "redis"),
                policies);
        ImageReview nginx = ImageReview.of("nginx:1").inNamespace("default");
        ImageReview redis = ImageReview.builder()
                .namespace("prod")
                .kind("Deployment.apps")
                .labels(Map.of("app", "cache"))
                .images(List.of(
                        ReviewedImage.of("redis", "spec.template.spec.initContainers", 0)
                                .withContainer(ContainerType.INIT, "cache"),
                        ReviewedImage.of("nginx:1", "spec.template.spec.containers", 0)))
                .build();

        assertThat(new PolicyTestBuilder(policies)
                        .add("web", nginx, facts, NOON, decide(policies, facts, nginx))
                        .add("web", redis, facts, NOON, decide(policies, facts, redis))
                        .text("t", "p.yaml"))
                .isEqualTo("""
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicyTest
                        metadata: {name: t}
                        spec:
                          policy: p.yaml
                          cases:
                            - name: web
                              at: "2026-11-28T12:00:00Z"
                              image: nginx:1
                              facts: {nginx:1: {created: "2026-11-01T00:00:00Z", size: "12Mi"}}
                              expect: {decision: allowed, warnings: [pinned]}
                            - name: "web (2)"
                              at: "2026-11-28T12:00:00Z"
                              review:
                                namespace: prod
                                kind: Deployment.apps
                                labels: {app: cache}
                                images:
                                  - image: redis
                                    type: init
                                    name: cache
                                  - nginx:1
                              facts: {nginx:1: {created: "2026-11-01T00:00:00Z", size: "12Mi"}, redis: {labels: {a: "1"}}}
                              expect: {decision: denied, rules: [tag, fresh], warnings: [pinned]}
                        """);
    }

    @Test
    @DisplayName("what a case cannot tell is refused in a sentence")
    void refused() {
        PolicySet policies = policies("rules: [{name: tag, tag: {required: true}}]");
        ImageReview review = ImageReview.of("nginx");
        assertThat(built(policies, review)).contains("image: nginx");

        refused(policies, review.toBuilder().before(review).build(), "what an object is before an update");
        refused(policies, review.toBuilder().imagesUnchanged(true).build(), "what an object is before an update");
        refused(policies, review.toBuilder().operation("DELETE").build(), "another operation than CREATE and UPDATE");
        refused(policies, review.toBuilder().images(List.<ReviewedImage>of()).build(), "a review without images");
        ReviewedImage unknown = review.images().get(0).withUnknown("${TAG}");
        refused(policies, review.toBuilder().images(List.of(unknown)).build(), "an image whose name is not known");
        refused(policies, review.toBuilder().kind("no kind").build(), "cannot tell this review: ");
        assertThat(built(policies, review.toBuilder().operation("UPDATE").build()))
                .contains("operation: UPDATE");
    }

    private static void refused(PolicySet policies, ImageReview review, String why) {
        assertThatThrownBy(() -> built(policies, review))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a case of a policy test cannot tell")
                .hasMessageContaining(why);
    }

    @Test
    @DisplayName("a decision that depends on names after a rewrite, or on the owner of an object, is refused")
    void otherDecision() {
        PolicySet rewriting = policies("""
                mutate: {rewrite: [{from: docker.io/library/*, to: mirror.example/*}]}
                rules: [{name: mirror, allow: [mirror.example/*]}]
                """);
        assertThat(built(rewriting, ImageReview.of("nginx:1").inNamespace("default")))
                .contains("decision: allowed");
        ImageReview two = ImageReview.of("nginx:1", "redis:1").inNamespace("default");
        assertThatThrownBy(() -> built(rewriting, two)).hasMessageContaining("would get another decision");

        PolicySet breakable = policies("""
                rules: [{name: tag, tag: {required: true}}]
                breakGlass:
                  annotation: a.image-policy.k8s.io/b
                  value: INC-*
                  namespaces: ["*"]
                  users: ["system:serviceaccount:kube-system:*"]
                """);
        ImageReview broken = ImageReview.of("nginx").inNamespace("prod").toBuilder()
                .annotations(Map.of("a.image-policy.k8s.io/b", "INC-1"))
                .user("system:serviceaccount:kube-system:job-controller")
                .groups(List.of())
                .build();
        assertThat(built(breakable, broken)).contains("decision: denied");
        ImageReview owned = broken.toBuilder().controlled(true).build();
        assertThat(breakable.decide(owned).allowed()).isTrue();
        assertThatThrownBy(() -> built(breakable, owned)).hasMessageContaining("would get another decision");
    }

    @Test
    @DisplayName("a decision that the policies do not make at that instant is refused")
    void otherInstant() {
        PolicySet policies = policies("""
                rules: [{name: tag, tag: {required: true}}]
                exceptions: [{rules: [tag], reason: r, expires: "2026-11-30"}]
                """);
        ImageReview review = ImageReview.of("nginx");
        Decision decision = policies.decide(review);
        PolicyTestBuilder builder = new PolicyTestBuilder(policies);

        assertThatThrownBy(
                        () -> builder.add("c", review, TestFacts.NONE, Instant.parse("2026-12-01T00:00:00Z"), decision))
                .hasMessageContaining("would get another decision");
        assertThat(builder.isEmpty()).isTrue();
        assertThatThrownBy(() -> builder.text("t", "")).isInstanceOf(IllegalStateException.class);
        assertThat(builder.add("c", review, TestFacts.NONE, NOON, decision).text("t", ""))
                .contains("allowed");
        assertThatThrownBy(() -> builder.text("No name", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    @Label("whatever its names are, a review is read back and passes")
    void readBack(@ForAll @StringLength(max = 30) String random, @ForAll long seed) throws IOException {
        String name = new String(random.getBytes(UTF_8), UTF_8);
        PolicySet policies = policies("""
                rules:
                  - name: tag
                    tag: {required: true}
                    enforce: {warn: [w*], default: deny}
                  - name: user
                    deny: ["**"]
                    match: {users: ["a*"], images: ["**"]}
                """);
        ImageReview review = review(new Random(seed), name);
        Decision decision = decide(policies, TestFacts.NONE, review);
        String text = new PolicyTestBuilder(policies)
                .add(name, review, TestFacts.NONE, NOON, decision)
                .text("t", "");

        assertThat(PolicySchema.accepts(text)).isTrue();
        assertThat(run(text, policies)).singleElement().satisfies(result -> {
            assertThat(result.failures()).isEmpty();
            assertThat(result.testCase()).isEqualTo(name);
            assertThat(result.decision().allowed()).isEqualTo(decision.allowed());
        });
    }

    private static ImageReview review(Random random, String name) {
        List<String> texts = List.of(name, "nginx", "nginx:1", "a: b", "true", "", "#x", "\u202e");
        ImageReviewBuilder review = ImageReview.builder().namespace(pick(random, List.of("", "prod", "default")));
        List<ReviewedImage> images = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            ReviewedImage image = ReviewedImage.of(pick(random, texts), "containers", i);
            images.add(random.nextBoolean() ? image : image.withContainer(ContainerType.INIT, pick(random, texts)));
        }
        review.images(images);
        if (random.nextBoolean()) {
            review.user(pick(random, texts)).groups(random.nextBoolean() ? texts : List.of());
        }
        if (random.nextBoolean()) {
            review.name(pick(random, texts)).labels(Map.of("k", pick(random, texts), pick(random, texts), "v"));
        }
        if (random.nextBoolean()) {
            review.operation("CREATE").kind("Pod").annotations(Map.of(pick(random, texts), name));
        }
        return review.build();
    }

    private static String pick(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
