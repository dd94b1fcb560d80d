package io.imagegate.recipes;

import static io.imagegate.testkit.PolicyAssertions.assertThatPolicies;
import static io.imagegate.testkit.PolicyAssertions.assertThatPolicy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import io.imagegate.testkit.Facts;
import io.imagegate.testkit.Manifest;
import io.imagegate.testkit.Manifests;
import io.imagegate.testkit.PolicyAssert;
import io.imagegate.testkit.References;
import io.imagegate.testkit.Reviews;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The recipes, as the page has them. */
class RecipesTest {

    private static final String FILE = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - name: fixed-tag
                  tag: {required: true, deny: [latest]}
                - name: trusted-registry
                  allow: [registry.example/**, docker.io/library/*]
                - name: pinned
                  enforce: warn
                  match: {namespaces: ["prod-*"]}
                  digest: {required: true}
              exceptions:
                - rules: [fixed-tag]
                  images: [registry.example/tools/*]
                  reason: migration of the build tools
                  expires: 2027-01-31
              breakGlass:
                annotation: ticket.image-policy.k8s.io/break-glass
                value: "INC-*"
                namespaces: ["prod-*"]
            """;

    private final PolicySet policies = new PolicyDocuments().read("production.yaml", FILE);

    @Example
    void fixedTags() {
        Policy policy =
                Policy.builder("production").rule("fixed-tag", Rules.fixedTag()).build();
        assertThatPolicy(policy).allows("nginx:1.17.1");
        assertThatPolicy(policy).denies("nginx").because("fixed-tag");
        assertThatPolicy(policy).denies("nginx:latest").onlyBecause("fixed-tag").saying("latest");
    }

    @Example
    void exceptionsAndBreakGlass() {
        PolicyAssert policy = assertThatPolicies(policies);
        policy.on(LocalDate.parse("2027-01-31")).allows("registry.example/tools/make");
        policy.on(LocalDate.parse("2027-02-01")).denies("registry.example/tools/make");

        PolicyAssert urgent = policy.withAnnotations(Map.of("ticket.image-policy.k8s.io/break-glass", "INC-4711"));
        urgent.inNamespace("prod-eu").allows("nginx:latest");
        urgent.inNamespace("dev").denies("nginx:latest").because("fixed-tag");

        policy.inNamespace("prod-eu").warnsOf("nginx:1.17.1").because("pinned");
    }

    @Property
    void nothingRunsThatMeansLatest(@ForAll("texts") String image) {
        if (policies.decide(ImageReview.of(image).inNamespace("default")).allowed()) {
            ImageReference reference = ImageReference.parse(image);
            assertThat(reference.isLatest()).isFalse();
            assertThat(reference.hasTag() || reference.hasDigest()).isTrue();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return References.any();
    }

    @Property
    void oneDeniedContainerIsEnough(@ForAll("allowed") String good, @ForAll("denied") String bad) {
        assertThatPolicies(policies).allows(good);
        assertThatPolicies(policies).denies(good, bad);
    }

    @Provide
    Arbitrary<String> allowed() {
        return References.allowedBy(policies);
    }

    @Provide
    Arbitrary<String> denied() {
        return References.deniedBy(policies);
    }

    @Property
    void oneMoreContainerNeverHelps(@ForAll("reviews") ImageReview review, @ForAll("texts") String image) {
        if (!policies.decide(review).allowed()) {
            assertThatPolicies(policies).denies(Reviews.plus(review, image));
        }
    }

    @Provide
    Arbitrary<ImageReview> reviews() {
        return Reviews.any();
    }

    @Property
    void everyImageOfAManifestIsFound(@ForAll("manifests") Manifest manifest) throws Exception {
        ManifestReader.read("web.yaml", new ByteArrayInputStream(manifest.text().getBytes(UTF_8)), object -> {
            assertThat(object.images())
                    .extracting(image -> image.text())
                    .containsExactlyInAnyOrderElementsOf(manifest.images());
            assertThat(object.kind()).startsWith(manifest.kind());
            assertThat(object.namespace()).isEqualTo(manifest.namespace());
        });
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return Manifests.any();
    }

    private final PolicySet fresh = PolicySet.of(Policy.builder("fresh")
            .rule("fresh", Rules.maxAge(Duration.ofDays(180)))
            .build());

    @Property
    void noFactNoAllowance(@ForAll("unknown") ImageFacts facts) {
        FactSource source = Facts.source(Map.of(ImageReference.parse("nginx:1"), facts));
        assertThat(ImageGate.of(() -> fresh, source)
                        .decide(ImageReview.of("nginx:1"))
                        .allowed())
                .isFalse();
    }

    @Provide
    Arbitrary<ImageFacts> unknown() {
        return Facts.unknown();
    }
}
