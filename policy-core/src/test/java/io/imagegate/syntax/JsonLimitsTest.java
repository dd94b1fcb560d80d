package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Each limit of JSON holds for a text in memory and for a stream")
class JsonLimitsTest {

    private static List<JsonCursor<Refusal>> cursors(String text, SyntaxLimits limits) {
        byte[] bytes = text.getBytes(UTF_8);
        return List.of(
                JsonCursor.of(bytes, bytes.length, limits, Refusal.PROBLEMS),
                JsonCursor.of(new ByteArrayInputStream(bytes), limits, Refusal.PROBLEMS));
    }

    private static void accepts(String text, SyntaxLimits limits) throws Refusal {
        for (JsonCursor<Refusal> cursor : cursors(text, limits)) {
            assertThat(cursor.document()).isNotNull();
            assertThat(cursor.begin()).isFalse();
        }
    }

    private static void refuses(String text, SyntaxLimits limits, String problem) {
        for (JsonCursor<Refusal> cursor : cursors(text, limits)) {
            assertThatThrownBy(cursor::document).isInstanceOf(Refusal.class).hasMessageContaining(problem);
        }
    }

    @Test
    @DisplayName("of names: their characters, not their bytes or escapes")
    void names() throws Refusal {
        SyntaxLimits limits = wide().nameChars(3).build();
        accepts("{\"abc\":\"long text\",\"\\u0061é镜\":1}", limits);
        refuses("{\"a\":1,\"abcd\":1}", limits, "1:8: over a limit: expected a text of 3 characters at most, got 4");
    }

    @Test
    @DisplayName("of numbers, read or skipped")
    void numbers() throws Refusal {
        SyntaxLimits limits = wide().numberChars(5).build();
        accepts("[12345,-1.25,1e-10,\"123456\"]", limits);
        for (String number : List.of("123456", "-12345", "1.2345", "1e-123")) {
            refuses("[" + number + "]", limits, "over a limit: expected a number of 5 digits at most");
            for (JsonCursor<Refusal> cursor : cursors("{\"a\":[" + number + "]}", limits)) {
                assertThatThrownBy(() -> {
                            cursor.begin();
                            cursor.skip();
                        })
                        .hasMessageContaining("over a limit: expected a number of 5 digits");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | 2", "{} | 2", "{'a':1} | 4", "[1,2] | 4", "[[],{}] | 6", "1 | 1", "{'a':{'b':null}} | 7"})
    @DisplayName("of names, values and ends")
    void parts(String text, int parts) throws Refusal {
        String json = text.replace('\'', '"');
        accepts(json, wide().parts(parts).build());
        refuses(
                json,
                wide().parts(parts - 1).build(),
                "over a limit: expected " + (parts - 1) + " names, values and ends");
    }

    @Test
    @DisplayName("of parts: each document has its own, and what is skipped counts as one")
    void partsOfDocuments() throws Refusal {
        for (JsonCursor<Refusal> cursor :
                cursors("[1,2] [[1,2,3],3]", wide().parts(4).build())) {
            assertThat(cursor.document()).isNotNull();
            assertThat(cursor.begin()).isTrue();
            cursor.enterArray();
            assertThat(cursor.element()).isTrue();
            assertThat(cursor.element()).isTrue();
            assertThat(cursor.element()).isFalse();
        }
    }

    @Test
    @DisplayName("of all texts that are kept")
    void total() throws Refusal {
        accepts("{\"abc\":\"def\"}", wide().totalChars(6).build());
        refuses(
                "{\"abc\":\"defg\"}",
                wide().totalChars(6).build(),
                "over a limit: expected texts of 6 characters at most");
    }

    @Test
    @DisplayName("of depth")
    void depth() throws Refusal {
        accepts("[".repeat(10) + "]".repeat(10), wide().build());
        refuses("[".repeat(11) + "]".repeat(11), wide().build(), "over a limit: nested too deeply: expected 10 levels");
    }

    @Test
    @DisplayName("names that come twice are refused unless that is allowed, and then the reader sees both")
    void repeatedNames() throws Refusal {
        String few = "{\"a\":1,\"b\":2,\"\\u0061\":3}";
        refuses(few, wide().build(), "1:14: the field \"a\" comes twice");
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            many.append("\"n").append(i).append("\":1,");
        }
        refuses(many + "\"n77\":2}", wide().build(), "comes twice in this object");
        accepts(many + "\"n77\":2}", wide().repeatedNames().build());
        for (JsonCursor<Refusal> cursor : cursors(few, wide().repeatedNames().build())) {
            Node document = Objects.requireNonNull(cursor.document());
            assertThat(document.fields())
                    .extracting(field -> field.name().text() + field.value().text())
                    .containsExactly("a1", "b2", "a3");
        }
    }

    @Test
    @DisplayName("a long text in memory without escapes is not copied, and does not count as kept")
    void copied() throws Refusal {
        SyntaxLimits limits = wide().copiedBytes(3).totalChars(8).build();
        byte[] text = "[\"abc\",\"abcdef\",\"\\u0061bcd\"]".getBytes(UTF_8);
        Node document = Objects.requireNonNull(
                JsonCursor.of(text, text.length, limits, Refusal.PROBLEMS).document());
        assertThat(document.elements()).extracting(Node::text).containsExactly("abc", "", "abcd");
        assertThat(document.elements()).extracting(Node::isText).containsOnly(true);
        TextRange range = Objects.requireNonNull(document.elements().get(1).range());
        assertThat(range.text()).isEqualTo("abcdef");
        assertThat(range.document()).isSameAs(text);
        assertThat(document.elements().get(0).range()).isNull();
        assertThat(document.elements().get(2).range()).isNull();
        Node streamed = Objects.requireNonNull(JsonCursor.of(
                        new ByteArrayInputStream(text), wide().copiedBytes(3).build(), Refusal.PROBLEMS)
                .document());
        assertThat(streamed.elements()).extracting(Node::text).containsExactly("abc", "abcdef", "abcd");
    }

    @Test
    @DisplayName("half of a character is U+FFFD, or refused in names")
    void halfCharacters() throws Refusal {
        accepts("{\"\\ud83d\\ude00\":\"\\ud83d\\ude00\"}", wide().wholeNames().build());
        for (String half : List.of("\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\n", "\\ud83d\uD83D\uDE00")) {
            String text = "[\"" + half + "\"]";
            for (JsonCursor<Refusal> cursor : cursors(text, wide().wholeNames().build())) {
                assertThat(Objects.requireNonNull(cursor.document())
                                .elements()
                                .get(0)
                                .text())
                        .contains("\uFFFD");
            }
            accepts("{\"" + half + "\":1}", wide().build());
            refuses("{\"" + half + "\":1}", wide().wholeNames().build(), "1:2: an escape of half a character");
        }
    }

    @Test
    @DisplayName("the place of a skipped value is that of its bytes")
    void place() throws Refusal {
        String text = " {\"é\": [1, {\"b\": 2}] , \"c\":3}";
        for (JsonCursor<Refusal> cursor : cursors(text, wide().build())) {
            cursor.begin();
            cursor.enterObject();
            cursor.field();
            int start = cursor.offset();
            cursor.skip();
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(new String(bytes, start, (int) cursor.position() - start, UTF_8))
                    .isEqualTo("[1, {\"b\": 2}]");
        }
    }

    private static SyntaxLimits.Builder wide() {
        return SyntaxLimits.builder(1_000, 10);
    }
}
