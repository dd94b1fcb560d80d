package io.imagegate.policy;

import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules found about one review by the facts that are known: its violations, and the facts that rules still ask for. Not
 * thread-safe.
 */
final class Findings {

    private final Locale locale;
    private final @Nullable DecisionTime time;
    private final @Nullable Decision settled;
    private final List<Violation> violations = new ArrayList<>(0);
    private Map<ImageReference, Set<Need<?>>> needs = Map.of();
    private List<ImageMutation> mutations = List.of();
    private List<ReviewedImage> images = List.of();
    private Map<ReviewedImage, Digest> resolved = Map.of();
    private Map<ReviewedImage, Digest> verified = Map.of();
    private boolean mayDeny;

    private Findings(Locale locale, @Nullable DecisionTime time, @Nullable Decision settled) {
        this.locale = locale;
        this.time = time;
        this.settled = settled;
    }

    /**
     * {@return findings without a violation}
     *
     * @param locale the language of the decision
     * @param time when it is made
     */
    static Findings in(Locale locale, DecisionTime time) {
        return new Findings(locale, time, null);
    }

    /**
     * {@return the findings on a review that no policy checks}
     *
     * @param decision the decision on it
     */
    static Findings settled(Decision decision) {
        return new Findings(decision.locale(), null, decision);
    }

    /** Records the images that are checked by another name. */
    void mutations(List<ImageMutation> made) {
        mutations = made;
    }

    /** Records the images of the review, as written. */
    void images(List<ReviewedImage> written) {
        images = written;
    }

    /** Records the digest that was looked up for an image. */
    void resolve(ReviewedImage image, Digest digest) {
        if (resolved.isEmpty()) {
            resolved = new HashMap<>();
        }
        resolved.put(image, digest);
    }

    /** Records the digest of an image whose signatures or attestations satisfy a rule. */
    void verify(ReviewedImage image, Digest digest) {
        if (verified.isEmpty()) {
            verified = new HashMap<>();
        }
        verified.put(image, digest);
    }

    void add(Violation violation) {
        violations.add(violation);
    }

    /** Removes violations by rule and image, except those that an exception allows. */
    void leaveOut(Policy policy, Map<String, Set<ReviewedImage>> byRule) {
        violations.removeIf(violation -> violation.policy().equals(policy.name())
                && violation.exemption().isEmpty()
                && violation
                        .image()
                        .filter(byRule.getOrDefault(violation.rule(), Set.of())::contains)
                        .isPresent());
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

    /**
     * Completes the findings, and logs rules that threw.
     *
     * @return the decision with the facts that are known; a rule that asks for another fact counts as violated
     */
    Decision decision() {
        Failures.logRules(violations);
        // The maps are its own from now on: nothing is found behind this.
        DecidedImages decided = new DecidedImages(images, resolved, verified);
        return (settled == null ? Decision.of(violations, locale, decided) : settled.withImages(decided))
                .withMutations(mutations)
                .at(time == null ? null : time.read());
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
