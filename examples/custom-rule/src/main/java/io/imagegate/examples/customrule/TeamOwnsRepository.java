package io.imagegate.examples.customrule;

import io.imagegate.reference.ImagePattern;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import java.util.Set;

/**
 * Demands that an image of the company's registry is the team's own or shared. The team is what stands before the first
 * hyphen of the namespace; the owner of an image is the first part of its path, if it has more than one. The rule does not
 * speak of other registries.
 *
 * @param registry everything in the company's registry
 * @param shared owners whose images every team may use
 */
record TeamOwnsRepository(ImagePattern registry, Set<String> shared) implements Rule {

    @Override
    public Finding judge(Candidate image) {
        // Not a comparison of texts: the host may be typed in capitals.
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
