package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Rules;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A set of policies")
class PolicySetTest {

    private static final Mutation PINNING = Mutation.pinning(PatternSet.of("**"));
    private static final String KIND = "App.example.org";

    private static PolicyBuilder policy(String name) {
        return Policy.builder(name).rule("tag", Rules.fixedTag());
    }

    @Test
    @DisplayName("has the mutation of one of its policies, and not of several")
    void mutation() {
        Policy pinning = policy("pinning").mutation(PINNING).build();
        assertThat(PolicySet.of(policy("plain").build(), pinning).mutation()).contains(PINNING);
        assertThat(PolicySet.of(policy("plain").build()).mutation()).isEmpty();
        assertThatThrownBy(() ->
                        PolicySet.of(pinning, policy("more").mutation(PINNING).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy set: several policies have a mutation, expected one at most");
    }

    @Test
    @DisplayName("has one workload of each kind")
    void workloads() {
        Workload app = Workload.of(KIND).withImages("spec.image");
        Policy first = policy("first").workload(app).build();
        assertThat(first.workloads()).containsExactly(app);
        assertThat(PolicySet.of(first, policy("same").workload(app).build())
                        .workloads()
                        .find(KIND))
                .contains(app);
        Policy other = policy("other")
                .workload(Workload.of(KIND).withImages("spec.other"))
                .build();
        assertThatThrownBy(() -> PolicySet.of(first, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "policy set: the policies have different workloads of the kind \"App.example.org\": ");
    }

    @Test
    @DisplayName("knows no well-known workload that each of its policies ignores, or that itself does")
    void ignoredWorkloads() {
        String rollout = "Rollout.argoproj.io";
        Policy ignores = policy("ignores").ignoreKind("Rollout.*").build();
        Policy knows = policy("knows").build();
        assertThat(PolicySet.of(knows).workloads()).isSameAs(Workloads.wellKnown());
        assertThat(PolicySet.of(knows, ignores).workloads().find(rollout)).isPresent();
        assertThat(PolicySet.of(ignores).workloads().find(rollout)).isEmpty();
        assertThat(PolicySet.of(knows)
                        .withIgnoredKinds(GlobSet.of("Rollout.*"))
                        .workloads()
                        .find(rollout))
                .isEmpty();
    }

    @Test
    @DisplayName("changes objects only of kinds of which it is known where their images stand")
    void mutatedKinds() {
        PolicyBuilder mutating = policy("p").mutation(PINNING.withKinds(List.of(KIND)));
        String unknown = "mutated kind \"App.example.org\": it is not known where its images stand, expected it in"
                + " workloads without helmValues";
        assertThatThrownBy(() -> PolicySet.of(mutating.build())).hasMessage(unknown);
        assertThatThrownBy(() -> PolicySet.of(
                        mutating.build(),
                        policy("charts")
                                .workload(Workload.of(KIND).withHelmValues("spec.values"))
                                .build()))
                .hasMessage(unknown);
        PolicySet known = PolicySet.of(
                mutating.workload(Workload.of(KIND).withImages("spec.image")).build());
        assertThat(known.mutation().orElseThrow().kinds()).containsExactly(KIND);
    }

    @Test
    @DisplayName("checks an image that an update keeps if one of its policies does")
    void keptImages() {
        ReviewedImage web = ReviewedImage.of("nginx", "containers", 0).withContainer(null, "web");
        ReviewedImage cache = ReviewedImage.of("redis:1", "containers", 1).withContainer(null, "cache");
        ImageReview before = ImageReview.builder().images(List.of(web, cache)).build();
        ImageReview update =
                ImageReview.builder().images(List.of(web)).before(before).build();
        Policy lenient = policy("new").onUpdate(UpdateScope.NEW_IMAGES).build();

        assertThat(PolicySet.of(policy("all").build(), lenient).decide(update).violations())
                .extracting(Violation::policy)
                .containsExactly("all");
        Decision unseen = PolicySet.of(lenient).decide(update);
        assertThat(unseen.allowed()).isTrue();
        assertThat(unseen.auditAnnotations()).isEqualTo(Map.of("unchanged", "the update brings no new image"));
        assertThat(PolicySet.of(lenient)
                        .decide(before.toBuilder()
                                .before(before)
                                .imagesUnchanged(true)
                                .build())
                        .auditAnnotations())
                .isEqualTo(Map.of("unchanged", "the update changes no image"));
    }
}
