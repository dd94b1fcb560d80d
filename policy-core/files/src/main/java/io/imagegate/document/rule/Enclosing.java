package io.imagegate.document.rule;

import io.imagegate.document.pattern.PatternList;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.rule.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scopes in which a condition stands: that of its rule, and those of the conditions around it.
 *
 * @param scopes the scopes
 * @param reach tells what is in none of them
 */
record Enclosing(List<Scope> scopes, Reach reach) {

    static Enclosing of(Scope rule, Reach reach) {
        return new Enclosing(List.of(rule), reach);
    }

    Enclosing within(Scope scope) {
        return new Enclosing(Stream.concat(scopes.stream(), Stream.of(scope)).toList(), reach);
    }

    PolicyWarnings warnings() {
        return reach.warnings();
    }

    /** {@return why no image of a scope is in all of these; empty if one may be} */
    Optional<String> unmatchableReason(Scope scope) {
        return scopes.stream()
                .flatMap(around -> reach.apart(around, scope).stream())
                .findFirst()
                .map(key -> "never applies: no image is in it and in the match around it, because of " + key
                        + ", expected a match of some of the images around it");
    }

    /** Warns of entries of a match that are in none of these. */
    void checkEntries(Fields match) {
        reach.checkEntries(match, "the match around it", this::exclude, this::exclude);
    }

    /** Records that a list of denied images has none that is in scope, or warns of its entries that have none. */
    void requireDenied(PatternList list) {
        List<PatternList.Entry> dead = dead(list);
        if (dead.size() == list.entries().size()) {
            list.node()
                    .problem(
                            "denies nothing: the match around it has none of these images, expected some of its images");
        } else {
            warnOf(dead);
        }
    }

    /** Warns of a list of allowed images that has none that is in scope, and of its entries that have none. */
    void checkAllowed(PatternList list) {
        List<PatternList.Entry> dead = dead(list);
        if (dead.size() == list.entries().size()) {
            warnings()
                    .mistake(
                            list.node(),
                            "allows nothing: the match around it has none of these images, so all of its images are denied; write"
                                    + " deny: [\"**\"] if they are to be");
        } else {
            warnOf(dead);
        }
    }

    private List<PatternList.Entry> dead(PatternList list) {
        return list.entries().stream()
                .filter(entry -> entry.patterns().stream().allMatch(this::exclude))
                .toList();
    }

    /** Sets stand in other lists, too, where they match. */
    private void warnOf(List<PatternList.Entry> dead) {
        dead.stream()
                .filter(entry -> !entry.isSet())
                .limit(Reach.MOST_WARNINGS)
                .forEach(entry -> warnings()
                        .mistake(
                                entry.item(),
                                YamlNode.quote(entry.item().written())
                                        + " never matches here: the match around it has none of its images, so leave it out, or"
                                        + " widen that match"));
    }

    private boolean exclude(ImagePattern pattern) {
        return scopes.stream().anyMatch(scope -> reach.excludes(scope, pattern));
    }

    private boolean exclude(GlobSet namespaces) {
        return scopes.stream().anyMatch(scope -> reach.excludesNamespaces(scope, namespaces));
    }
}
