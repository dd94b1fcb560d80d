package io.imagegate.console;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Requirement;
import io.imagegate.policy.RuleResult;
import io.imagegate.policy.Violation;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decision with what each rule found about the first images of its review. */
final class ExplainedDecision {

    /** Requirements without which an image has no name that a rule could check. */
    private static final Set<String> NAMELESS = Set.of(
            Requirement.KNOWN_IMAGE.code(),
            Requirement.CHART_DEFAULT.code(),
            Requirement.VALID_REFERENCE.code(),
            Requirement.REGISTRY.code());

    private final ImageReview review;
    private final Decision decision;
    private final List<ReviewedImage> images;
    private final IdentityHashMap<ReviewedImage, List<RuleResult>> results = new IdentityHashMap<>();
    private final Map<ReviewedImage, ImageMutation> mutations = new HashMap<>();
    private final Map<ReviewedImage, Integer> positions = new HashMap<>();
    private final List<Violation> requirements;

    /**
     * Explains a decision. Rules are applied again, to as many images as are shown.
     *
     * @param policies the policies that made it
     * @param review the review, with the images as written
     * @param decision the decision
     * @param mostImages the most images
     */
    ExplainedDecision(PolicySet policies, ImageReview review, Decision decision, int mostImages) {
        this.review = review;
        this.decision = decision;
        this.images =
                review.images().subList(0, Math.min(mostImages, review.images().size()));
        for (ReviewedImage image : images) {
            results.put(image, new ArrayList<>());
            positions.putIfAbsent(place(image), positions.size());
        }
        decision.mutations().forEach(mutation -> mutations.putIfAbsent(mutation.image(), mutation));
        Set<Violation> ofRules = Collections.newSetFromMap(new IdentityHashMap<>());
        Stream<RuleResult> found = policies.explain(review, decision);
        // A stream that may end early is much slower.
        boolean all = images.size() == review.images().size();
        (all ? found : found.takeWhile(result -> results.containsKey(result.image()))).forEach(result -> {
            results.computeIfAbsent(result.image(), any -> new ArrayList<>()).add(result);
            result.violation().ifPresent(ofRules::add);
        });
        requirements = decision.violations().stream()
                .filter(violation -> !ofRules.contains(violation) && isShown(violation))
                .limit(Json.LONGEST_LIST)
                .toList();
    }

    private boolean isShown(Violation violation) {
        return violation.image().isEmpty() || position(violation).isPresent();
    }

    /** {@return the image without its name, because it was perhaps checked by another} */
    private static ReviewedImage place(ReviewedImage image) {
        return image.withText("");
    }

    ImageReview review() {
        return review;
    }

    Decision decision() {
        return decision;
    }

    /** {@return the images that are shown} */
    List<ReviewedImage> images() {
        return Collections.unmodifiableList(images);
    }

    /** {@return what the rules found about an image; nothing if its name could not be read} */
    List<RuleResult> results(ReviewedImage image) {
        return results.getOrDefault(image, List.of());
    }

    Optional<ImageMutation> mutation(ReviewedImage image) {
        return Optional.ofNullable(mutations.get(image));
    }

    /** {@return the violations of built-in requirements, and all others that are of no rule that is shown} */
    List<Violation> requirements() {
        return requirements;
    }

    /** {@return the position of a violation's image among those that are shown} */
    Optional<Integer> position(Violation violation) {
        return violation.image().map(image -> positions.get(place(image)));
    }

    /** {@return why no rule could check an image, in the words of the decision} */
    Optional<String> problem(ReviewedImage image) {
        return requirements.stream()
                .filter(violation -> NAMELESS.contains(violation.rule()))
                .filter(violation -> violation.image().filter(image::equals).isPresent())
                .map(Violation::explanation)
                .findFirst();
    }
}
