package io.imagegate.reference;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Globs of which one must match. Immutable and safe between threads. Globs without a wildcard cost one look-up however
 * many there are.
 */
public final class GlobSet {

    private final List<Glob> globs;
    private final Set<String> literals = new HashSet<>();
    private final List<Glob> wildcards;

    private GlobSet(List<Glob> globs) {
        this.globs = globs;
        globs.stream().filter(Glob::isLiteral).map(Glob::toString).forEach(literals::add);
        this.wildcards = globs.stream().filter(glob -> !glob.isLiteral()).toList();
    }

    /**
     * Reads globs.
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
     * Reads globs.
     *
     * @param globs the globs, at least one
     * @return the set
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    public static GlobSet of(String... globs) {
        return of(List.of(globs));
    }

    /**
     * Matches a text as a whole.
     *
     * @param text the text
     * @return whether one of the globs matches it
     */
    public boolean matches(String text) {
        if (literals.contains(text)) {
            return true;
        }
        for (Glob glob : wildcards) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the globs in the order given} */
    public List<Glob> globs() {
        return globs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobSet set && globs.equals(set.globs);
    }

    @Override
    public int hashCode() {
        return globs.hashCode();
    }

    /** {@return the globs as they were written, with commas between them} */
    @Override
    public String toString() {
        return String.join(", ", globs.stream().map(Glob::toString).toList());
    }
}
