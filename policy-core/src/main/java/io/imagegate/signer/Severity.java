package io.imagegate.signer;

import java.util.Locale;

/**
 * Severity of a vulnerability, as scanners rate it; the most severe comes first.
 *
 * @since 0.1
 */
public enum Severity {
    /** Critical. */
    CRITICAL,
    /** High. */
    HIGH,
    /** Medium. */
    MEDIUM,
    /** Low. */
    LOW,
    /** Negligible. */
    NEGLIGIBLE,
    /** Not rated, or rated in a word that is none of these. */
    UNKNOWN;

    /**
     * {@return the severity that a scanner writes; letter case does not count}
     *
     * @param text the word of the scanner
     */
    public static Severity of(String text) {
        for (Severity severity : values()) {
            if (severity.toString().equalsIgnoreCase(text)) {
                return severity;
            }
        }
        return UNKNOWN;
    }

    /** {@return the name in lower case, as policies write it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
