package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cursor beside jackson-core, over texts made to divide readers of JSON. The laws: what Jackson reads of characters,
 * after a strict decoder, the cursor reads alike, but for the cases listed here; what Jackson does not read, nor does
 * the cursor.
 */
class JsonHostileTest {

    private static final SyntaxLimits LIMITS = SyntaxLimits.of(1 << 18, 400);

    private static JsonCursor<Refusal> cursor(byte[] text) {
        return JsonCursor.of(text, text.length, LIMITS, Refusal.PROBLEMS);
    }

    private static JsonCursor<Refusal> stream(byte[] text) {
        return JsonCursor.of(new ByteArrayInputStream(text), LIMITS, Refusal.PROBLEMS);
    }

    /** The text, in ISO 8859-1: a char is a byte. */
    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** What both read the same, or both refuse. */
    static Stream<String> alike() throws IOException {
        try (InputStream file = JsonHostileTest.class.getResourceAsStream("json-alike.txt")) {
            List<String> lines =
                    new String(file.readAllBytes(), ISO_8859_1).lines().toList();
            return Stream.concat(
                    lines.stream().filter(line -> !line.startsWith("#")).map(JsonHostileTest::unescape), longTexts());
        }
    }

    private static String unescape(String line) {
        String text = line.equals("%") ? "" : line;
        return Pattern.compile("%(..)")
                .matcher(text)
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
    }

    /** Texts too long to write. */
    private static Stream<String> longTexts() {
        return Stream.of(
                "9".repeat(2_000),
                "0." + "0".repeat(2_000) + "1",
                "1e" + "9".repeat(2_000),
                "[".repeat(400) + "]".repeat(400),
                "[".repeat(400),
                "{\"a\":".repeat(399) + "[]" + "}".repeat(399),
                "[".repeat(63) + "{" + "}" + "]".repeat(63),
                "[".repeat(64) + "{\"a\":1}" + "]".repeat(64),
                "[".repeat(128) + "{\"a\":1,\"b\":[{}]}" + "]".repeat(128),
                "[".repeat(100) + "}".repeat(100));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource
    void alike(String text) {
        byte[] bytes = bytes(text);
        List<String> expected = JsonPeer.characters(bytes);
        assertThat(JsonPeer.read(cursor(bytes))).isEqualTo(expected);
        assertThat(JsonPeer.read(stream(bytes))).isEqualTo(expected);
    }

    /** Where the two differ: the text, what the cursor makes of it, what Jackson makes of its characters and bytes. */
    static Stream<Arguments> different() {
        return Stream.of(
                Arguments.of(
                        "a byte order mark is refused, as RFC 8259 allows: it is not white space",
                        "\u00ef\u00bb\u00bf1",
                        "malformed",
                        "malformed",
                        "a number 1"),
                Arguments.of(
                        "half a surrogate pair is read as U+FFFD, as Kubernetes reads it",
                        "\"\\ud800x\"",
                        "a string \ufffdx",
                        "a string \ud800x",
                        "a string \ud800x"),
                Arguments.of(
                        "the other half",
                        "\"\\udc00\\ud83d\"",
                        "a string \ufffd\ufffd",
                        "a string \udc00\ud83d",
                        "a string \udc00\ud83d"),
                Arguments.of(
                        "a half, then a pair",
                        "\"\\ud83d\\ud83d\\ude00\"",
                        "a string \ufffd\ud83d\ude00",
                        "a string \ud83d\ud83d\ude00",
                        "a string \ud83d\ud83d\ude00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void different(String why, String text, String cursor, String characters, String ofBytes) {
        byte[] bytes = bytes(text);
        assertThat(JsonPeer.read(cursor(bytes))).as(why).containsExactly(cursor);
        assertThat(JsonPeer.read(stream(bytes))).as(why).containsExactly(cursor);
        assertThat(JsonPeer.characters(bytes)).containsExactly(characters);
        assertThat(JsonPeer.bytes(bytes)).containsExactly(ofBytes);
    }

    /** Pieces of text where readers differ, and plain ones between them. */
    @Provide
    Arbitrary<byte[]> hostile() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of("{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\n", "\"a\":", "\"b\":", "\"\\u0061\":"),
                Arbitraries.of(
                        "\"abcdefgh\"", "\"\u00c3\u00a9\"", "\"\\u00e9\"", "\"\\\"\"", "\\u", "0", "-", "1.5", "e7"),
                Arbitraries.of(
                        "true", "null", "\u0000", "\u0080", "\u00c2", "\u00ed\u00a0\u0080", "\u00f0\u009f", "\u00ff"),
                Arbitraries.of("{\"a\":[1,\"x\"],\"b\":{}}", "[[],{}]", "\"12345678901234567\u00e2\u0082\u00ac\""));
        Arbitrary<byte[]> made = pieces.list().ofMaxSize(12).map(all -> bytes(String.join("", all)));
        Arbitrary<byte[]> wrapped = Combinators.combine(pieces.list().ofMaxSize(8), Arbitraries.of("[]", "{}", "\"\""))
                .as((all, ends) -> bytes(ends.charAt(0) + String.join("", all) + ends.charAt(1)));
        return Arbitraries.oneOf(
                made, wrapped, Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
    }

    @Property(tries = 5_000)
    void readsHostileTextsAsJacksonDoes(@ForAll("hostile") byte[] text) {
        List<String> expected = JsonPeer.characters(text);
        assertThat(JsonPeer.read(cursor(text))).isEqualTo(expected);
        assertThat(JsonPeer.read(stream(text))).isEqualTo(expected);
        if (!expected.equals(JsonPeer.MALFORMED)) {
            assertThat(JsonPeer.skips(cursor(text))).isTrue();
            assertThat(JsonPeer.bytes(text)).isEqualTo(expected);
        }
    }
}
