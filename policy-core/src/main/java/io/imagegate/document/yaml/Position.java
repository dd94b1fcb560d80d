package io.imagegate.document.yaml;

/** Position in a file; line and column start at 1, and are 0 for the whole file. */
public record Position(String file, int line, int column) {

    /** {@return the position of a file as a whole} */
    static Position whole(String file) {
        return new Position(file, 0, 0);
    }

    public Position right(int characters) {
        return new Position(file, line, column + characters);
    }
}
