package io.imagegate.policy;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What each rule found about the images of one review, also where that is no violation. */
final class Explanation {

    private record Found(String policy, String rule, ReviewedImage image) {}

    private final List<Policy> policies;
    private final ImageReview review;
    private final KeptImages kept;
    private final InstantSource time;
    private final LocalDate today;
    private final Map<Found, Violation> violations = new HashMap<>();

    /**
     * Prepares an explanation.
     *
     * @param policies the policies that decided
     * @param review the review with the names that were checked
     * @param kept its images that the object has before the update, too
     * @param decision the decision
     * @param time when it was made
     */
    Explanation(List<Policy> policies, ImageReview review, KeptImages kept, Decision decision, InstantSource time) {
        this.policies = policies;
        this.review = review;
        this.kept = kept;
        this.time = time;
        this.today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        for (Violation violation : decision.violations()) {
            violation
                    .image()
                    .ifPresent(image ->
                            violations.putIfAbsent(new Found(violation.policy(), violation.rule(), image), violation));
        }
    }

    /**
     * {@return what each rule found about an image}
     *
     * @param written the image as written
     * @param named the image with the name that was checked
     */
    Stream<RuleResult> of(ReviewedImage written, ReviewedImage named) {
        Optional<Candidate> candidate = reference(named).map(reference -> Candidate.of(reference, named, review, time));
        return candidate.stream()
                .flatMap(image -> policies.stream()
                        .flatMap(policy -> policy.rules().stream().map(rule -> result(policy, rule, written, image))));
    }

    private static Optional<ImageReference> reference(ReviewedImage image) {
        return image.unknown().isPresent()
                ? Optional.empty()
                : ImageReference.tryParse(image.text()).filter(ImageReference::hasRegistry);
    }

    private RuleResult result(Policy policy, NamedRule rule, ReviewedImage written, Candidate image) {
        Violation violation = violations.get(new Found(policy.name(), rule.name(), image.image()));
        if (violation != null) {
            return new RuleResult(policy, rule, written, image, today, violation);
        }
        Locale locale = policy.locale();
        Finding finding = Finding.notApplicable();
        String why = "";
        if (!policy.checks(review) || policy.unchecked(review, kept).contains(image.image())) {
            why = Sentences.keptImage(locale);
        } else if (!rule.scope().covers(image)) {
            why = Sentences.outOfScope(locale);
        } else {
            finding = policy.check(rule, image);
            // The decision, which had the facts that the rule asks for, has no violation of it.
            finding = finding.outcome() == Outcome.PENDING ? Finding.satisfied() : finding;
            why = finding.message(locale);
        }
        return new RuleResult(policy, rule, written, image, today, finding.outcome(), why);
    }
}
