package io.imagegate.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.syntax.Node;
import io.imagegate.syntax.Refusal;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A tree of YAML")
class YamlTreeTest {

    private static final SyntaxLimits LIMITS =
            SyntaxLimits.builder(1_000, 5).aliases(20).build();

    private static YamlCursor<Refusal> cursor(String text, SyntaxLimits limits) {
        return YamlCursor.of(text, YamlDialect.CONFIGURATION, limits, Refusal.PROBLEMS);
    }

    private static Node read(String text) throws Refusal {
        return Objects.requireNonNull(cursor(text, LIMITS).document());
    }

    private static void refuses(String text, SyntaxLimits limits, String problem) {
        assertThatThrownBy(() -> cursor(text, limits).document())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(problem);
    }

    private static String shown(Node node) {
        return switch (node.type()) {
            case OBJECT ->
                node.fields().stream()
                        .map(field -> shown(field.name()) + ":" + shown(field.value()))
                        .collect(Collectors.joining(",", "{", "}"));
            case ARRAY -> node.elements().stream().map(YamlTreeTest::shown).collect(Collectors.joining(",", "[", "]"));
            default -> node.text();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a | STRING | ''",
                "'\"1\"' | STRING | ''",
                "! 1 | STRING | ''",
                "!!str 1 | STRING | ''",
                "1 | NUMBER | ''",
                "1.20 | NUMBER | ''",
                "!!int 1 | NUMBER | ''",
                "True | BOOLEAN | ''",
                "yes | STRING | ''",
                "~ | NULL | ''",
                "!x a | STRING | !x",
                "!x [a] | ARRAY | !x",
                "!!set {a: b} | OBJECT | tag:yaml.org,2002:set",
                "!!map {a: b} | OBJECT | ''",
                "<< | STRING | tag:yaml.org,2002:merge",
            })
    @DisplayName("has types of the core schema, and keeps tags that it does not know")
    void types(String text, ValueType type, String tag) throws Refusal {
        Node node = read(text);
        assertThat(node.type()).isEqualTo(type);
        assertThat(node.tag()).isEqualTo(tag);
        assertThat(node.isText()).isEqualTo(type == ValueType.STRING && tag.isEmpty());
    }

    @Test
    @DisplayName("knows where each name and value is, in characters, and where their text starts")
    void places() throws Refusal {
        Node.Field field = read("# a\n{ 😀: 'b', \"c\\n\": \"d\\t\" }").fields().get(0);
        assertThat(field.name().line()).isEqualTo(2);
        assertThat(field.name().column()).isEqualTo(3);
        assertThat(field.name().textStart()).isZero();
        assertThat(field.value().column()).isEqualTo(6);
        assertThat(field.value().textStart()).isOne();
        Node escaped = read("{a: \"d\\t\"}").fields().get(0).value();
        assertThat(escaped.textStart()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: 1, a: 2} | {a:1,a:2}",
                "{? [a] : b} | {[a]:b}",
                "[&x {a: 1}, *x] | [{a:1},{a:1}]",
                "[&x {a: 1, b: 2}, {b: 3, <<: *x, c: 4}] | [{a:1,b:2},{b:3,c:4,a:1}]",
                "{<<: [{a: 1}, {a: 2, b: 3}]} | {a:1,b:3}",
                "{<<: {<<: {a: 1}, b: 2}} | {b:2,a:1}",
                "{'<<': {a: 1}} | {<<:{a:1}}",
                "[&x [&y a, *y], *x, *y] | [[a,a],[a,a],a]",
            })
    @DisplayName("has names as they are written, aliases as what they stand for, and the fields of merge keys")
    void trees(String text, String tree) throws Refusal {
        assertThat(shown(read(text))).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{<<: {a: 1}, a: 2} | {a:2}",
                "{a: 1, <<: {a: 1, b: 2}} | {a:1,b:2}",
                "{a: 1, <<: {a: 2}} | 1:8: << would give the field \"a\" before it another value: expected << as the first field",
                "{a: 1, <<: [{b: 2}, {a: 1, c: d}]} | {a:1,b:2,c:d}",
                "{a: 1, <<: [{b: 2}, {a: 2}]} | 1:8: << would give the field \"a\" before it another value: expected << as the first field",
                "{a: [], <<: {a: []}} | 1:9: << would give the field \"a\" before it another value: expected << as the first field",
                "{'<<': {a: 1}} | 1:2: a quoted <<: expected << without quotes",
                "[!reference [a, b]] | [[a,b]]",
                "[a\u0085b] | 1:1: not YAML: some readers end a line at the character U+0085: write it as an escape",
                "[a\rb] | 1:1: not YAML: a carriage return without a line feed: expected both, or the latter alone",
            })
    @DisplayName("of another tool's file refuses what its readers understand differently")
    void foreign(String text, String expected) {
        YamlCursor<Refusal> cursor = YamlCursor.of(text, YamlDialect.FOREIGN, LIMITS, Refusal.PROBLEMS);
        String read;
        try {
            read = shown(Objects.requireNonNull(cursor.document()));
        } catch (Refusal refusal) {
            read = refusal.getMessage();
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    @DisplayName("knows where names and values start in the text")
    void offsets() throws Refusal {
        Node.Field field = read("# 😀\n{a: 'b'}").fields().get(0);
        assertThat(field.name().offset()).isEqualTo(5);
        assertThat(field.value().offset()).isEqualTo(8);
    }

    @Test
    @DisplayName("refuses more than its limits")
    void limits() throws Refusal {
        assertThat(read("[[[[[]]]]]").isArray()).isTrue();
        refuses("[[[[[[]]]]]]", LIMITS, "1:6: over a limit: nested too deeply");
        refuses("[&x a, *x]", SyntaxLimits.of(1_000, 5), "1:8: an alias, expected the value itself");
        assertThat(cursor("[&x a]", SyntaxLimits.of(1_000, 5)).document()).isNotNull();
        refuses("[*x]", LIMITS, "1:2: the alias *x has no value that ends before it");
        refuses("&x [*x]", LIMITS, "1:5: the alias *x is inside its own value");
        refuses("&x [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s]", LIMITS, "have more than 20 values");
        refuses("[&x [a, b, c], *x, *x, *x, *x, *x]", LIMITS, "1:32: aliases expand to more than 20 values");
        assertThat(cursor(
                                "[&x {a: b}, *x]",
                                SyntaxLimits.builder(1_000, 5)
                                        .aliases(20)
                                        .parts(7)
                                        .build())
                        .document())
                .isNotNull();
        refuses(
                "[&x {a: b}, *x]",
                SyntaxLimits.builder(1_000, 5).aliases(20).parts(6).build(),
                "1:13: the document, with aliases expanded, has more than 6");
        refuses("{<<: [a]}", LIMITS, "1:7: not YAML: expected a mapping");
    }

    @Test
    @DisplayName("is followed by the next document, or by none where only one is expected")
    void documents() throws Refusal {
        YamlCursor<Refusal> two = cursor("a\n---\nb\n", LIMITS);
        assertThat(shown(Objects.requireNonNull(two.document()))).isEqualTo("a");
        assertThatThrownBy(two::end).hasMessage("2:1: another document, expected only one");
        YamlCursor<Refusal> one = cursor("a\n...\n", LIMITS);
        assertThat(one.document()).isNotNull();
        one.end();
        assertThat(one.document()).isNull();
        YamlCursor<Refusal> text = cursor("{a: b} c", LIMITS);
        assertThat(text.document()).isNotNull();
        assertThatThrownBy(text::end).hasMessageContaining("1:8: not YAML: ");
        assertThat(cursor("# nothing", LIMITS).document()).isNull();
    }

    @Test
    @DisplayName("has << in what << adds as deep as other values, in manifests, too")
    void nestedMerges() throws Refusal {
        for (YamlDialect dialect : List.of(YamlDialect.MANIFEST, YamlDialect.VALUES)) {
            assertThat(YamlCursor.of(nestedMerges(5), dialect, LIMITS, Refusal.PROBLEMS)
                            .document())
                    .isNotNull();
            for (int depth : List.of(6, 100_000)) {
                assertThatThrownBy(() -> YamlCursor.of(nestedMerges(depth), dialect, LIMITS, Refusal.PROBLEMS)
                                .document())
                        .as("%s %d", dialect, depth)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("nested too deeply: expected 5 levels at most");
            }
        }
    }

    private static String nestedMerges(int depth) {
        return "{<<: ".repeat(depth) + "{a: b}" + "}".repeat(depth);
    }
}
