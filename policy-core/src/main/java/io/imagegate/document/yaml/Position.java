package io.imagegate.document.yaml;

import io.imagegate.text.TextPosition;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Position in a file; line and column start at 1, and are 0 for the whole file. */
public record Position(String file, int line, int column) {

    /** {@return the position of a file as a whole} */
    static Position whole(String file) {
        return new Position(file, 0, 0);
    }

    static Position of(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    static Position of(String file, TextPosition at) {
        return new Position(file, at.line(), at.column());
    }

    public Position right(int characters) {
        return new Position(file, line, column + characters);
    }
}
