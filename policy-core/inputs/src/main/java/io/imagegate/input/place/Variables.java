package io.imagegate.input.place;

import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts values of variables into texts, as the shell does: {@code $A}, {@code ${A}}, and {@code ${A:-b}}, {@code ${A-b}},
 * {@code ${A:+b}}, {@code ${A+b}}, {@code ${A:?b}} and {@code ${A?b}}, where {@code b} may have variables, too. Not thread-safe.
 */
public final class Variables {

    /** Longest text that is made; a reference is a few hundred characters long. */
    private static final int LONGEST = 8_192;

    private static final int DEEPEST = 32;
    private static final int SHOWN = 60;
    private static final char NONE = '\0';
    /** Names of one character, none of which has a value in a build. */
    private static final String SPECIAL = "@*#?-!$";
    /** What patterns begin with. Builders differ in whether they know them. */
    private static final String PATTERNS = "#%/";

    private final TextPlaces places;
    /** Names of variables whose values nothing here tells. */
    private final Predicate<String> foreign;
    /** The character that takes the meaning of the next one; none in Compose, where {@code $$} is a {@code $}. */
    private final char escape;

    private final Map<String, Value> values = new HashMap<>();
    /** Variables without a value that may be empty, or not be there: builders differ. */
    private final Set<String> declared = new HashSet<>();

    /**
     * A text with values.
     *
     * @param text the text; without what has no value
     * @param missing a variable that has no value; null if all have
     */
    public record Value(PlacedText text, @Nullable String missing) {}

    private Variables(TextPlaces places, char escape, Predicate<String> foreign) {
        this.places = places;
        this.escape = escape;
        this.foreign = foreign;
    }

    /** {@return variables of a Dockerfile, whose texts have quotes} */
    public static Variables ofDockerfile(TextPlaces places, char escape) {
        return new Variables(places, escape, name -> false);
    }

    /** {@return variables of a Compose file, which has those of the environment, too} */
    public static Variables ofCompose(TextPlaces places) {
        return new Variables(places, NONE, ShellVariables::contains);
    }

    public void set(String name, Value value) {
        declared.remove(name);
        values.put(name, value);
    }

    /** Names a variable without giving it a value. */
    public void declare(String name) {
        values.remove(name);
        declared.add(name);
    }

    private @Nullable Value known(String name) {
        return foreign.test(name) ? new Value(new PlacedText(), "${" + name + "}") : values.get(name);
    }

    /** {@return a text with the values of its variables, and without quotes} */
    public Value expand(PlacedText raw) throws InputException {
        return new Expansion(raw).all();
    }

    private final class Expansion {

        private final PlacedText raw;
        private int at;
        private int depth;
        private @Nullable String missing;

        Expansion(PlacedText raw) {
            this.raw = raw;
        }

        Value all() throws InputException {
            return new Value(until(NONE), missing);
        }

        private PlacedText until(char stop) throws InputException {
            if (++depth > DEEPEST) {
                throw malformed("variables in variables: expected " + DEEPEST + " levels at most");
            }
            PlacedText made = new PlacedText();
            while (at < raw.length() && (stop == NONE || raw.charAt(at) != stop)) {
                char c = raw.charAt(at);
                if (c == '$') {
                    dollar(made);
                } else if (escape == NONE && stop != NONE && c == '{') {
                    // Compose counts these, too, to find the end.
                    throw malformed("a { in what a variable has: expected none but those of variables");
                } else if (escape != NONE && c == '\'') {
                    single(made);
                } else if (escape != NONE && c == '"') {
                    twice(made);
                } else {
                    at += c == escape && escape != NONE ? 1 : 0;
                    literal(made);
                }
            }
            if (stop != NONE && at++ == raw.length()) {
                throw malformed("expected a } at the end of a variable");
            }
            depth--;
            return made;
        }

        private void literal(PlacedText made) throws InputException {
            if (at < raw.length()) {
                made.add(raw, at++);
                requireShort(made);
            }
        }

        private void requireShort(PlacedText made) throws InputException {
            if (made.length() > LONGEST) {
                throw malformed("a text with its variables is longer than " + LONGEST + " characters");
            }
        }

        private void single(PlacedText made) throws InputException {
            at++;
            while (peek() != '\'') {
                requireMore();
                literal(made);
            }
            at++;
        }

        private void twice(PlacedText made) throws InputException {
            at++;
            while (peek() != '"') {
                requireMore();
                if (peek() == '$') {
                    dollar(made);
                    continue;
                }
                boolean escaped = peek() == escape
                        && at + 1 < raw.length()
                        && (raw.charAt(at + 1) == '"' || raw.charAt(at + 1) == '$' || raw.charAt(at + 1) == escape);
                at += escaped ? 1 : 0;
                literal(made);
            }
            at++;
        }

        private void requireMore() throws InputException {
            if (at >= raw.length()) {
                throw malformed("expected a quote at the end of a text in quotes");
            }
        }

        private char peek() {
            return at < raw.length() ? raw.charAt(at) : NONE;
        }

        private void dollar(PlacedText made) throws InputException {
            int start = at++;
            if (escape == NONE && peek() == '$') {
                literal(made);
            } else if (peek() == '{') {
                at++;
                braces(made);
            } else {
                String name = name();
                if (!name.isEmpty()) {
                    value(made, name);
                } else if (escape == NONE) {
                    throw malformed("expected the name of a variable after $, or $$ for the character");
                } else {
                    made.add(raw, start);
                    requireShort(made);
                }
            }
        }

        private String name() {
            int start = at;
            if (escape != NONE && at < raw.length() && (Character.isDigit(peek()) || SPECIAL.indexOf(peek()) >= 0)) {
                at++;
                return raw.part(start, at).toString();
            }
            while (Character.isLetter(peek()) || peek() == '_' || (at > start && Character.isDigit(peek()))) {
                at++;
            }
            return raw.part(start, at).toString();
        }

        private void value(PlacedText made, String name) throws InputException {
            Value value = known(name);
            if (value == null) {
                missing = "${" + name + "}";
            } else {
                use(made, value);
            }
        }

        private void use(PlacedText made, Value value) throws InputException {
            missing = value.missing == null ? missing : value.missing;
            made.add(value.text);
            requireShort(made);
        }

        private void braces(PlacedText made) throws InputException {
            int start = at - 2;
            String name = name();
            if (name.isEmpty()) {
                throw malformed("expected the name of a variable after ${");
            }
            if (peek() == '}') {
                at++;
                value(made, name);
                return;
            }
            if (escape != NONE && at < raw.length() && PATTERNS.indexOf(peek()) >= 0) {
                until('}');
                missing = raw.part(start, at).toString();
                return;
            }
            boolean orEmpty = peek() == ':';
            at += orEmpty ? 1 : 0;
            char operator = peek();
            at++;
            if (operator != '-' && operator != '+' && operator != '?') {
                throw malformed(SafeText.quote("${" + name, SHOWN)
                        + ": expected :-, -, :+, +, :? or ? after the name of a variable");
            }
            // What a variable in a text that is not used lacks does not matter.
            String before = missing;
            PlacedText other = until('}');
            String after = missing;
            missing = before;
            Value value = known(name);
            if (value != null && value.missing != null) {
                missing = value.missing;
                return;
            }
            // Who writes + expects that somebody may set the variable; what stands behind it then is part of the text.
            boolean mayBeSet = escape == NONE && operator == '+' && value == null;
            if (mayBeSet || (!orEmpty && declared.contains(name))) {
                missing = "${" + name + "}";
                return;
            }
            if (value != null && !(orEmpty && value.text.isEmpty())) {
                if (operator == '+') {
                    use(made, new Value(other, after));
                } else {
                    use(made, value);
                }
            } else if (operator == '-') {
                use(made, new Value(other, after));
            } else if (operator == '?') {
                missing = "${" + name + "}";
            }
        }

        private InputException malformed(String problem) {
            return places.malformed(raw.place(), problem);
        }
    }
}
