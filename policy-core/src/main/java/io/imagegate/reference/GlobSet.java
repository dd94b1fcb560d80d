package io.imagegate.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Set of globs that matches a text if one of its globs does. Only globs with the prefix or suffix of the text are
 * tried. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class GlobSet {

    private final List<Glob> globs;
    private final GlobIndex<Glob> index = new GlobIndex<>();

    private GlobSet(List<Glob> globs) {
        this.globs = globs;
        globs.forEach(glob -> index.get(glob, () -> glob));
    }

    /**
     * Parses globs.
     *
     * @param globs the globs, at least one
     * @return the set
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    public static GlobSet of(Collection<String> globs) {
        if (globs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one glob, got none");
        }
        return new GlobSet(globs.stream().map(Glob::parse).toList());
    }

    /**
     * Parses globs.
     *
     * @param globs the globs, at least one
     * @return the set
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    public static GlobSet of(String... globs) {
        return of(List.of(globs));
    }

    /**
     * Matches a whole text.
     *
     * @param text the text
     * @return whether one of the globs matches it
     */
    public boolean matches(String text) {
        return !index.visit(text, glob -> false);
    }

    /**
     * Finds all globs that match a whole text.
     *
     * @param text the text
     * @return the matching globs, each once, in no particular order
     */
    public List<String> matching(String text) {
        List<String> matching = new ArrayList<>();
        index.visit(text, glob -> matching.add(glob.toString()));
        return matching;
    }

    /**
     * Tests whether this set matches every name that another one matches; names are not empty.
     *
     * @param other the other set
     * @return true only if it does, which takes one glob of this set for each of the other
     */
    public boolean covers(GlobSet other) {
        return other.globs.stream()
                .allMatch(inner -> globs.stream().anyMatch(outer -> PatternRelations.coversGlob(outer, inner)));
    }

    /**
     * Tests whether a text can be matched by this set and by another.
     *
     * @param other the other set
     * @return false only if no text is matched by both
     */
    public boolean overlaps(GlobSet other) {
        return globs.stream()
                .anyMatch(one -> other.globs.stream().anyMatch(another -> PatternRelations.overlap(one, another)));
    }

    /** {@return the globs in the order given} */
    public List<String> globs() {
        return globs.stream().map(Glob::toString).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobSet set && globs.equals(set.globs);
    }

    @Override
    public int hashCode() {
        return globs.hashCode();
    }

    /** {@return the globs as written, separated by commas} */
    @Override
    public String toString() {
        return String.join(", ", globs());
    }
}
