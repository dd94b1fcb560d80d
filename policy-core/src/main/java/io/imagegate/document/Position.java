package io.imagegate.document;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** Position in a file; line and column start at 1. */
record Position(String file, int line, int column) {

    static Position of(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    Position right(int characters) {
        return new Position(file, line, column + characters);
    }
}
