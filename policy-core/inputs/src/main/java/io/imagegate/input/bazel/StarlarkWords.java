package io.imagegate.input.bazel;

import io.imagegate.input.InputException;
import io.imagegate.input.bazel.StarlarkToken.Kind;
import io.imagegate.input.place.TextPlaces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits a file in Starlark into the words of its statements, as Bazel does. */
final class StarlarkWords {

    private static final int DEEPEST = 100;
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final TextPlaces places;
    private final String text;
    private final List<StarlarkToken> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;
    /** Characters so far that take two. */
    private int pairs;

    StarlarkWords(TextPlaces places, String text) {
        this.places = places;
        this.text = text;
    }

    /** {@return the words; each statement has its end} */
    List<StarlarkToken> split() throws InputException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                skipTo('\n');
            } else if (c == '\n' || c == ';') {
                if (open.isEmpty()) {
                    add(Kind.END, "", at);
                }
                next();
            } else if (c == '\\' && at + 1 < text.length() && "\r\n".indexOf(text.charAt(at + 1)) >= 0) {
                skipTo('\n');
                next();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                next();
            } else if (c == '"' || c == '\'') {
                string(false, false);
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                word();
            } else {
                sign(c);
            }
        }
        if (!open.isEmpty()) {
            throw places.malformed(place(at), "expected the end of a bracket " + open.peek());
        }
        add(Kind.END, "", at);
        return tokens;
    }

    private void add(Kind kind, String word, int start) {
        tokens.add(new StarlarkToken(kind, word, place(start)));
    }

    private int place(int index) {
        return index - pairs;
    }

    private void next() {
        if (at < text.length()) {
            pairs += Character.isHighSurrogate(text.charAt(at)) ? 1 : 0;
            at++;
        }
    }

    private void skipTo(char end) {
        while (at < text.length() && text.charAt(at) != end) {
            next();
        }
    }

    private void word() throws InputException {
        int start = at;
        int place = place(at);
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            next();
        }
        String word = text.substring(start, at);
        boolean quoted = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
        if (quoted && word.matches("r|b|rb|br")) {
            string(word.contains("r"), word.contains("b"));
        } else {
            tokens.add(new StarlarkToken(Kind.NAME, word, place));
        }
    }

    private void string(boolean raw, boolean bytes) throws InputException {
        char quote = text.charAt(at);
        int place = place(at);
        String three = String.valueOf(quote).repeat(3);
        String end = text.startsWith(three, at) ? three : String.valueOf(quote);
        at += end.length();
        int start = at;
        int first = place(at);
        boolean escaped = false;
        while (!text.startsWith(end, at)) {
            if (at >= text.length() || (text.charAt(at) == '\n' && end.length() == 1)) {
                throw places.malformed(place, "expected the end " + end + " of a text");
            }
            if (text.charAt(at) == '\\') {
                escaped = true;
                next();
            }
            next();
        }
        tokens.add(new StarlarkToken(
                escaped || raw || bytes ? Kind.OTHER_TEXT : Kind.TEXT, text.substring(start, at), first));
        at += end.length();
    }

    private void sign(char c) throws InputException {
        if (OPENING.indexOf(c) >= 0) {
            open.push(c);
            if (open.size() > DEEPEST) {
                throw places.malformed(place(at), "nested too deeply: expected " + DEEPEST + " brackets at most");
            }
        }
        int closing = CLOSING.indexOf(c);
        if (closing >= 0 && (open.isEmpty() || open.pop() != OPENING.charAt(closing))) {
            throw places.malformed(place(at), "a bracket " + c + " without its beginning");
        }
        add(Kind.SIGN, String.valueOf(c), at);
        next();
    }
}
