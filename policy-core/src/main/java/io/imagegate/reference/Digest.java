package io.imagegate.reference;

import static io.imagegate.reference.ReferenceProblem.DIGEST;
import static io.imagegate.reference.ReferenceProblem.DIGEST_ALGORITHM;
import static io.imagegate.reference.ReferenceProblem.DIGEST_LENGTH;

import org.jspecify.annotations.Nullable;

/**
 * The content of an image, told by its hash: {@code sha256:} and 64 hexadecimal digits.
 *
 * <p>The algorithms are {@code sha256}, {@code sha384} and {@code sha512}, with 64, 96 and 128 lower-case digits; nothing
 * else is a digest. Two digests are equal when their texts are. Immutable.
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
     * Reads a digest.
     *
     * @param text the digest, such as {@code sha256:9bbf…}
     * @return the digest
     * @throws ReferenceSyntaxException if the text is not a digest of a known algorithm and its exact length
     */
    public static Digest parse(String text) {
        check("digest", text, 0);
        return new Digest(text);
    }

    /** {@return a digest of text that {@link #check} has seen} */
    static Digest checked(String text) {
        return new Digest(text);
    }

    /** Refuses text whose part from an offset to its end is not a digest. */
    static void check(String subject, String text, int from) {
        int digits = digits(text, from);
        if (digits == 0) {
            throw unknownAlgorithm(subject, text, from);
        }
        int first = from + ALGORITHM_LENGTH + 1;
        int last = Math.min(text.length(), first + digits);
        for (int i = first; i < last; i++) {
            if ((CharacterClass.of(text.charAt(i)) & CharacterClass.LOWER_HEX) == 0) {
                throw new ReferenceSyntaxException(subject, text, DIGEST, i);
            }
        }
        if (text.length() != first + digits) {
            throw new ReferenceSyntaxException(subject, text, DIGEST_LENGTH, last);
        }
    }

    /** {@return how many digits follow the algorithm that starts at an offset, or 0 if it is unknown} */
    private static int digits(String text, int from) {
        if (text.startsWith("sha256:", from)) {
            return 64;
        }
        if (text.startsWith("sha512:", from)) {
            return LONGEST_HEX;
        }
        return text.startsWith("sha384:", from) ? 96 : 0;
    }

    private static ReferenceSyntaxException unknownAlgorithm(String subject, String text, int from) {
        boolean named = text.indexOf(':', from) > from;
        return new ReferenceSyntaxException(
                subject, text, named ? DIGEST_ALGORITHM : DIGEST, Math.min(from, text.length()));
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
