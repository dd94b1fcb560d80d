package io.imagegate.console;

import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the playground is asked.
 *
 * @param policy the text of the policy file
 * @param input the format of the text that names images
 * @param asked the text that names images
 * @param namespace the namespace of what names none
 * @param at the instant of the decision; empty for now
 * @param facts the facts about the images, as a case of a policy test gives them; may be empty
 * @param language the language of the page
 */
record JudgeRequest(
        String policy, String input, String asked, String namespace, String at, String facts, Locale language) {

    private static final String POLICY = "policy";
    private static final String ASKED = "asked";
    private static final String INPUT = "input";
    private static final String TEXT = "text";
    private static final String NAMESPACE = "namespace";
    private static final String AT = "at";
    private static final String FACTS = "facts";
    private static final String LANGUAGE = "language";

    private static final SyntaxLimits LIMITS =
            SyntaxLimits.builder(Playground.MOST_BYTES, 2).nameChars(100).build();

    /**
     * Reads a request.
     *
     * @param json the request
     * @return the request
     * @throws IllegalArgumentException if it is none
     */
    static JudgeRequest read(byte[] json) {
        JsonCursor<IllegalArgumentException> cursor = JsonCursor.of(json, json.length, LIMITS, JudgeRequest::mistake);
        if (!cursor.begin()) {
            throw cursor.malformed("expected a JSON object, got nothing");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        enter(cursor);
        for (String name = cursor.field(); name != null; name = cursor.field()) {
            if (name.equals(ASKED)) {
                enter(cursor);
                for (String inner = cursor.field(); inner != null; inner = cursor.field()) {
                    read(cursor, inner, List.of(INPUT, TEXT), texts);
                }
            } else {
                read(cursor, name, List.of(POLICY, NAMESPACE, AT, FACTS, LANGUAGE), texts);
            }
        }
        if (cursor.begin()) {
            throw cursor.malformed("expected one object, got more");
        }
        return of(texts);
    }

    private static void enter(JsonCursor<IllegalArgumentException> cursor) {
        if (!cursor.object("request")) {
            throw cursor.malformed("expected an object, got null");
        }
    }

    private static void read(
            JsonCursor<IllegalArgumentException> cursor, String name, List<String> wanted, Map<String, String> texts) {
        if (!wanted.contains(name)) {
            throw cursor.malformed("unknown field, expected one of " + String.join(", ", wanted));
        }
        texts.put(name, cursor.text(name));
    }

    private static JudgeRequest of(Map<String, String> texts) {
        String input = required(texts, INPUT);
        if (!AskedTexts.INPUTS.contains(input)) {
            throw new IllegalArgumentException(
                    "the request: asked.input: expected one of " + String.join(", ", AskedTexts.INPUTS));
        }
        return new JudgeRequest(
                required(texts, POLICY),
                input,
                required(texts, TEXT),
                required(texts, NAMESPACE),
                required(texts, AT),
                required(texts, FACTS),
                language(required(texts, LANGUAGE)));
    }

    private static String required(Map<String, String> texts, String name) {
        @Nullable String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("the request: expected the field " + name);
        }
        return text;
    }

    private static Locale language(String tag) {
        return Words.LANGUAGES.stream()
                .filter(known -> known.toLanguageTag().equals(tag))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the request: language: expected en or zh-CN"));
    }

    private static IllegalArgumentException mistake(int line, int column, String problem) {
        return new IllegalArgumentException("the request: line " + line + ", byte " + column + ": " + problem);
    }
}
