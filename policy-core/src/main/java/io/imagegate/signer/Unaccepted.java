package io.imagegate.signer;

import io.imagegate.text.SafeText;

/**
 * Signature or attestation that was found, but does not count. Immutable.
 *
 * @param explanation what it is and why it does not count, safe to show, such as {@code one by another key sha256:…}
 * @param undecidable whether that is unknown: it has a form or an algorithm that cannot be verified here
 * @since 0.1
 */
public record Unaccepted(String explanation, boolean undecidable) {

    private static final int LONGEST = 400;

    /**
     * Cuts the sentence to 400 characters.
     *
     * @param explanation what it is and why it does not count
     * @param undecidable whether that is unknown
     * @throws IllegalArgumentException if the sentence is blank
     */
    public Unaccepted {
        if (explanation.isBlank()) {
            throw new IllegalArgumentException("explanation: expected a sentence, got a blank text");
        }
        explanation = SafeText.cut(explanation, LONGEST);
    }

    /**
     * {@return one that does not verify}
     *
     * @param explanation what it is and why, safe to show
     */
    public static Unaccepted because(String explanation) {
        return new Unaccepted(explanation, false);
    }

    /**
     * {@return one of which it is unknown whether it verifies}
     *
     * @param explanation what it is and why, safe to show
     */
    public static Unaccepted undecidable(String explanation) {
        return new Unaccepted(explanation, true);
    }

    /** {@return what was found} */
    @Override
    public String toString() {
        return explanation;
    }
}
