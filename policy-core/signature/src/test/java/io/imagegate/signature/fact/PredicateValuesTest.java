package io.imagegate.signature.fact;

import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateReader;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.predicate.PredicateValue.Kind;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestSigners;
import io.imagegate.signature.Verdict;
import io.imagegate.signer.SignatureFault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of predicates that pointers lead to. */
class PredicateValuesTest {

    private static final TestKey KEY = TestKey.p256();
    private static final PredicateValue OBJECT = PredicateValue.other("an object");

    private static Map<String, PredicateValue> read(String predicate, String... pointers) {
        Set<JsonPointer> wanted = Stream.of(pointers).map(JsonPointer::new).collect(Collectors.toSet());
        return values(verified(signed(predicate)).content(), wanted).value().orElseThrow().entrySet().stream()
                .collect(Collectors.toMap(found -> found.getKey().text(), Map.Entry::getValue));
    }

    private static Fact<Map<JsonPointer, PredicateValue>> values(SignedContent content, Set<JsonPointer> pointers) {
        return PredicateReader.of(content::openPredicate).values(pointers);
    }

    private static PredicateValue value(String json) {
        return Objects.requireNonNull(read(around(json), "/v").get("/v"));
    }

    private static String around(String json) {
        return "{\"before\":[{\"v\":0}],\"v\":" + json + ",\"after\":{\"v\":1}}";
    }

    /** What a signed statement with a predicate is found to be. */
    private static Verdict signed(String predicate) {
        return verdict(TestBundle.statement(Recorded.IMAGE, "https://example.com/t", predicate));
    }

    private static Verdict verdict(String statement) {
        return TestBundle.by(KEY).payload(statement).verify(TestSigners.keys(List.of(TestSigners.key(KEY.pem()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a\\u0062\\n\"|TEXT|`ab\n`",
                "\"\"|TEXT|``",
                "\"true\"|TEXT|true",
                "true|FLAG|true",
                "false|FLAG|false",
                "1.50|NUMBER|1.50",
                "-0|NUMBER|-0",
                "1E400|NUMBER|1E400",
                "12345678901234567890123|NUMBER|12345678901234567890123",
                "null|OTHER|null",
                "{\"v\":true}|OTHER|an object",
            })
    @DisplayName("a value is a text, a number as it is written, or a boolean; null and objects are named")
    void kinds(String json, Kind kind, String text) {
        assertThat(value(json)).isEqualTo(new PredicateValue(kind, text, List.of()));
    }

    @Test
    @DisplayName("a list keeps its plain elements; lists and objects within are named, and never opened")
    void lists() {
        assertThat(value("[\"a\",1,true,null,[\"a\"],{\"v\":2}]"))
                .isEqualTo(PredicateValue.list(List.of(
                        PredicateValue.text("a"),
                        PredicateValue.number("1"),
                        PredicateValue.flag(true),
                        PredicateValue.other("null"),
                        PredicateValue.other("a list"),
                        OBJECT)));
        assertThat(value("[]")).isEqualTo(PredicateValue.list(List.of()));
    }

    @Test
    @DisplayName("a pointer leads into objects and to elements by their number, beside pointers to what is around them")
    void paths() {
        String predicate = "{\"a\":{\"b\":[{\"c\":\"x\"},{\"c\":\"y\"},\"z\"]}}";
        Map<String, PredicateValue> found = read(predicate, "/a", "/a/b", "/a/b/0", "/a/b/1/c", "/a/b/2");
        assertThat(found)
                .containsOnlyKeys("/a", "/a/b", "/a/b/0", "/a/b/1/c", "/a/b/2")
                .containsEntry("/a", OBJECT)
                .containsEntry("/a/b", PredicateValue.list(List.of(OBJECT, OBJECT, PredicateValue.text("z"))))
                .containsEntry("/a/b/0", OBJECT)
                .containsEntry("/a/b/1/c", PredicateValue.text("y"))
                .containsEntry("/a/b/2", PredicateValue.text("z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/c", "/a/c", "/a/b/x", "/a/b/3", "/a/b/01", "/a/b/-1", "/a/b/-", "/a/b/0/c/d", "/a/", "/", "/A"
            })
    @DisplayName("a pointer that leads nowhere finds nothing, not even the value beside or above")
    void nowhere(String pointer) {
        assertThat(read("{\"a\":{\"b\":[{\"c\":\"x\"},2,3]}}", pointer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "7", "null", "[]", "{}"})
    @DisplayName("a predicate that is missing or no object has no value at any pointer")
    void noObject(String predicate) {
        assertThat(read(predicate, "/a", "/0")).isEmpty();
        String statement = TestBundle.statement(Recorded.IMAGE, "https://example.com/t", "1");
        SignedContent none =
                verified(verdict(statement.replace(",\"predicate\":1", ""))).content();
        assertThat(values(none, Set.of(new JsonPointer("/a"))).value()).contains(Map.of());
    }

    @Test
    @DisplayName("~1 is a slash and ~0 a tilde in a name, in this order; a name in JSON may be escaped, too")
    void escapes() {
        String predicate = "{\"a/b\":1,\"m~n\":2,\"~1\":3,\"/\":4,\"\":5,\"\\u0063\":6,\"a\":{\"b\":7}}";
        assertThat(read(predicate, "/a~1b", "/m~0n", "/~01", "/~1", "/", "/c", "/a/b"))
                .containsEntry("/a~1b", PredicateValue.number("1"))
                .containsEntry("/m~0n", PredicateValue.number("2"))
                .containsEntry("/~01", PredicateValue.number("3"))
                .containsEntry("/~1", PredicateValue.number("4"))
                .containsEntry("/", PredicateValue.number("5"))
                .containsEntry("/c", PredicateValue.number("6"))
                .containsEntry("/a/b", PredicateValue.number("7"));
    }

    @Test
    @DisplayName("what is too large to be kept is known to be so: texts, numbers, lists and their sum")
    void tooLarge() {
        String longest = "x".repeat(4_096);
        assertThat(value("\"" + longest + "\"")).isEqualTo(PredicateValue.text(longest));
        assertThat(value("\"" + longest + "y\"").kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(value("1".repeat(100)).kind()).isEqualTo(Kind.NUMBER);
        assertThat(value(list("1", 1_000)).elements()).hasSize(1_000);
        assertThat(value(list("1", 1_001)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(value(list("1", 100_000)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(value(list("{\"v\":1}", 1_001)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(value(list("\"" + longest + "\"", 4)).kind()).isEqualTo(Kind.LIST);
        assertThat(value(list("\"" + longest + "\"", 5)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(value("[1,\"" + longest + "y\"]").kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(read("{\"v\":" + list("1", 100_000) + "}", "/v/99999"))
                .as("an element is found wherever it is")
                .containsEntry("/v/99999", PredicateValue.number("1"));
    }

    private static String list(String element, int times) {
        return "[" + String.join(",", Collections.nCopies(times, element)) + "]";
    }

    @Test
    @DisplayName("a text of more than 65,536 characters is undecidable where a condition looks, and skipped elsewhere")
    void endlessText() {
        String text = "\"" + "x".repeat(70_000) + "\"";
        for (String json : List.of(text, "[" + text + "]")) {
            Fact<?> unread = values(verified(signed(around(json))).content(), Set.of(new JsonPointer("/v")));
            assertThat(unread.state()).isEqualTo(Fact.State.UNDECIDABLE);
            assertThat(unread.reason()).contains("more than 65536 characters where a condition looks");
        }
        assertThat(read("{\"a\":" + text + ",\"b\":[" + text + "],\"v\":1}", "/v"))
                .containsEntry("/v", PredicateValue.number("1"));
    }

    @Test
    @DisplayName(
            "a signed statement with a name twice in its predicate, a number too long, or nested too deep, counts for nothing")
    void refusedBefore() {
        verified(signed("{\"a\":{\"v\":1},\"b\":{\"v\":1}}"));
        violates(signed("{\"a\":{\"v\":1,\"v\":2}}"), SignatureFault.FORMAT, "each name once in an object");
        violates(signed("{\"v\":1,\"\\u0076\":2}"), SignatureFault.FORMAT, "each name once in an object");
        violates(signed("{\"v\":1},\"predicate\":{\"v\":2}"), SignatureFault.FORMAT, "each name once in an object");
        violates(
                signed("[{\"v\":1},{\"x\":[{\"v\":1,\"v\":1}]}]"),
                SignatureFault.FORMAT,
                "each name once in an object");
        String deepest = "[".repeat(62) + "]".repeat(62);
        assertThat(read("{\"v\":1,\"w\":" + deepest + "}", "/v")).containsKey("/v");
        undecidable(signed("{\"v\":1,\"w\":[" + deepest + "]}"), "nested more than 64 deep");
        undecidable(signed("{\"v\":" + "1".repeat(101) + "}"), "number that is too long");
    }
}
