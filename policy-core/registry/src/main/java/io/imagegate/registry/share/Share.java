package io.imagegate.registry.share;

/**
 * What one user of an entry takes of it. Users take turns, so that what waits for one delays no other.
 *
 * @param entry of a registry
 * @param user the name of the policies that need the answer; empty if there are no others
 */
public record Share(String entry, String user) {

    /**
     * {@return the only share of an entry}
     *
     * @param entry of a registry
     */
    public static Share of(String entry) {
        return new Share(entry, "");
    }

    /** {@return whether the entry has no other share} */
    boolean isOnly() {
        return user.isEmpty();
    }
}
