package io.imagegate.document.yaml;

/** Position in a file; line and columns start at 1, and are 0 for the whole file. Behind the end it is 0 if that is unknown. */
public record Position(String file, int line, int column, int endColumn) {

    /** A position without a known end. */
    public Position(String file, int line, int column) {
        this(file, line, column, 0);
    }

    /** {@return the position of a file as a whole} */
    static Position whole(String file) {
        return new Position(file, 0, 0);
    }

    public Position right(int characters) {
        int start = column + characters;
        return new Position(file, line, start, start < endColumn ? endColumn : 0);
    }
}
