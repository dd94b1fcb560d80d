package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.Cursor;

/**
 * Limits the work on the kustomizations of a run, and the memory for one of them: a few lines can include a file, or apply a
 * patch, very often. Not thread-safe.
 */
final class KustomizeBudget {

    /** Most values that are visited in a run, which takes some seconds. */
    static final long VISITED = 100_000_000;

    /** Most values in the objects and patches of one kustomization with its bases. */
    static final int KEPT = 1_000_000;

    /** How many visits take the time of a comparison with a short pattern, and how many of its steps that of a visit. */
    private static final int PATTERN = 20;

    /** How many visits take the time in which a value is parsed. */
    private static final int PARSING = 10;

    /** How many visits take the time in which a text is opened. */
    private static final int OPENING = 1_000;

    private static final String PROBLEM =
            "kustomizations include or patch too much: check what kubectl kustomize prints instead";

    private long visited;
    private int kept;

    /** Another kustomization begins. */
    void begin() {
        kept = 0;
    }

    /** Counts a text that is read. */
    void open(ManifestNode reference) throws InputException {
        visit(reference, OPENING);
    }

    /** Counts a value that is read. */
    void read(Cursor<InputException> cursor) throws InputException {
        visited += PARSING;
        if (!keep()) {
            throw cursor.malformed(PROBLEM);
        }
    }

    /** Counts a value that is copied. */
    void copy(ManifestNode value) throws InputException {
        if (!keep()) {
            throw value.malformed(PROBLEM);
        }
    }

    /** Counts values that are made of others. */
    void keep(ManifestNode at, long values) throws InputException {
        visit(at, values);
        kept += (int) Math.min(values, KEPT);
        if (kept > KEPT) {
            throw at.malformed(PROBLEM);
        }
    }

    private boolean keep() {
        visited++;
        kept++;
        return kept <= KEPT && visited <= VISITED;
    }

    /**
     * Counts visited values.
     *
     * @param at what is worked on, for the message
     * @param values how many are visited
     */
    void visit(ManifestNode at, long values) throws InputException {
        visited += values;
        if (visited > VISITED) {
            throw at.malformed(PROBLEM);
        }
    }

    /**
     * Counts the comparison of a text with a pattern, which may try the pattern at each character of the text.
     *
     * @param at what is worked on, for the message
     * @param text how long the text is
     * @param pattern how long the pattern is
     */
    void match(ManifestNode at, long text, long pattern) throws InputException {
        visit(at, PATTERN + text * pattern / PATTERN);
    }
}
