package io.imagegate.document.yaml;

import java.util.Locale;

/** Kind of a mistake, which quotes nothing of the file. */
public enum ProblemKind {
    /** A file or folder is missing, or cannot be read. */
    UNREADABLE,
    /** A file is longer than allowed. */
    TOO_LARGE,
    /** A text is not YAML, JSON or UTF-8, or beyond the limits of the parser. */
    SYNTAX,
    /** Everything else: an unknown key, a value of another form, policies that contradict each other. */
    INVALID;

    /** {@return its name in small letters, such as {@code too-large}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
