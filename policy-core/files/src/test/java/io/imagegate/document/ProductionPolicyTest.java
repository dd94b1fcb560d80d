package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Requirement;
import io.imagegate.policy.Severity;
import io.imagegate.policy.UpdateScope;
import io.imagegate.policy.Violation;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy that uses everything, and images for every line of it, near-misses beside hits. */
class ProductionPolicyTest {

    private static final PolicySet POLICIES =
            PolicySamples.documents().load(PolicySamples.path("good/production.yaml"));
    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    private static Decision decide(String namespace, Map<String, String> annotations, String image) {
        ImageReview review = ImageReview.of(image.replace("@", DIGEST)).inNamespace(namespace);
        return POLICIES.decide(ImageReview.builder()
                .images(review.images())
                .namespace(namespace)
                .annotations(annotations)
                .build());
    }

    @ParameterizedTest(name = "{1} in {0}: violates {2}")
    @CsvSource({
        // fixed-tag: also tells the rules an untrusted or unpinned image violates besides
        "default, docker.io/library/nginx:1.27@, ''",
        "default, nginx:1.27@, ''",
        "default, nginx@, ''",
        "default, nginx:latest@, fixed-tag",
        "default, nginx:latest-alpine@, ''",
        "default, nginx:1-SNAPSHOT@, fixed-tag",
        "default, nginx:1-SNAPSHOTS@, ''",
        "default, nginx, fixed-tag either",
        "default, registry.internal:5000/app, fixed-tag",
        "default, registry.internal:5000/app:1, ''",
        // trusted-registry: the inline set, and the one from a file
        "default, registry.k8s.io/pause:3.10@, ''",
        "default, registry.k8s.io.evil.example/pause:3.10@, trusted-registry",
        "default, ghcr.io/acme/payments/api:1@, ''",
        "default, ghcr.io/acme-evil/payments:1@, trusted-registry",
        "default, evilghcr.io/acme/payments:1@, trusted-registry",
        "default, nginx/nginx:1@, trusted-registry",
        "default, quay.io/partner/tool:1@, ''",
        "default, quay.io/partner-evil/tool:1@, trusted-registry",
        "default, evil.example/docker.io/library/nginx:1@, trusted-registry",
        // no-old-openssl
        "default, alpine:3.18@, no-old-openssl",
        "default, index.docker.io/library/alpine:3.19@, no-old-openssl",
        "default, alpine:3.20@, ''",
        "default, alpine:3.1@, ''",
        // supported-major, for one image only
        "default, ghcr.io/acme/api:2.3.0@, ours",
        "default, ghcr.io/acme/api:2.2.9@, supported-major ours",
        "default, ghcr.io/acme/api:4.0.0@, supported-major ours",
        "default, ghcr.io/acme/api:3.0.0-rc.1@, supported-major ours",
        "default, ghcr.io/acme/payments:2.2.9@, ''",
        // pinned, in production alone
        "prod-eu, registry.internal:5000/app:1, pinned",
        "prod-sandbox, registry.internal:5000/app:1, ''",
        "preprod-eu, registry.internal:5000/app:1, ''",
        // either
        "default, quay.io/partner/tool:1, either",
        "default, registry.internal/app:1, trusted-registry either",
        // ours
        "default, ghcr.io/acme/billing:1@, ours",
        // beyond all rules
        "default, docker/Nginx:1, invalid-reference",
        "default, foo_bar.com/baz:1, no-registry",
    })
    void everyLineCounts(String namespace, String image, String violated) {
        assertThat(decide(namespace, Map.of(), image).violations().stream()
                        .map(Violation::rule)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(violated);
    }

    @Test
    void theOwnMessageIsTheReason() {
        assertThat(decide("default", Map.of(), "nginx:latest@").reason()).isEqualTo("检查镜像失败!镜像标签不允许使用latest!");
    }

    @Test
    void warningsDoNotDeny() {
        Decision decision = decide("prod-eu", Map.of(), "registry.internal:5000/app:1");
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.warnings()).singleElement().asString().contains("rule \"pinned\"");
    }

    @ParameterizedTest(name = "{1} in {0}: exempted {2}")
    @CsvSource({
        "dev, ghcr.io/acme/tools/lint:latest@, true",
        "dev, ghcr.io/acme/tools/lint/extra:latest@, false",
        "dev, ghcr.io/acme/payments:latest@, false",
        "dev2, ghcr.io/acme/tools/lint:latest@, false",
    })
    void theExceptionIsForItsImagesInItsNamespace(String namespace, String image, boolean exempted) {
        assertThat(decide(namespace, Map.of(), image).violations().stream()
                        .filter(v -> v.rule().equals("fixed-tag"))
                        .allMatch(v -> v.exemption().isPresent()))
                .isEqualTo(exempted);
    }

    @ParameterizedTest(name = "{1} in {0}: broken {2}")
    @CsvSource({"prod-eu, INC-7, true", "prod-eu, 7, false", "prod-eu, '', false", "dev, INC-7, false"})
    void theGlassBreaks(String namespace, String value, boolean broken) {
        Map<String, String> annotations = Map.of("ticket.image-policy.k8s.io/break-glass", value);
        assertThat(decide(namespace, annotations, "nginx").allowed()).isEqualTo(broken);
    }

    @Test
    void theRestIsThereToo() {
        Policy policy = POLICIES.policies().get(0);
        assertThat(policy.name()).isEqualTo("production");
        assertThat(policy.locale()).hasToString("en");
        assertThat(policy.onUpdate()).isEqualTo(UpdateScope.CHANGED_IMAGES);
        assertThat(policy.exemptions()).singleElement().satisfies(e -> {
            assertThat(e.reason()).isEqualTo("migration of the build tools");
            assertThat(e.expires()).hasToString("2027-01-31");
        });
        assertThat(policy.rules()).hasSize(7);
        assertThat(policy.ignoresKind("Rollout.argoproj.io")).isFalse();
    }

    @Test
    void reportsGetWhatThePolicySaysOfItselfAndOfItsRules() {
        Policy policy = POLICIES.policies().get(0);
        assertThat(policy.labels()).containsExactly(Map.entry("example.com/team", "platform"));
        assertThat(policy.annotations()).containsExactly(Map.entry("owner", "The platform team"));
        String why = "Images in production are pinned by a digest.";
        URI page = URI.create("https://example.com/handbook/images#pinned");
        assertThat(policy.rules())
                .filteredOn(rule -> rule.name().equals("pinned"))
                .extracting(NamedRule::description, NamedRule::severity, NamedRule::link)
                .containsExactly(tuple(Optional.of(why), Optional.of(Severity.HIGH), Optional.of(page)));
        assertThat(decide("prod-eu", Map.of(), "registry.internal:5000/app:1").violations())
                .extracting(Violation::rule, Violation::description, Violation::severity, Violation::link)
                .containsExactly(tuple("pinned", Optional.of(why), Optional.of(Severity.HIGH), Optional.of(page)));
        assertThat(decide("default", Map.of(), "Nginx").violations())
                .extracting(Violation::description, Violation::severity, Violation::link)
                .containsExactly(
                        tuple(Optional.empty(), Optional.empty(), Optional.of(Requirement.VALID_REFERENCE.page())));
    }

    @Test
    void aRuleFromJavaHasDetailsToo() {
        NamedRule rule = NamedRule.of("r", Rules.fixedTag())
                .withDescription("why")
                .withSeverity(Severity.CRITICAL)
                .withLink(URI.create("https://example.com/"))
                .withEnforcement(Enforcement.WARN);
        assertThat(rule.description()).contains("why");
        assertThat(rule.severity()).contains(Severity.CRITICAL);
        assertThat(rule.link()).contains(URI.create("https://example.com/"));
        assertThatThrownBy(() -> rule.withDescription(" ")).hasMessageContaining("blank description");
        for (String link : List.of("mailto:a@example.com", "https:///x", "//example.com", "https:x")) {
            assertThatThrownBy(() -> rule.withLink(URI.create(link))).hasMessageContaining("expected a URL");
        }
        Policy policy = Policy.builder("p")
                .rule(rule)
                .label("a", "")
                .annotation("B.example/c", " ")
                .build();
        assertThat(policy.labels()).containsEntry("a", "");
        assertThat(policy.annotations()).containsEntry("B.example/c", " ");
        assertThatThrownBy(() -> Policy.builder("p").label("a/", "b")).hasMessageContaining("expected a key");
        assertThatThrownBy(() -> Policy.builder("p").label("a", "-b")).hasMessageContaining("value of a label");
    }
}
