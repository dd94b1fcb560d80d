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

    /** How many characters of a text take the memory of a value. */
    private static final int CHARACTERS = 100;

    /** How many visits take the time of a comparison with a short pattern, and how many of its steps that of a visit. */
    private static final int PATTERN = 20;

    /** How many visits take the time in which a value is parsed. */
    private static final int PARSING = 10;

    /** How many bytes of a text are parsed in the time of a visit, besides its values. */
    private static final int PARSED = 4;

    /** How many visits take the time in which the name of an object is compared. */
    private static final int COMPARING = 10;

    /** How many visits take the time in which a text is opened. */
    private static final int OPENING = 1_000;

    /** How many visits take the time in which a file of a folder is looked at. */
    private static final int LOOKING = 50;

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

    /** Counts files and folders that are looked at. */
    void look(ManifestNode at, long files) throws InputException {
        visit(at, LOOKING * files);
    }

    /** Counts an object that deploys something, which few others deploy one in another. */
    void deploy(ManifestNode object, int depth) throws InputException {
        visit(object, (long) OPENING * depth * depth);
    }

    /** Counts a text that is parsed. */
    void parse(ManifestNode reference, int bytes) throws InputException {
        visit(reference, bytes / PARSED);
    }

    /** {@return how many values are kept now} */
    int mark() {
        return kept;
    }

    /** No longer keeps what was kept since then. */
    void release(int mark) {
        kept = mark;
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

    /** Counts a text that is made of others, which are not longer together than it. */
    void make(ManifestNode at, long characters) throws InputException {
        keep(at, 1 + characters / CHARACTERS);
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

    /** {@return whether no more may be read} */
    boolean isSpent() {
        return kept > KEPT || visited > VISITED;
    }

    /** Counts the comparison of a name with those of objects. */
    void compare(ManifestNode name, int objects) throws InputException {
        visit(name, (long) COMPARING * objects);
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
