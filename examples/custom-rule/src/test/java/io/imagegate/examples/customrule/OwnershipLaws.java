package io.imagegate.examples.customrule;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rule;
import io.imagegate.testkit.References;
import io.imagegate.testkit.Reviews;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every rule that gives each team its own images, however it is written. */
abstract class OwnershipLaws {

    private final Policy policy;

    OwnershipLaws(Rule rule) {
        this.policy = Policy.builder("teams").rule("ours", rule).build();
    }

    @Property
    void aTeamRunsItsOwn(@ForAll("teams") String team) {
        assertThat(allows(team, team)).isTrue();
        assertThat(allows(team, "base")).isTrue();
    }

    @Property
    void aTeamRunsNothingOfAnother(@ForAll("teams") String team, @ForAll("teams") String owner) {
        assertThat(allows(team, owner)).isEqualTo(owner.equals(team));
    }

    @Property
    void oneMoreContainerNeverTurnsADenialIntoAnAllowance(
            @ForAll("reviews") ImageReview review, @ForAll("images") String image) {
        if (!policy.decide(review).allowed()) {
            assertThat(policy.decide(Reviews.plus(review, image)).allowed()).isFalse();
        }
    }

    private boolean allows(String team, String owner) {
        String image = "registry.example/" + owner + "/app:1";
        return policy.decide(ImageReview.of(image).inNamespace(team + "-prod")).allowed();
    }

    @Provide
    Arbitrary<String> teams() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(5)
                .filter(team -> !team.equals("base"));
    }

    @Provide
    Arbitrary<String> images() {
        Arbitrary<String> ours = References.paths().map(path -> "Registry.Example/" + path + ":1");
        return Arbitraries.oneOf(ours, References.any());
    }

    @Provide
    Arbitrary<ImageReview> reviews() {
        return Reviews.of(images(), Arbitraries.of("team-prod", "team-evil", "acme", ""));
    }
}
