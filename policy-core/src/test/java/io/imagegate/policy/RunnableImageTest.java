package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.Finding;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.rule.SignatureRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Where;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import io.imagegate.testkit.Facts;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An image that may run")
class RunnableImageTest {

    private static final Digest DIGEST = digest("a");
    private static final Signer CI = signer("ci");
    private static final Signer OTHER = signer("other");
    private static final SignatureRule BY_CI = SignatureRule.by(CI);
    private static final SignatureRule BY_OTHER = SignatureRule.by(OTHER);
    private static final JsonPointer BUILDER = new JsonPointer("/runDetails/builder/id");
    private static final AttestationRule BUILT = AttestationRule.of(AttestationType.parse("slsaprovenance1"), CI)
            .with(new Where(BUILDER, ValueCondition.matches("https://builder.example/*")));
    private static final String TAG = "ghcr.io/acme/api:1";
    private static final String PINNED = TAG + "@" + DIGEST;

    private static Digest digest(String digit) {
        return Digest.parse("sha256:" + digit.repeat(64));
    }

    private static Signer signer(String name) {
        return new KeylessSigner(name, Trust.of("public", "{}"), "https://issuer", PathGlob.parse(name), Map.of());
    }

    /** Facts of an image that CI signed and attested. */
    private static ImageFacts facts(Digest digest) {
        ImageFacts exists = Facts.of(ImageMetadata.of(digest, List.of(PlatformImage.of(digest, "linux/amd64"))));
        ImageFacts signed = Facts.signedBy(Facts.signedBy(exists, BY_CI.need(), CI), BY_OTHER.need());
        return Facts.attestedBy(
                signed, BUILT.need(), Map.of(BUILDER, PredicateValue.text("https://builder.example/7")), CI);
    }

    private static Decision decide(ImageReview review, UnaryOperator<PolicyBuilder> rules) {
        PolicySet policies = PolicySet.of(rules.apply(Policy.builder("p")).build());
        Map<ImageReference, ImageFacts> all = new HashMap<>();
        for (String name : List.of(TAG, PINNED, "mirror.example/acme/api:1", "mirror.example/acme/api:1@" + DIGEST)) {
            all.put(ImageReference.parse(name), facts(DIGEST));
        }
        return ImageGate.of(() -> policies, Facts.source(all)).decide(review, MutationScope.AS_IN_PODS);
    }

    private static RunnableImage run(ImageReview review, UnaryOperator<PolicyBuilder> rules) {
        List<RunnableImage> images = decide(review, rules).toRun();
        assertThat(images).hasSize(1);
        return images.get(0);
    }

    private static RunnableImage runBy(UnaryOperator<PolicyBuilder> rules) {
        return run(ImageReview.of(TAG).inNamespace("prod"), rules);
    }

    private static RunnableImage run(Rule rule) {
        return runBy(policy -> policy.rule("r", rule));
    }

    private static void assertNotVerified(RunnableImage image) {
        assertThat(image.verified()).isEmpty();
        assertThatThrownBy(image::requireVerified)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("image \"" + image.name() + "\" (containers[0]): it is not verified");
    }

    @Test
    @DisplayName("has the digest that a signature satisfied, beside the one that was looked up")
    void verifiedBySignature() {
        RunnableImage image = run(BY_CI);
        assertThat(image.image()).isEqualTo(ReviewedImage.of(TAG, "containers", 0));
        assertThat(image.name()).isEqualTo(TAG);
        assertThat(image.resolved().map(ResolvedDigest::digest)).contains(DIGEST);
        assertThat(image.verified().map(VerifiedDigest::digest)).contains(DIGEST);
        assertThat(image.requireVerified()).hasToString(PINNED);
        assertThat(image.requirePinned()).hasToString(PINNED);
        assertThat(image)
                .hasToString("RunnableImage[image \"" + TAG + "\" (containers[0]), resolved=" + DIGEST + ", verified="
                        + DIGEST + "]");
    }

    @Test
    @DisplayName("has digests that are equal if they are, and only of one sort")
    void digests() {
        RunnableImage image = run(BY_CI);
        ResolvedDigest resolved = image.resolved().orElseThrow();
        VerifiedDigest verified = image.verified().orElseThrow();
        assertThat(resolved).hasToString(DIGEST.toString()).isNotEqualTo(DIGEST);
        assertThat(verified).hasToString(DIGEST.toString()).isNotEqualTo(DIGEST);
        assertThat(resolved).isEqualTo(run(BUILT).resolved().orElseThrow()).isNotEqualTo(verified);
        assertThat(verified).isEqualTo(run(BUILT).verified().orElseThrow()).isNotEqualTo(resolved);
        assertThat(resolved).hasSameHashCodeAs(run(BUILT).resolved().orElseThrow());
        assertThat(verified).hasSameHashCodeAs(run(BUILT).verified().orElseThrow());
        assertThat(resolved).isNotEqualTo(new ResolvedDigest(digest("b")));
        assertThat(verified).isNotEqualTo(new VerifiedDigest(digest("b")));
    }

    @Test
    @DisplayName("has the digest that an attestation satisfied")
    void verifiedByAttestation() {
        assertThat(run(BUILT).requireVerified()).hasToString(PINNED);
    }

    @Test
    @DisplayName("is verified under its written digest, although none was looked up")
    void writtenDigest() {
        RunnableImage image = run(ImageReview.of(PINNED), policy -> policy.rule("r", BY_CI));
        assertThat(image.requireVerified()).hasToString(PINNED);
        RunnableImage unsigned = run(ImageReview.of(PINNED), policy -> policy.rule("r", Rules.digestRequired()));
        assertThat(unsigned.resolved()).isEmpty();
        assertThat(unsigned.requirePinned()).hasToString(PINNED);
        assertNotVerified(unsigned);
    }

    @Test
    @DisplayName("is resolved and not verified by rules on other content")
    void resolved() {
        RunnableImage image = run(Rules.exists());
        assertThat(image.resolved().map(ResolvedDigest::digest)).contains(DIGEST);
        assertThat(image.requirePinned()).hasToString(PINNED);
        assertNotVerified(image);
    }

    @Test
    @DisplayName("without a digest is never pinned to its tag")
    void nameAlone() {
        RunnableImage image = run(Rules.fixedTag());
        assertThat(image.name()).isEqualTo(TAG);
        assertThat(image.resolved()).isEmpty();
        assertThat(image.pinned()).isEmpty();
        assertThatThrownBy(image::requirePinned)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("image \"" + TAG
                        + "\" (containers[0]): its digest is not known: no rule looked it up, and the name has none");
        assertNotVerified(image);
    }

    @Test
    @DisplayName("is none in a denial")
    void denied() {
        Decision denied = decide(ImageReview.of(TAG, "nginx"), policy -> policy.rule("r", BY_CI));
        assertThatThrownBy(denied::toRun)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("denied: image \"nginx\" (containers[1]) violates rule \"r\"");
        assertThatThrownBy(() -> PolicySet.unloaded("not yet").decide(TAG).toRun())
                .hasMessageContaining("not yet");
    }

    @Test
    @DisplayName("is not verified by a rule that only warns of it or notes it")
    void weakened() {
        for (Enforcement weak : List.of(Enforcement.WARN, Enforcement.AUDIT)) {
            assertNotVerified(
                    runBy(policy -> policy.rule(NamedRule.of("r", BY_OTHER).withEnforcement(weak))));
            assertThat(runBy(policy -> policy.rule(NamedRule.of("r", BY_CI).withEnforcement(weak)))
                            .requireVerified())
                    .as("satisfied, and would only have caused %s", weak)
                    .hasToString(PINNED);
        }
    }

    @Test
    @DisplayName("is not verified by a rule that an exception or break-glass covers")
    void covered() {
        Exemption exemption = Exemption.of(List.of("r"), "migration", LocalDate.of(9999, 1, 1))
                .withScope(Scope.ofImages(PatternSet.of("ghcr.io/**")));
        assertNotVerified(runBy(policy -> policy.rule("r", BY_OTHER).exempt(exemption)));
        assertNotVerified(runBy(policy -> policy.rule("r", BY_CI).exempt(exemption)));
        String key = "ticket.image-policy.k8s.io/break-glass";
        ImageReview broken = ImageReview.of(TAG).toBuilder()
                .namespace("prod")
                .annotations(Map.of(key, "INC-1"))
                .build();
        BreakGlass glass = BreakGlass.of(key, "INC-*", GlobSet.of("prod"));
        assertNotVerified(run(broken, policy -> policy.rule("r", BY_OTHER).breakGlass(glass)));
    }

    @Test
    @DisplayName("is verified by the alternative that decides, and by no other")
    void alternatives() {
        Rule named = Rules.allow("ghcr.io/acme/**");
        assertNotVerified(run(Rules.anyOf(named, BY_CI)));
        assertNotVerified(run(Rules.anyOf(BY_OTHER, named)));
        assertThat(run(Rules.anyOf(BY_OTHER, BY_CI)).requireVerified()).hasToString(PINNED);
    }

    @Test
    @DisplayName("is verified by each part of all, and not by what it lacks")
    void parts() {
        Rule named = Rules.allow("ghcr.io/acme/**");
        assertThat(run(Rules.allOf(named, BY_CI)).requireVerified()).hasToString(PINNED);
        assertThat(run(Rules.allOf(BY_CI, named)).requireVerified()).hasToString(PINNED);
        assertThat(run(Rules.within(Scope.ofNamespaces(GlobSet.of("prod")), BY_CI))
                        .requireVerified())
                .hasToString(PINNED);
        assertNotVerified(run(Rules.not(BY_OTHER)));
        assertNotVerified(run(Rules.not(Rules.not(BY_CI))));
        assertNotVerified(runBy(
                policy -> policy.rule(NamedRule.of("r", BY_CI).withScope(Scope.ofNamespaces(GlobSet.of("dev"))))));
    }

    @Test
    @DisplayName("is verified only where the rule applied")
    void positions() {
        ImageReview review = ImageReview.builder()
                .images(List.of(
                        ReviewedImage.of(TAG, "containers", 0).withContainer(ContainerType.CONTAINER, "web"),
                        ReviewedImage.of(TAG, "initContainers", 0).withContainer(ContainerType.INIT, "wait")))
                .build();
        Decision decision = decide(
                review,
                policy -> policy.rule(NamedRule.of("r", BY_CI)
                        .withScope(Scope.EVERYTHING.with(
                                Criterion.of(RequestProperty.CONTAINER_TYPE, GlobSet.of("init"))))));
        assertThat(decision.toRun())
                .extracting(image -> image.verified().isPresent())
                .containsExactly(false, true);
        assertThat(decision.toRun())
                .extracting(image -> image.resolved().isPresent())
                .containsExactly(true, true);
    }

    @Test
    @DisplayName("is not verified by what a rule in Java says or found about another image")
    void ownRules() {
        assertNotVerified(run(image -> {
            Finding signed = image.findingOf(BY_CI);
            return signed.isViolation() ? signed : Finding.satisfied();
        }));
        Digest elsewhere = digest("b");
        assertNotVerified(run(image -> {
            ImageReference other = ImageReference.parse("ghcr.io/acme/other@" + elsewhere);
            Candidate signed =
                    Candidate.of(other, image.image(), image.review()).withFacts(facts(elsewhere));
            Finding finding = BY_CI.check(signed);
            assertThat(finding.verified()).contains(elsewhere);
            return finding;
        }));
        assertThat(run(image -> image.findingOf(BY_CI)).requireVerified()).hasToString(PINNED);
    }

    @Test
    @DisplayName("has the name that was checked, with the digest of that name")
    void mutated() {
        Mutation mutation = Mutation.rewriting(List.of(ImageRewrite.of("docker.io/**", "mirror.example/**")));
        ImageReview hub = ImageReview.of("acme/api:1");
        RunnableImage rewritten = run(hub, policy -> policy.mutation(mutation).rule("r", BY_CI));
        assertThat(rewritten.image().text()).isEqualTo("acme/api:1");
        assertThat(rewritten.name()).isEqualTo("mirror.example/acme/api:1");
        assertThat(rewritten.requireVerified()).hasToString("mirror.example/acme/api:1@" + DIGEST);

        RunnableImage pinned = run(
                hub,
                policy -> policy.mutation(mutation.withPin(PatternSet.of("mirror.example/**")))
                        .rule("r", BY_CI));
        assertThat(pinned.name()).isEqualTo("mirror.example/acme/api:1@" + DIGEST);
        assertThat(pinned.resolved().map(ResolvedDigest::digest)).contains(DIGEST);
        assertThat(pinned.requireVerified()).hasToString(pinned.name());
    }

    @Test
    @DisplayName("that an update keeps is there, and nothing is verified of it")
    void kept() {
        ReviewedImage old = ReviewedImage.of("not an image", "containers", 0).withContainer(null, "old");
        ReviewedImage added = ReviewedImage.of(TAG, "containers", 1).withContainer(null, "new");
        ImageReview before = ImageReview.builder().images(List.of(old)).build();
        UnaryOperator<PolicyBuilder> rules = policy -> policy.rule("r", BY_CI).onUpdate(UpdateScope.NEW_IMAGES);
        List<RunnableImage> images = decide(
                        ImageReview.builder()
                                .images(List.of(old, added))
                                .before(before)
                                .build(),
                        rules)
                .toRun();
        assertThat(images).extracting(RunnableImage::name).containsExactly("not an image", TAG);
        assertThat(images.get(0).pinned()).isEmpty();
        assertThat(images.get(0).verified()).isEmpty();
        assertThat(images.get(1).requireVerified()).hasToString(PINNED);

        assertThat(decide(
                                before.toBuilder()
                                        .before(before)
                                        .imagesUnchanged(true)
                                        .build(),
                                rules)
                        .toRun())
                .extracting(RunnableImage::name)
                .containsExactly("not an image");
    }

    @Test
    @DisplayName("has no digest of a source that tells another than the written one")
    void lyingSource() {
        Rule found = image -> Finding.of(image.facts().digest(), digest -> Finding.satisfied());
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule(NamedRule.of("found", found).withEnforcement(Enforcement.WARN))
                .rule(NamedRule.of("signed", BY_CI).withEnforcement(Enforcement.WARN))
                .build());
        Map<ImageReference, ImageFacts> lies = Map.of(ImageReference.parse(PINNED), facts(digest("b")));
        RunnableImage image = ImageGate.of(() -> policies, Facts.source(lies))
                .decide(ImageReview.of(PINNED))
                .toRun()
                .get(0);
        assertThat(image.resolved()).isEmpty();
        assertThat(image.requirePinned()).hasToString(PINNED);
        assertNotVerified(image);
    }

    @Test
    @DisplayName("is not there if the request runs none")
    void withoutImages() {
        assertThat(Decision.withoutImages().toRun()).isEmpty();
    }

    @Test
    @DisplayName("has no digest that was not found")
    void unavailable() {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule(NamedRule.of("r", BY_CI).withOnUnavailable(Enforcement.WARN))
                .build());
        ImageFacts down = ImageFacts.NONE
                .with(Need.DIGEST, Fact.unavailable("it is down"))
                .with(BY_CI.need(), Fact.unavailable("it is down"));
        RunnableImage image = ImageGate.of(() -> policies, Facts.source(Map.of(ImageReference.parse(TAG), down)))
                .decide(ImageReview.of(TAG))
                .toRun()
                .get(0);
        assertThat(image.pinned()).isEmpty();
        assertNotVerified(image);
    }
}
