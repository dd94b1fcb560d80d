package io.imagegate.examples.customrule;

import io.imagegate.reference.ImagePattern;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import java.util.Set;

/**
 * Requires that an image of the company's registry belongs to the team or is shared. The team is the part of the
 * namespace before the first hyphen. The owner of an image is the first segment of its path, if it has several. The
 * rule does not apply to other registries.
 *
 * @param registry matches all images of the company's registry
 * @param shared owners whose images every team may use
 */
record TeamOwnsRepository(ImagePattern registry, Set<String> shared) implements Rule {

    @Override
    public Finding check(Candidate image) {
        // A pattern and not a comparison of texts, because letter case of the host does not count.
        if (!registry.matches(image.reference())) {
            return Finding.notApplicable();
        }
        String path = image.reference().repository();
        String owner = path.substring(0, Math.max(0, path.indexOf('/')));
        String team = image.namespace().split("-", 2)[0];
        if (!owner.isEmpty() && (owner.equals(team) || shared.contains(owner))) {
            return Finding.satisfied(owner);
        }
        return Finding.violation("it belongs to " + name(owner) + ", and this is a namespace of " + name(team)
                + "; use images of your own");
    }

    private static String name(String team) {
        return team.isEmpty() ? "nobody" : "team " + team;
    }
}
