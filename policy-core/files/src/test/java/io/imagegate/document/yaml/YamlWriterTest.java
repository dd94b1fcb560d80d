package io.imagegate.document.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.syntax.SyntaxLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back as the same, whatever texts say. */
class YamlWriterTest {

    /** Texts that YAML 1.1 or 1.2 would read as something else. */
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "a ",
            " a",
            "true",
            "No",
            "~",
            "null",
            "1.20",
            "0x1F",
            ".inf",
            "-",
            "- a",
            "a: b",
            "a:",
            ":a",
            "a #b",
            "#",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "? a",
            "|",
            ">",
            "'a'",
            "\"",
            "\\",
            "<<",
            "{a",
            "a]",
            "a, b",
            "---",
            "...",
            "\n",
            "a\nb: c",
            "\t",
            "\r\n",
            "\u0000",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u202ec",
            "日本",
            "\ud83d\ude00",
            "2026-11-28",
            "ghcr.io/acme/**",
            "a@sha256:" + "0".repeat(64));

    private static Object read(String text) {
        Problems problems = new Problems();
        Object value = YamlReader.document("f", text, SyntaxLimits.of(Integer.MAX_VALUE, 64), problems)
                .map(YamlNode::value)
                .orElse("nothing");
        assertThat(problems.all()).as(text).isEmpty();
        return value;
    }

    @Test
    @DisplayName("hostile texts, alone and as keys")
    void hostile() {
        for (String text : HOSTILE) {
            Map<String, Object> all = Map.of(text, List.of(text, Map.of("k", text)));
            assertThat(read(YamlWriter.line(all))).isEqualTo(all);
            assertThat(YamlWriter.line(all)).hasLineCount(1);
            assertThat(read(YamlWriter.lines(all))).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{a: []}",
                "{a: {}}",
                "[[], {}]",
                "{a: 1.20}",
                "{a: true, b: null}",
                "{a: [0x1F, -1]}"
            })
    @DisplayName("numbers, true, false and null stay as they were written, and nothing stays empty")
    void written(String yaml) {
        assertThat(YamlWriter.line(read(yaml))).isEqualTo(yaml);
        assertThat(read(YamlWriter.lines(Map.of("k", read(yaml))))).isEqualTo(Map.of("k", read(yaml)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx | nginx",
                "ghcr.io/acme/api:1.4 | ghcr.io/acme/api:1.4",
                "$trusted | $trusted",
                "image.tag | image.tag",
                "'1.20' | '\"1.20\"'",
                "'yes' | '\"yes\"'",
                "'**' | '\"**\"'",
                "a: b | '\"a: b\"'",
            })
    @DisplayName("words have no quotes")
    void plain(String text, String expected) {
        assertThat(YamlWriter.line(text)).isEqualTo(expected);
    }

    @Test
    @DisplayName("what people cannot see is escaped")
    void invisible() {
        assertThat(YamlWriter.line("a\u202eb\u200b\u00a0日\ud83d\ude00\udb40\udc41\u001b"))
                .isEqualTo("\"a\\u202eb\\u200b\\u00a0日\ud83d\ude00\\U000e0041\\u001b\"");
    }

    @Test
    @DisplayName("short mappings and lists stay in a line, and a list of mappings never")
    void lines() {
        Map<String, Object> image = new LinkedHashMap<>(Map.of("image", "nginx"));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("metadata", Map.of("name", "t"));
        all.put("images", List.of(image, "redis"));
        all.put("deep", Map.of("images", List.of(image)));
        all.put("long", Map.of("k", "x".repeat(200)));
        assertThat(YamlWriter.lines(all)).isEqualTo("""
                metadata: {name: t}
                images:
                  - image: nginx
                  - redis
                deep:
                  images:
                    - image: nginx
                long:
                  k: "%s"
                """.formatted("x".repeat(200)));
    }

    @Test
    @DisplayName("lists that are too long are cut with the number of further elements, and texts at last")
    void limited() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add("element" + i);
        }
        assertThat(YamlWriter.line(many, 5_000)).isEqualTo(YamlWriter.line(many));
        assertThat(YamlWriter.line(many, 1_500))
                .endsWith("element99, … 100 more]")
                .hasSizeLessThanOrEqualTo(1_500);
        assertThat(YamlWriter.line(Map.of("a", many, "b", many), 100))
                .contains("[element0, element1, element2, … 197 more]");
        assertThat(YamlWriter.line("\ud83d\ude00".repeat(100), 10)).isEqualTo("\"" + "\ud83d\ude00".repeat(4) + "…");
    }

    @Property
    @Label("any tree is read back as it is")
    void anyTree(@ForAll @StringLength(max = 20) String text, @ForAll long seed) {
        Object tree = tree(new Random(seed), text, 4);
        Map<String, Object> document = Map.of("k", tree);
        assertThat(read(YamlWriter.line(document))).isEqualTo(document);
        assertThat(read(YamlWriter.lines(document))).isEqualTo(document);
        assertThat(YamlWriter.line(tree, 30)).hasSizeLessThanOrEqualTo(30);
    }

    private static Object tree(Random random, String text, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        int size = random.nextInt(4);
        switch (kind) {
            case 0 -> {
                return text(random, text);
            }
            case 1 -> {
                return read(List.of("12", "1.50", "true", "null", "-0.5e3").get(random.nextInt(5)));
            }
            case 2 -> {
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    list.add(tree(random, text, depth - 1));
                }
                return list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    map.put(text(random, text), tree(random, text, depth - 1));
                }
                return map;
            }
        }
    }

    /** Half a surrogate pair is no character, which no file in UTF-8 has. */
    private static String text(Random random, String text) {
        String whole = new String(text.getBytes(UTF_8), UTF_8);
        return random.nextBoolean() ? whole : HOSTILE.get(random.nextInt(HOSTILE.size()));
    }
}
