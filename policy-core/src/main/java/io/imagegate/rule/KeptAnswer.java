package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.Need;
import java.util.function.Function;

/**
 * Checks a fact that may come from a cache. Sources keep what they verified for long, but they do not know what a rule demands
 * of it: a second signature, a newer scan. So a kept answer that does not satisfy is asked for again.
 */
final class KeptAnswer {

    private KeptAnswer() {}

    static <T> Finding check(Candidate image, Need<T> need, Function<Fact<T>, Finding> check) {
        Fact<T> kept = image.facts().get(need);
        Finding finding = check.apply(kept);
        boolean serves = !kept.isCached() || kept.state() != Fact.State.KNOWN;
        return serves || !isUnsatisfied(finding)
                ? finding
                : check.apply(image.facts().get(new FreshNeed<>(need)));
    }

    private static boolean isUnsatisfied(Finding finding) {
        return finding.isViolation() && finding.outcome() != Outcome.PENDING;
    }
}
