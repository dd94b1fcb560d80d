package io.imagegate.document.rule;

import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of one condition that never apply: if none is left, that is a mistake. */
final class DeadParts {

    private record Dead(YamlNode match, String why) {}

    private final List<Dead> found = new ArrayList<>();

    void add(YamlNode match, String why) {
        found.add(new Dead(match, why));
    }

    /** Records that all parts are dead, or warns of those that are. */
    void report(int parts, PolicyWarnings warnings) {
        for (Dead dead : found) {
            if (found.size() == parts) {
                dead.match.problem(dead.why);
            } else {
                warnings.mistake(dead.match, dead.why);
            }
        }
    }
}
