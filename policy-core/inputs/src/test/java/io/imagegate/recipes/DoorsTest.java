package io.imagegate.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.gate.LiveGate;
import io.imagegate.object.ObjectParser;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.testkit.Facts;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of README.md. */
class DoorsTest {

    private final Policy policy = Policy.byDefault();
    private final PolicySet policies = PolicySet.of(policy);
    private final ObjectParser parser = ObjectParser.of(policies.workloads());

    @Test
    void anImage() {
        Policy policy = Policy.builder("production")
                .rule("fixed-tag", Rules.fixedTag())
                .rule("trusted-registry", Rules.allow("ghcr.io/acme/**", "docker.io/library/*"))
                .build();
        Decision decision = policy.decide("nginx");

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("fixed-tag").doesNotContain("trusted-registry");
        assertThat(policy.decide("nginx:1", "quay.io/x:1").reason())
                .contains("quay.io/x:1")
                .doesNotContain("nginx:1");
        assertThat(policy.decide("nginx:1", "ghcr.io/acme/api:2").allowed()).isTrue();
        assertThat(policy.decide().allowed()).isFalse();
        assertThat(policies.decide("nginx").allowed()).isFalse();
        assertThat(policies.decide("nginx:1").allowed()).isTrue();
    }

    @Test
    void anImageInANamespace() {
        ImageReview review = ImageReview.of("nginx:1.27").inNamespace("prod");
        Decision decision = policy.decide(review);

        assertThat(decision.allowed()).isTrue();
        assertThat(review.namespace()).isEqualTo("prod");
    }

    @Test
    void anObjectFromAStream(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("pod.yaml"), """
                kind: Pod
                apiVersion: v1
                metadata: {name: web, namespace: prod, annotations: {a: b}}
                spec: {containers: [{name: web, image: nginx}]}
                """);
        try (InputStream in = Files.newInputStream(file)) {
            ImageReview review = parser.parse(in).review("default");
            Decision decision = policy.decide(review);

            assertThat(review.namespace()).isEqualTo("prod");
            assertThat(review.annotations()).containsEntry("a", "b");
            assertThat(decision.reason()).contains("spec.containers[0]");
        }
    }

    @Test
    void anObjectFromMaps() {
        Map<String, Object> object = Map.of(
                "kind",
                "Deployment",
                "apiVersion",
                "apps/v1",
                "spec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(Map.of("image", "nginx:1"))))));
        ImageReview review = parser.parse(object).review("default");
        Decision decision = policy.decide(review);

        assertThat(review)
                .isEqualTo(ImageReview.builder()
                        .images(review.images())
                        .namespace("default")
                        .podAnnotations(Map.of())
                        .templates(Map.of("spec.template", Map.of()))
                        .labels(Map.of())
                        .operation("CREATE")
                        .kind("Deployment.apps")
                        .build());
        assertThat(review.images())
                .singleElement()
                .hasToString(review.images().get(0).toString());
        assertThat(decision.allowed()).isTrue();
    }

    @Test
    void anObjectOfAClient() {
        String json = "{\"spec\": {\"containers\": [{\"name\": \"web\", \"image\": \"nginx\"}]}}";
        ImageReview review = parser.withDefaultKind("Pod").parse(json).review("default");
        Decision decision = policy.decide(review);

        assertThat(review.kind()).contains("Pod");
        assertThat(decision.reason()).contains("spec.containers[0]");
    }

    @Test
    void anObjectOfAnyKind() {
        Map<String, Object> object = Map.of("kind", "Service", "apiVersion", "v1", "spec", Map.of("clusterIP", "None"));
        Decision decision = parser.parse(object).decide(policies, "default");

        assertThat(decision.allowed()).isTrue();
        Map<String, Object> rollout = Map.of("kind", "Rollout", "apiVersion", "argoproj.io/v1", "image", "nginx:1");
        assertThat(parser.parse(rollout).decide(policies, "default").allowed()).isFalse();
    }

    /** Where nothing asks registries, as in this module; in policy-signature the same snippet decides. */
    @Test
    void policiesInFiles() {
        assertThatThrownBy(() -> {
                    try (LiveGate gate = LiveGate.open("policies/", Path.of("registries.yaml"))) {
                        Decision decision = gate.decide(
                                ImageReview.of("ghcr.io/acme/api:1.4").inNamespace("prod"));
                        assertThat(decision.allowed()).isTrue();
                    }
                })
                .hasMessage("registries.yaml: add the artifact io.imagegate:policy-registry, which asks registries");
    }

    @Test
    void factsOfYourOwn() {
        ReloadListener listener = new ReloadListener() {
            @Override
            public void loaded(PolicySet policies, String digest) {}

            @Override
            public void refused(PolicyDocumentException problems) {}
        };
        FactSource facts = Facts.source(Map.of());
        try (LivePolicies policies = LivePolicies.watch(new PolicyDocuments(), "builtin:baseline", listener)) {
            ImageGate gate = ImageGate.of(policies, facts);
            Decision decision = gate.decide(ImageReview.of("nginx").inNamespace("prod"));

            assertThat(decision.allowed()).isFalse();
        }
    }

    @Test
    void aRuleThatAsksForAFact() {
        ImageReference nginx = ImageReference.parse("nginx:1");
        Digest digest = Digest.parse("sha256:" + "a".repeat(64));
        PlatformImage platform = PlatformImage.of(digest, "linux/amd64");
        ImageMetadata four = ImageMetadata.of(digest, Collections.nCopies(4, platform));
        ImageMetadata five = ImageMetadata.of(digest, Collections.nCopies(5, platform));
        FactSource facts = Facts.source(Map.of(nginx, Facts.of(four)));
        Rule small = image -> Finding.of(
                image.facts().metadata(),
                metadata -> metadata.images().size() <= 4
                        ? Finding.satisfied()
                        : Finding.violation("it has more than four platforms"));
        Policy policy = Policy.builder("production").rule("small", small).build();
        Decision decision = ImageGate.of(() -> PolicySet.of(policy), facts).decide(ImageReview.of("nginx:1"));

        assertThat(decision.allowed()).isTrue();
        FactSource others = Facts.source(Map.of(nginx, Facts.of(five)));
        assertThat(ImageGate.of(() -> PolicySet.of(policy), others)
                        .decide(ImageReview.of("nginx:1"))
                        .reason())
                .endsWith("it has more than four platforms");
        assertThat(policy.decide("nginx:1").allowed()).isFalse();
    }

    @Test
    void references() {
        String digest = "sha256:" + "a".repeat(64);
        ImageReference image = ImageReference.of("ghcr.io", "acme/api", "1.4");
        ImageReference mirrored = image.withRegistry("registry.internal:5000");
        ImageReference pinned = mirrored.withDigest(Digest.parse(digest));

        assertThat(pinned).hasToString("registry.internal:5000/acme/api:1.4@" + digest);
    }

    @Test
    void theApiServer() throws Exception {
        InputStream body =
                new ByteArrayInputStream("{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8));
        PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
        Answer answer = webhook.handle("POST", "/validate?timeout=10s", "application/json", body);

        assertThat(new String(answer.body(), UTF_8)).contains("\"allowed\":true");
    }

    @Test
    void severalClusters() throws Exception {
        InputStream body = new ByteArrayInputStream("{}".getBytes(UTF_8));
        LiveGate gate = LiveGate.builder()
                .named("prod", "policies/prod")
                .named("dev", "policies/dev")
                .openLater();
        PolicyWebhook webhook = PolicyWebhook.of(gate);
        try (gate) {
            assertThat(webhook.gate("/validate/prod")).contains("prod");
            assertThat(new String(
                            webhook.handle("POST", "/validate/dev", "application/json", body)
                                    .body(),
                            UTF_8))
                    .contains("\"allowed\":false");
        }
    }
}
