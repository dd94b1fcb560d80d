package io.imagegate.recipes;

import static io.imagegate.testkit.PolicyAssertions.assertThatPolicy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import io.imagegate.testkit.PolicyAssert;
import io.imagegate.testkit.References;
import io.imagegate.version.VersionRange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class TestKitTest {

    private final PolicyAssert policy = assertThatPolicy(Policy.builder("p")
            .rule("fixed-tag", Rules.fixedTag())
            .rule(NamedRule.of("pinned", Rules.digestRequired()).withEnforcement(Enforcement.WARN))
            .build());

    @Property
    void validReferencesAreValid(@ForAll("valid") String text) {
        assertThat(ImageReference.parse(text).hasRegistry()).isTrue();
    }

    @Property
    void nearOnesAreOnBothSides(@ForAll("nearValid") String text) {
        Statistics.collect(isReference(text));
        Statistics.coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 5);
            coverage.check(false).percentage(share -> share > 40);
        });
    }

    @Property
    void everyTextHasAFormInUtf8(@ForAll("any") String text) {
        assertThat(text.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @Example
    void aFailureTellsQuestionAndAnswer() {
        fails(() -> policy.allows("a:1", "nginx"), "\"a:1\", \"nginx\" in namespace default", "no tag");
        fails(() -> policy.inNamespace("").denies("a:1"), "\"a:1\" in no namespace", "but it is allowed");
        fails(() -> policy.denies("nginx").because("trusted"), "[trusted]", "fixed-tag: image \"nginx\"");
        fails(() -> policy.denies("nginx", "A").onlyBecause("fixed-tag"), "invalid-reference: ");
        fails(() -> policy.denies("nginx").onlyBecause("fixed-tag", "other"), "[fixed-tag, other]");
        fails(() -> policy.denies("nginx").saying("digest"), "digest", "no tag");
        fails(() -> policy.warnsOf("a@sha256:" + "0".repeat(64)), "but there is none");
        fails(() -> policy.warnsOf("a:1").because("fixed-tag"), "pinned: ");
    }

    private static final List<Policy> POLICIES = List.of(
            Policy.byDefault(),
            Policy.builder("patterns")
                    .rule("allow", Rules.allow("ghcr.io/acme/**", "*.corp.example:*/{namespace}/*-base:v?", "127.*/x"))
                    .build(),
            Policy.builder("all")
                    .rule("allow", Rules.allow("quay.io/acme/**"))
                    .rule("deny", Rules.deny("quay.io/acme/evil/**"))
                    .rule("range", Rules.tagInRange(VersionRange.parse(">=25.4 <26")))
                    .rule("pinned", Rules.digestRequired("sha256"))
                    .build(),
            Policy.builder("either")
                    .rule(
                            "either",
                            Rules.anyOf(
                                    Rules.allOf(Rules.allow("a.example/**"), Rules.not(Rules.allow("a.example/b/**"))),
                                    Rules.inNamespaces(List.of("default"), Rules.tagAllowed(GlobSet.of("release-*")))))
                    .build());

    @Example
    void drawsNearAPolicyAreOnItsSide() {
        for (Policy drawn : POLICIES) {
            List<String> allowed =
                    References.allowedBy(drawn).sampleStream().limit(150).toList();
            List<String> denied =
                    References.deniedBy(drawn).sampleStream().limit(150).toList();
            assertThat(allowed).as(drawn.name()).allMatch(image -> isAllowed(drawn, image));
            assertThat(denied)
                    .as(drawn.name())
                    .noneMatch(image -> isAllowed(drawn, image))
                    .allMatch(image -> ImageReference.parse(image).hasRegistry());
            assertThat(Set.copyOf(allowed)).as(drawn.name()).hasSizeGreaterThan(50);
            assertThat(Set.copyOf(denied)).as(drawn.name()).hasSizeGreaterThan(50);
        }
    }

    private static boolean isAllowed(Policy drawn, String image) {
        return drawn.decide(ImageReview.of(image).inNamespace("default")).allowed();
    }

    @Example
    void noDrawIsAnErrorThatSaysWhy() {
        Policy nothing =
                Policy.builder("nothing").rule("deny", Rules.deny("**")).build();
        assertThatThrownBy(() -> References.allowedBy(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("found no image that the policies allow in the namespace default, of 4000 near"
                        + " what their rules name; the nearest is denied: ")
                .hasMessageContaining("deny");
        Policy content = Policy.builder("content")
                .rule("fresh", Rules.maxAge(Duration.ofDays(1)))
                .build();
        assertThatThrownBy(() -> References.allowedBy(content)).hasMessageContaining("its content was not looked up");
        Policy everything =
                Policy.builder("everything").rule("allow", Rules.allow("**")).build();
        assertThatThrownBy(() -> References.deniedBy(everything))
                .hasMessageStartingWith("found no image that the policies deny");
    }

    private static void fails(ThrowingCallable assertion, String... words) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }

    private static boolean isReference(String text) {
        try {
            ImageReference.parse(text);
            return true;
        } catch (ReferenceSyntaxException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> valid() {
        return References.valid();
    }

    @Provide
    Arbitrary<String> nearValid() {
        return References.nearValid();
    }

    @Provide
    Arbitrary<String> any() {
        return References.any();
    }
}
