package io.imagegate.policy;

import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What policies find in a review with the facts that are there, and the facts that might change it. Not thread-safe;
 * filled while one review is judged.
 */
final class Assessment {

    private final List<Violation> violations = new ArrayList<>(0);
    private Map<ImageReference, Set<Need<?>>> needs = Map.of();
    private boolean mayDeny;

    void add(Violation violation) {
        violations.add(violation);
    }

    /** A rule asks for facts about an image. */
    void ask(ImageReference image, Set<Need<?>> asked, Enforcement enforcement) {
        if (asked.isEmpty()) {
            return;
        }
        if (needs.isEmpty()) {
            needs = new LinkedHashMap<>();
        }
        needs.computeIfAbsent(image, none -> new LinkedHashSet<>()).addAll(asked);
        mayDeny |= enforcement == Enforcement.DENY;
    }

    /** {@return everything found; a rule that waits for a fact counts as violated} */
    List<Violation> violations() {
        return violations;
    }

    /** {@return the facts that rules ask for, by image; none if no fact can change the decision} */
    Map<ImageReference, Set<Need<?>>> needs() {
        return Collections.unmodifiableMap(needs);
    }

    /** {@return whether a rule that denies waits for a fact} */
    boolean mayDeny() {
        return mayDeny;
    }
}
