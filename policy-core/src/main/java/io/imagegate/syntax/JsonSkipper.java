package io.imagegate.syntax;

import java.util.Arrays;

/** Skips whole values. Keeps only one bit for each level of nesting. Not thread-safe. */
final class JsonSkipper<X extends Exception> {

    private final JsonInput<X> in;
    private final JsonScanner<X> scanner;
    private final int maxNesting;
    /** One bit a level: set for an object, clear for an array. */
    private long[] objects = new long[2];

    JsonSkipper(JsonInput<X> in, JsonScanner<X> scanner, int maxNesting) {
        this.in = in;
        this.scanner = scanner;
        this.maxNesting = maxNesting;
    }

    /** Skips the value at the cursor, which has the given depth. */
    void value(int nesting) throws X {
        int level = nesting;
        do {
            int c = in.token();
            if (c == '"') {
                in.at++;
                scanner.string();
            } else if (c == '{' || c == '[') {
                in.at++;
                level = open(level, c == '{');
                if (in.token() != (c == '{' ? '}' : ']')) {
                    if (c == '{') {
                        name();
                    }
                    continue;
                }
                in.at++;
                level--;
            } else {
                scanner.scalar(c);
            }
            level = close(level, nesting);
        } while (level > nesting);
    }

    private int open(int level, boolean object) throws X {
        if (level == maxNesting) {
            in.at--;
            throw in.overLimit("nested too deeply: expected " + maxNesting + " levels at most");
        }
        int word = level >>> 6;
        if (word >= objects.length) {
            objects = Arrays.copyOf(objects, 2 * word);
        }
        long bit = 1L << level;
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        return level + 1;
    }

    private boolean isObject(int level) {
        return (objects[level >>> 6] & (1L << level)) != 0;
    }

    /** After a value: closes the objects and arrays that end here, and moves to the next value. */
    private int close(int from, int nesting) throws X {
        int level = from;
        while (level > nesting) {
            int c = in.token();
            boolean object = isObject(level - 1);
            if (c == ',') {
                in.at++;
                if (object) {
                    in.token();
                    name();
                }
                return level;
            }
            if (c != (object ? '}' : ']')) {
                throw in.malformed(object ? "expected \",\" or \"}\"" : "expected \",\" or \"]\"");
            }
            in.at++;
            level--;
        }
        return level;
    }

    private void name() throws X {
        if (in.peek() != '"') {
            throw in.malformed("expected the name of a field");
        }
        in.at++;
        scanner.string();
        if (in.token() != ':') {
            throw in.malformed("expected \":\" after the name of a field");
        }
        in.at++;
    }
}
