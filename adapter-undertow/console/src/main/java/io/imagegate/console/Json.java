package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON for the pages: texts and lists are cut, so that nobody who names an image chooses how long it gets. */
final class Json {

    /** The longest text, in UTF-16 units. */
    static final int LONGEST_TEXT = 1_000;

    /** The most elements of a list. */
    static final int LONGEST_LIST = 1_000;

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** {@return an object} Half characters, which UTF-8 does not have, become question marks. */
    static byte[] bytes(Consumer<JsonGenerator> properties) {
        return bytes(Integer.MAX_VALUE, properties).orElseThrow();
    }

    /** {@return an object, unless it has more characters: then no more are written, and nothing is returned} */
    static Optional<byte[]> bytes(int longest, Consumer<JsonGenerator> properties) {
        LimitedWriter text = new LimitedWriter(longest);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            object(json, properties);
        } catch (JacksonIOException e) {
            if (!text.isFull) {
                throw e;
            }
        }
        return text.isFull ? Optional.empty() : Optional.of(text.toString().getBytes(UTF_8));
    }

    /** {@return an object without its braces} */
    static byte[] properties(Consumer<JsonGenerator> properties) {
        byte[] object = bytes(properties);
        return Arrays.copyOfRange(object, 1, object.length - 1);
    }

    /** Text up to a limit. */
    private static final class LimitedWriter extends Writer {

        private final StringBuilder text = new StringBuilder();
        private final int longest;
        private boolean isFull;

        LimitedWriter(int longest) {
            this.longest = longest;
        }

        @Override
        public void write(char[] from, int offset, int length) throws IOException {
            isFull = isFull || length > longest - text.length();
            if (isFull) {
                throw new IOException("more than " + longest + " characters");
            }
            text.append(from, offset, length);
        }

        @Override
        public void flush() {
            // All is in memory.
        }

        @Override
        public void close() {
            // All is in memory.
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    static void object(JsonGenerator json, Consumer<JsonGenerator> properties) {
        json.writeStartObject();
        properties.accept(json);
        json.writeEndObject();
    }

    static void object(JsonGenerator json, String name, Consumer<JsonGenerator> properties) {
        json.writeName(name);
        object(json, properties);
    }

    static void text(JsonGenerator json, String name, String value) {
        json.writeStringProperty(name, cut(value, LONGEST_TEXT));
    }

    static void text(JsonGenerator json, String name, Optional<?> value) {
        value.ifPresent(known -> text(json, name, String.valueOf(known)));
    }

    static void texts(JsonGenerator json, String name, Collection<String> values) {
        list(json, name, values, (out, value) -> out.writeString(cut(value, LONGEST_TEXT)));
    }

    /** Writes a list, and beside it how many elements are left out, as {@code moreName}, if any are. */
    static <T> void list(JsonGenerator json, String name, Collection<T> values, BiConsumer<JsonGenerator, T> element) {
        json.writeArrayPropertyStart(name);
        values.stream().limit(LONGEST_LIST).forEach(value -> element.accept(json, value));
        json.writeEndArray();
        if (values.size() > LONGEST_LIST) {
            String more = "more" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            json.writeNumberProperty(more, values.size() - LONGEST_LIST);
        }
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : SafeText.cut(text, longest) + "…";
    }
}
