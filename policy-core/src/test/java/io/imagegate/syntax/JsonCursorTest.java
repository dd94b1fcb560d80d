package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The cursor beside another reader of JSON: what is text to the one is text to the other, and the same. */
class JsonCursorTest {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\"",
            "\"\\u0061\"",
            "\"long name of a field\"",
            "\"\"",
            "\"é镜\uD83D\uDE00\"",
            "\"\\n\\\\\\\"\\/\"",
            "1",
            "0",
            "-0.5e+7",
            "01",
            "1.",
            "true",
            "false",
            "null",
            "nul",
            " ",
            "\n",
            "\"",
            "\\",
            "\u0001");

    private static JsonCursor<Refusal> cursor(byte[] text) {
        return JsonCursor.of(text, text.length, Refusal.LIMITS, Refusal.PROBLEMS);
    }

    private static JsonCursor<Refusal> stream(byte[] text) {
        return JsonCursor.of(new OneByOne(text), Refusal.LIMITS, Refusal.PROBLEMS);
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> json() {
        return json(3);
    }

    private static Arbitrary<String> json(int depth) {
        Arbitrary<String> scalars = Arbitraries.oneOf(
                Arbitraries.of("1", "-0", "1.5E-3", "true", "false", "null", "\"\\u00e9\\ud83d\\ude00\""),
                Arbitraries.strings()
                        .ofMaxLength(30)
                        .filter(s -> s.chars()
                                .noneMatch(c -> c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)))
                        .map(s -> '"' + s + '"'));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<List<String>> values = json(depth - 1).list().ofMaxSize(4);
        return Arbitraries.oneOf(scalars, values.map(all -> "[ " + String.join(" ,", all) + "]"), values.map(all -> {
            StringBuilder object = new StringBuilder("{");
            for (int i = 0; i < all.size(); i++) {
                object.append(i == 0 ? "" : ",")
                        .append("\"n")
                        .append(i)
                        .append("\" :")
                        .append(all.get(i));
            }
            return object.append("\n}").toString();
        }));
    }

    @Property(tries = 3_000)
    void readsAsAnotherReaderDoes(@ForAll("almostJson") String text) {
        byte[] bytes = ("[" + text + "]").getBytes(UTF_8);
        List<String> expected = JsonPeer.characters(bytes);
        assertThat(JsonPeer.read(cursor(bytes))).isEqualTo(expected);
        assertThat(JsonPeer.read(stream(bytes))).isEqualTo(expected);
    }

    @Property(tries = 1_000)
    void readsAndSkipsWhateverIsJson(@ForAll("json") String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<String> expected = JsonPeer.characters(bytes);
        assertThat(expected).isNotEqualTo(JsonPeer.MALFORMED);
        assertThat(JsonPeer.read(cursor(bytes))).isEqualTo(expected);
        assertThat(JsonPeer.read(stream(bytes))).isEqualTo(expected);
        assertThat(JsonPeer.skips(cursor(bytes))).isTrue();
        assertThat(JsonPeer.skips(stream(bytes))).isTrue();
        assertThat(JsonPeer.skips(cursor(("[" + text + "}").getBytes(UTF_8)))).isFalse();
    }

    @Property(tries = 3_000)
    void skipsNothingThatItWouldNotRead(@ForAll("almostJson") String text) {
        byte[] bytes = ("[" + text + "]").getBytes(UTF_8);
        boolean reads = !JsonPeer.read(cursor(bytes)).equals(JsonPeer.MALFORMED);
        // A name that comes twice makes the difference: skipped objects are not looked into for that.
        assertThat(JsonPeer.skips(cursor(bytes))).isIn(reads, reads || text.contains("{"));
        assertThat(JsonPeer.skips(stream(bytes))).isEqualTo(JsonPeer.skips(cursor(bytes)));
    }

    @Property(tries = 3_000)
    void refusesWhatIsNotUtf8(@ForAll byte[] content) {
        byte[] text = ('"' + new String(content, ISO_8859_1).replaceAll("[\\x00-\\x1f\"\\\\]", "x") + '"')
                .getBytes(ISO_8859_1);
        boolean valid = new String(text, UTF_8).getBytes(UTF_8).length == text.length
                && Arrays.equals(new String(text, UTF_8).getBytes(UTF_8), text);
        assertThat(JsonPeer.skips(cursor(text))).isEqualTo(valid);
        assertThat(JsonPeer.skips(stream(text))).isEqualTo(valid);
    }

    @Test
    void refusesAFieldThatComesTwiceAmongMany() throws Exception {
        for (int twice : new int[] {0, 31, 32, 33, 500, 999}) {
            StringBuilder object = new StringBuilder("{\"object\":{\"inner\":1}");
            for (int i = 0; i < 1_000; i++) {
                object.append(",\"field-").append(i).append("\":{\"a\":1}");
            }
            String good = object + "}";
            String bad = object + ",\"fi\\u0065ld-" + twice + "\":1}";
            assertThat(JsonPeer.read(cursor(good.getBytes(UTF_8)))).hasSize(2 + 5 + 1_000 * 5);
            assertThat(JsonPeer.read(cursor(bad.getBytes(UTF_8)))).isEqualTo(JsonPeer.MALFORMED);
            JsonCursor<Refusal> skipping = cursor(bad.getBytes(UTF_8));
            skipping.begin();
            skipping.enterObject();
            assertThatThrownBy(() -> skipping.field(FieldNames.of("none"))).hasMessageContaining("twice");
        }
    }

    @Test
    void aStreamMayBeLongerThanAnyLimit() throws Exception {
        String item = "{\"name\":\"" + "x".repeat(1_000) + "\"}\n";
        JsonCursor<Refusal> cursor = JsonCursor.of(
                new ByteArrayInputStream(item.repeat(1_000).getBytes(UTF_8)), Refusal.LIMITS, Refusal.PROBLEMS);
        int count = 0;
        while (cursor.begin()) {
            assertThat(cursor.line()).isEqualTo(++count);
            cursor.enterObject();
            assertThat(cursor.field()).isEqualTo("name");
            assertThat(cursor.scalar()).hasSize(1_000);
            assertThat(cursor.field()).isNull();
        }
        assertThat(count).isEqualTo(1_000);
    }

    @Test
    void aTextOverTheLimitIsRefusedBeforeItIsKept() {
        byte[] text = ("\"" + "x".repeat(10_000_000) + "\"").getBytes(UTF_8);
        JsonCursor<Refusal> cursor = JsonCursor.of(new ByteArrayInputStream(text), Refusal.LIMITS, Refusal.PROBLEMS);
        assertThatThrownBy(() -> {
                    cursor.begin();
                    cursor.scalar();
                })
                .hasMessageContaining("text too long: expected 1572866 bytes at most");
        assertThat(JsonPeer.skips(JsonCursor.of(new ByteArrayInputStream(text), Refusal.LIMITS, Refusal.PROBLEMS)))
                .isTrue();
    }

    /** A stream that gives one byte at a time, so that every token is cut everywhere. */
    private static final class OneByOne extends InputStream {
        private final byte[] text;
        private int at;

        OneByOne(byte[] text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            return at == text.length ? -1 : text[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int next = read();
            if (next < 0) {
                return -1;
            }
            into[from] = (byte) next;
            return 1;
        }
    }
}
