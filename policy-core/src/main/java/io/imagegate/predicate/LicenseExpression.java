package io.imagegate.predicate;

import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * License expression of SPDX (annex D of SPDX 2.3), as bills of materials have it: licenses of the SPDX License List with
 * {@code AND}, {@code OR}, {@code WITH} and parentheses. Ids count in any letter case, deprecated ones as what replaces them,
 * {@code -or-later} and {@code +} as a choice of the version and its later ones. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class LicenseExpression {

    private static final Set<String> NO_LICENSE = Set.of("", "NOASSERTION", "NONE");
    private static final int LONGEST = 16_384;
    private static final int SHOWN = 100;

    private final String text;
    private final LicenseNode node;

    private LicenseExpression(String text, LicenseNode node) {
        this.text = text;
        this.node = node;
    }

    /**
     * Makes a value of an expression, from its parts to the whole.
     *
     * @param <T> the value
     * @since 0.1
     */
    public interface Reader<T> {

        /**
         * {@return the value of one license}
         *
         * @param license the license
         */
        T license(License license);

        /**
         * {@return the value of a license of which it is not known what it is}
         *
         * @param reason why, as a clause for the user
         */
        T unknown(String reason);

        /**
         * {@return the value of several parts that all hold}
         *
         * @param parts the values of the parts, at least two
         */
        T all(List<T> parts);

        /**
         * {@return the value of several parts of which the user of the package chooses one}
         *
         * @param parts the values of the parts, at least two
         */
        T any(List<T> parts);
    }

    /**
     * Reads an expression.
     *
     * @param text the text of a bill of materials; empty if it has none
     * @return the expression; an unknown license if the text is none, or more than 16,384 characters or 32 parentheses deep
     */
    public static LicenseExpression parse(String text) {
        String trimmed = text.strip();
        if (NO_LICENSE.contains(trimmed)) {
            return new LicenseExpression(
                    trimmed,
                    new LicenseNode.Unknown(trimmed.isEmpty() ? "no license is stated" : "the license is " + trimmed));
        }
        if (trimmed.length() > LONGEST) {
            return unknown(trimmed, "a license of more than " + LONGEST + " characters");
        }
        try {
            return new LicenseExpression(trimmed, new LicenseParser(trimmed).parse());
        } catch (UnreadableException e) {
            return unknown(trimmed, String.valueOf(e.getMessage()));
        }
    }

    private static LicenseExpression unknown(String text, String reason) {
        return new LicenseExpression(SafeText.cut(text, SHOWN), new LicenseNode.Unknown(reason));
    }

    /**
     * {@return the value that a reader makes of it}
     *
     * @param reader makes values of parts
     * @param <T> the value
     */
    public <T> T read(Reader<T> reader) {
        return node.read(reader);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LicenseExpression that && text.equals(that.text) && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the text, escaped and cut} */
    @Override
    public String toString() {
        return SafeText.escape(SafeText.cut(text, SHOWN));
    }

    String text() {
        return text;
    }
}
