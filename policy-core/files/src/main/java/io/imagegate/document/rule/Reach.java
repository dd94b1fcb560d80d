package io.imagegate.document.rule;

import io.imagegate.document.pattern.EphemeralContainers;
import io.imagegate.document.pattern.PatternList;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells what certainly no image is in, if everything about it is told: a scope beside another one, or a pattern in a scope. Policies that
 * are loaded together share its limit, after which it tells nothing more.
 */
public final class Reach {

    /** Most warnings about one list. */
    static final int MOST_WARNINGS = 10;

    /** Characters that may be compared with others, in all: a policy can have very many patterns in very many rules. */
    private static final long MOST = 10_000_000;

    private static final long LEAST = 50;

    private final PolicyWarnings warnings;
    private long left = MOST;

    /** Makes one that warns of single entries of lists. */
    public Reach(PolicyWarnings warnings) {
        this.warnings = warnings;
    }

    PolicyWarnings warnings() {
        return warnings;
    }

    /** {@return what keeps two scopes apart, as its key in policy files; empty if an image may be in both} */
    Optional<String> apart(Scope one, Scope other) {
        if (namespacesApart(one, other) || namespacesApart(other, one)) {
            return Optional.of("namespaces");
        }
        if (imagesApart(one, other) || imagesApart(other, one)) {
            return Optional.of("images");
        }
        List<Criterion> both = Stream.concat(one.criteria().stream(), other.criteria().stream())
                .toList();
        return one.criteria().stream()
                .filter(criterion -> other.criteria().stream().anyMatch(another -> areApart(criterion, another)))
                .findFirst()
                .map(criterion -> criterion.property().key())
                .or(() -> excluded(one, other))
                .or(() -> excluded(other, one))
                .or(() -> EphemeralContainers.areIn(both) ? Optional.empty() : Optional.of("containers.types"));
    }

    private boolean namespacesApart(Scope one, Scope other) {
        return one.namespaces()
                .filter(namespaces -> excludesNamespaces(other, namespaces))
                .isPresent();
    }

    /** {@return whether a scope has none of the namespaces that globs match} */
    boolean excludesNamespaces(Scope scope, GlobSet namespaces) {
        return scope.namespaces().filter(only -> !mayMeet(only, namespaces)).isPresent()
                || scope.exceptNamespaces()
                        .filter(except -> cover(except, namespaces))
                        .isPresent();
    }

    private boolean imagesApart(Scope one, Scope other) {
        return one.images()
                .filter(images -> images.patterns().stream().allMatch(pattern -> excludes(other, pattern)))
                .isPresent();
    }

    /** {@return whether a scope has none of the images that a pattern matches} */
    boolean excludes(Scope scope, ImagePattern pattern) {
        return scope.images()
                        .filter(only -> only.patterns().stream().noneMatch(other -> mayMeet(other, pattern)))
                        .isPresent()
                || scope.exceptImages().filter(except -> cover(except, pattern)).isPresent();
    }

    /** A user can be in two groups. */
    private boolean areApart(Criterion one, Criterion other) {
        return one.property() == other.property()
                && one.property() != RequestProperty.GROUP
                && one.name().equals(other.name())
                && !mayMeet(one.values(), other.values());
    }

    /** {@return the first key of what one scope excludes and the other one requires} */
    private Optional<String> excluded(Scope one, Scope other) {
        return one.exceptCriteria().stream()
                .filter(except -> except.stream()
                        .allMatch(wider -> other.criteria().stream().anyMatch(criterion -> cover(wider, criterion))))
                .findFirst()
                .map(except -> except.get(0).property().key());
    }

    /** Warns of images and namespaces of a scope that another scope leaves out, although it has others of them. */
    void checkEntries(Fields match, String leavesOut, Predicate<ImagePattern> images, Predicate<GlobSet> namespaces) {
        entries(match, "images")
                .filter(item -> !item.written().startsWith(PatternList.SET))
                .filter(item -> images.test(ImagePattern.parse(item.written())))
                .limit(MOST_WARNINGS)
                .forEach(item -> warnOfEntry(item, leavesOut, "images"));
        entries(match, "namespaces")
                .filter(item -> namespaces.test(GlobSet.of(item.written())))
                .limit(MOST_WARNINGS)
                .forEach(item -> warnOfEntry(item, leavesOut, "namespaces"));
    }

    private static Stream<YamlNode> entries(Fields match, String key) {
        return match.get(key).stream().flatMap(list -> list.elements().stream());
    }

    private void warnOfEntry(YamlNode item, String leavesOut, String what) {
        warnings.mistake(
                item,
                YamlNode.quote(item.written()) + " never applies here: " + leavesOut + " leaves out all of its " + what
                        + ", so leave it out, or widen that match");
    }

    private boolean mayMeet(ImagePattern one, ImagePattern other) {
        return !spend(one.toString().length(), other.toString().length()) || one.mayMeet(other);
    }

    private boolean mayMeet(GlobSet one, GlobSet other) {
        return !spend(one, other) || one.overlaps(other);
    }

    private boolean cover(GlobSet outer, GlobSet inner) {
        return spend(outer, inner) && outer.covers(inner);
    }

    private boolean cover(Criterion outer, Criterion inner) {
        return spend(outer.values(), inner.values()) && outer.covers(inner);
    }

    private boolean cover(PatternSet outer, ImagePattern inner) {
        return spend(outer.size(), inner.toString().length()) && outer.covers(inner);
    }

    private boolean spend(GlobSet one, GlobSet other) {
        return left > 0 && spend(one.toString().length(), other.toString().length());
    }

    /** {@return whether a comparison of texts of these lengths is within the limit; short ones have their cost, too} */
    private boolean spend(long one, long other) {
        left -= LEAST + one * other;
        return left > 0;
    }
}
