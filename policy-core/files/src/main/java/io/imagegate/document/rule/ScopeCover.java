package io.imagegate.document.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.Scope;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether all images of a scope are certainly in one of some other scopes.
 *
 * @param scopes the other scopes
 */
record ScopeCover(List<Scope> scopes) {

    private static final List<ImagePattern> EVERY_IMAGE = List.of(ImagePattern.parse("**"));

    static ScopeCover of(List<Scope> scopes) {
        return new ScopeCover(List.copyOf(scopes));
    }

    boolean covers(Scope scope) {
        List<Scope> likely = scopes.stream()
                .filter(other -> coversNamespaces(other, scope) && coversCriteria(other, scope))
                .toList();
        return patterns(scope.images()).orElse(EVERY_IMAGE).stream()
                .allMatch(pattern -> likely.stream().anyMatch(other -> covers(other, pattern, scope)));
    }

    private static boolean covers(Scope other, ImagePattern pattern, Scope scope) {
        return other.images().map(images -> images.covers(pattern)).orElse(true)
                && patterns(other.exceptImages()).orElse(List.of()).stream()
                        .noneMatch(except -> except.overlaps(pattern) && !excludes(scope, except));
    }

    private static boolean excludes(Scope scope, ImagePattern images) {
        return scope.exceptImages().map(except -> except.covers(images)).orElse(false);
    }

    private static boolean coversNamespaces(Scope other, Scope scope) {
        return (other.namespaces().isEmpty() || areIn(scope.namespaces(), other.namespaces()))
                && (other.exceptNamespaces().isEmpty() || areIn(other.exceptNamespaces(), scope.exceptNamespaces()));
    }

    /** Each criterion of the other scope must be one of this scope, or a wider one; each exclusion must be one, or a narrower. */
    private static boolean coversCriteria(Scope other, Scope scope) {
        return areMet(other.criteria(), scope.criteria())
                && other.exceptCriteria().stream()
                        .allMatch(except -> scope.exceptCriteria().stream().anyMatch(wider -> areMet(wider, except)));
    }

    /** {@return whether images that meet some criteria meet all of some wider ones} */
    private static boolean areMet(List<Criterion> wider, List<Criterion> criteria) {
        return wider.stream().allMatch(criterion -> criteria.stream().anyMatch(criterion::covers));
    }

    private static boolean areIn(Optional<GlobSet> globs, Optional<GlobSet> others) {
        return globs.isPresent() && others.isPresent() && others.get().covers(globs.get());
    }

    private static Optional<List<ImagePattern>> patterns(Optional<PatternSet> images) {
        return images.map(PatternSet::patterns);
    }
}
