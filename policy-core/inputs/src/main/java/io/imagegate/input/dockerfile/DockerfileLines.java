package io.imagegate.input.dockerfile;

import io.imagegate.input.InputException;
import io.imagegate.input.place.PlacedText;
import io.imagegate.input.place.TextPlaces;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instructions of a Dockerfile, each as one line: without comments, and with the lines on which it goes on. The comments at
 * the start may have directives. Not thread-safe.
 */
final class DockerfileLines {

    private static final Pattern DIRECTIVE =
            Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(\\S.*)", Pattern.DOTALL);

    private final TextPlaces places;
    private final String text;
    private final Set<String> directives = new HashSet<>();
    private boolean isStart = true;
    private boolean hasOther;
    private char escape = '\\';
    private @Nullable PlacedText syntax;

    /** The current line: its first character, the one after its last, and the first one's offset in code points. */
    private int start;

    private int end;
    private int offset;
    /** Where the next line starts. */
    private int next;

    private int nextOffset;

    /**
     * Reads the directives.
     *
     * @param places of the text
     * @param text without a byte order mark
     */
    DockerfileLines(TextPlaces places, String text) throws InputException {
        this.places = places;
        this.text = text;
        if (text.startsWith("#!")) {
            move();
            hasOther = true;
        }
        while (isStart) {
            int line = next;
            int lineOffset = nextOffset;
            isStart = move() && isDirective();
            if (!isStart) {
                next = line;
                nextOffset = lineOffset;
            }
        }
    }

    /** {@return the character at the end of a line that goes on} */
    char escape() {
        return escape;
    }

    /** {@return the image that reads this file, of the directive {@code syntax}; null if there is none} */
    @Nullable
    PlacedText syntax() {
        return syntax;
    }

    private boolean move() {
        if (next >= text.length()) {
            return false;
        }
        start = next;
        offset = nextOffset;
        int newline = text.indexOf('\n', start);
        end = newline < 0 ? text.length() : newline;
        next = newline < 0 ? end : newline + 1;
        nextOffset = offset + text.codePointCount(start, next);
        while (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return true;
    }

    private int afterSpaces() {
        int at = start;
        while (at < end && PlacedText.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Builders disagree on whether a directive that they do not know ends those at the start. */
    private boolean isDirective() throws InputException {
        PlacedText line = new PlacedText();
        add(line, afterSpaces(), end);
        Matcher matcher = DIRECTIVE.matcher(line.toString());
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        if (!name.equals("syntax") && !name.equals("escape")) {
            hasOther = true;
            return true;
        }
        if (!directives.add(name)) {
            throw places.malformed(line.place(), "the directive " + name + " comes twice, expected it once");
        }
        int stop = matcher.end(2);
        while (" \t\f\r".indexOf(line.charAt(stop - 1)) >= 0) {
            stop--;
        }
        PlacedText value = line.part(matcher.start(2), stop);
        int words = value.indexOf(" ");
        if (name.equals("syntax")) {
            syntax = value.part(0, words < 0 ? value.length() : words);
        } else {
            String character = value.toString();
            boolean backslash = character.equals("\\");
            if (!backslash && (hasOther || !character.equals("`"))) {
                throw places.malformed(
                        line.place(), "escape: expected \\ or `, in a directive that no other comment precedes");
            }
            escape = character.charAt(0);
        }
        return true;
    }

    private void add(PlacedText line, int from, int to) {
        int at = offset + text.codePointCount(start, from);
        for (int i = from; i < to; i++) {
            line.add(text.charAt(i), at);
            at += Character.isHighSurrogate(text.charAt(i)) ? 0 : 1;
        }
    }

    /** {@return the next instruction; null at the end} */
    @Nullable
    PlacedText next() {
        while (move()) {
            int from = afterSpaces();
            if (from == end || text.charAt(from) == '#') {
                continue;
            }
            PlacedText line = new PlacedText();
            boolean goesOn = addLine(line, from);
            while (goesOn && move()) {
                int first = afterSpaces();
                if (first < end && text.charAt(first) != '#') {
                    goesOn = addLine(line, start);
                }
            }
            if (!line.toString().isBlank()) {
                return line;
            }
        }
        return null;
    }

    /** {@return whether the line that this adds goes on, by one escape at its end} */
    private boolean addLine(PlacedText line, int from) {
        int last = end;
        while (last > from && (text.charAt(last - 1) == ' ' || text.charAt(last - 1) == '\t')) {
            last--;
        }
        boolean goesOn =
                last > from && text.charAt(last - 1) == escape && (last - 1 == from || text.charAt(last - 2) != escape);
        add(line, from, goesOn ? last - 1 : end);
        return goesOn;
    }

    /** {@return whether the end of the here-document that this skips was found} */
    boolean skipDocument(String terminator, boolean tabs) {
        while (move()) {
            int from = start;
            while (tabs && from < end && text.charAt(from) == '\t') {
                from++;
            }
            if (text.substring(from, end).equals(terminator)) {
                return true;
            }
        }
        return false;
    }
}
