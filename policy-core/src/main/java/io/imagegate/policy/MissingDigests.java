package io.imagegate.policy;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves out what a denial of {@code pin} says already: that an image violates a rule, of the same policy, only because it
 * has no digest. The denial says why it has none.
 */
final class MissingDigests {

    private MissingDigests() {}

    /**
     * Removes these violations.
     *
     * @param policy the policy that pins, whose rules are covered by the same break-glass as the pinning
     * @param denied images that got no digest and are denied for it
     * @param images the images that the rules checked
     * @param findings what was found
     */
    static void leaveOut(Policy policy, Set<ImageReference> denied, List<Candidate> images, Findings findings) {
        if (denied.isEmpty()) {
            return;
        }
        List<Candidate> unpinned = images.stream()
                .filter(image -> denied.contains(image.reference()))
                .toList();
        Map<String, Set<ReviewedImage>> byRule = new HashMap<>();
        for (NamedRule rule : policy.rules()) {
            byRule.put(
                    rule.name(),
                    unpinned.stream()
                            .filter(image -> onlyMissesDigest(policy, rule, image))
                            .map(Candidate::image)
                            .collect(Collectors.toSet()));
        }
        findings.leaveOut(policy, byRule);
    }

    private static boolean onlyMissesDigest(Policy policy, NamedRule rule, Candidate image) {
        return rule.scope().covers(image)
                && policy.check(rule, image).isViolation()
                && !policy.check(rule, image.expectingDigest()).isViolation();
    }
}
