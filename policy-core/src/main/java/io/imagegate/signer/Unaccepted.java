package io.imagegate.signer;

import io.imagegate.text.SafeText;

/**
 * Signature or attestation that was found, but does not count. Immutable.
 *
 * @param what what it is and why it does not count, safe to show, such as {@code one by another key sha256:…}
 * @param undecidable whether that is unknown: it has a form or an algorithm that cannot be verified here
 * @since 0.1
 */
public record Unaccepted(String what, boolean undecidable) {

    private static final int LONGEST = 400;

    /**
     * Cuts the sentence to 400 characters.
     *
     * @param what what it is and why it does not count
     * @param undecidable whether that is unknown
     * @throws IllegalArgumentException if the sentence is blank
     */
    public Unaccepted {
        if (what.isBlank()) {
            throw new IllegalArgumentException("what was found: expected a sentence, got a blank text");
        }
        what = SafeText.cut(what, LONGEST);
    }

    /**
     * {@return one that does not verify}
     *
     * @param what what it is and why, safe to show
     */
    public static Unaccepted because(String what) {
        return new Unaccepted(what, false);
    }

    /**
     * {@return one of which it is unknown whether it verifies}
     *
     * @param what what it is and why, safe to show
     */
    public static Unaccepted undecidable(String what) {
        return new Unaccepted(what, true);
    }

    /** {@return what was found} */
    @Override
    public String toString() {
        return what;
    }
}
