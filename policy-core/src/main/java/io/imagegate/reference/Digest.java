package io.imagegate.reference;

import org.jspecify.annotations.Nullable;

/**
 * Hash that identifies the content of an image: {@code sha256:} and 64 hexadecimal digits.
 *
 * <p>The algorithms are {@code sha256}, {@code sha384} and {@code sha512}, with 64, 96 and 128 lower-case digits. Two
 * digests are equal if their texts are equal. Immutable.
 *
 * @since 0.1
 */
public final class Digest {

    private static final int ALGORITHM_LENGTH = 6;
    private static final int LONGEST_HEX = 128;
    /** Length of the longest digest as text. */
    static final int LONGEST = ALGORITHM_LENGTH + 1 + LONGEST_HEX;

    private final String text;

    private Digest(String text) {
        this.text = text;
    }

    /**
     * Parses a digest.
     *
     * @param text the digest, such as {@code sha256:9bbf…}
     * @return the digest
     * @throws ReferenceSyntaxException if the text is not a digest of a known algorithm and its exact length
     */
    public static Digest parse(String text) {
        int end = end(text, 0);
        if (end < 0) {
            throw new ReferenceSyntaxException(ReferenceDiagnosis.digest("digest", text, 0, ~end));
        }
        return new Digest(text);
    }

    /** {@return a digest of text that {@link #end} has checked} */
    static Digest checked(String text) {
        return new Digest(text);
    }

    /**
     * {@return the end of the text if it is a digest from an offset on, else the complement of the offset of the error}
     */
    static int end(String text, int from) {
        int digits = digits(text, from);
        if (digits == 0) {
            return ~from;
        }
        int first = from + ALGORITHM_LENGTH + 1;
        int last = Math.min(text.length(), first + digits);
        for (int i = first; i < last; i++) {
            if ((CharacterClass.of(text.charAt(i)) & CharacterClass.LOWER_HEX) == 0) {
                return ~i;
            }
        }
        return text.length() == first + digits ? last : ~last;
    }

    /** {@return the number of digits of the algorithm at an offset, or 0 if it is unknown} */
    private static int digits(String text, int from) {
        if (text.startsWith("sha256:", from)) {
            return 64;
        }
        if (text.startsWith("sha512:", from)) {
            return LONGEST_HEX;
        }
        return text.startsWith("sha384:", from) ? 96 : 0;
    }

    /** {@return the hash algorithm: {@code sha256}, {@code sha384} or {@code sha512}} */
    public String algorithm() {
        return text.substring(0, ALGORITHM_LENGTH);
    }

    /** {@return the hash in lower-case hexadecimal digits} */
    public String hex() {
        return text.substring(ALGORITHM_LENGTH + 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && text.equals(digest.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the digest as text: algorithm, colon, digits} */
    @Override
    public String toString() {
        return text;
    }
}
