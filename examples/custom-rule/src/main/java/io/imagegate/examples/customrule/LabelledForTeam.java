package io.imagegate.examples.customrule;

import io.imagegate.fact.ImageMetadata;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;

/**
 * Requires that a label of the image names the team, on every platform. The team is the part of the namespace before the
 * first hyphen. The label is a fact: it is looked up in the registry when the rule asks for it.
 *
 * @param label the key of the label
 */
record LabelledForTeam(String label) implements Rule {

    @Override
    public Finding check(Candidate image) {
        String team = image.namespace().split("-", 2)[0];
        return Finding.of(image.facts().metadata(), metadata -> check(metadata, team));
    }

    private Finding check(ImageMetadata metadata, String team) {
        return !team.isEmpty()
                        && metadata.images().stream()
                                .allMatch(platform ->
                                        team.equals(platform.labels().get(label)))
                ? Finding.satisfied()
                : Finding.violation("its label \"" + label + "\" does not name the team of this namespace");
    }
}
