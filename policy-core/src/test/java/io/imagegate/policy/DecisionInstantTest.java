package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rules learn the instant of a decision, which is one for all images and rules. */
class DecisionInstantTest {

    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final AtomicInteger reads = new AtomicInteger();
    private final Set<Instant> seen = ConcurrentHashMap.newKeySet();
    private final InstantSource ticking = () -> START.plusSeconds(reads.getAndIncrement());

    private final Rule rule = image -> {
        seen.add(image.instant());
        return Finding.satisfied();
    };

    @Test
    void isTheSameForAllImagesAndRules() {
        PolicySet policies = set(NamedRule.of("one", rule), NamedRule.of("two", Rules.not(Rules.not(rule))));

        policies.decide(ImageReview.of("a", "b"));
        assertThat(seen).containsExactly(START);

        policies.decide(ImageReview.of("a"));
        assertThat(seen).containsExactlyInAnyOrder(START, START.plusSeconds(1));
    }

    @Test
    void noClockIsReadForRulesThatDoNotAsk() {
        set(NamedRule.of("one", Rules.fixedTag())).decide(ImageReview.of("a", "b"));

        assertThat(reads).hasValue(0);
    }

    private PolicySet set(NamedRule... rules) {
        PolicyBuilder policy = Policy.builder("p");
        List.of(rules).forEach(policy::rule);
        return PolicySet.of(List.of(policy.build()), ticking);
    }
}
