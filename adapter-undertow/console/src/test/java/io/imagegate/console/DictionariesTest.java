package io.imagegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DictionariesTest {

    private static final Map<String, String> ENGLISH = PageSources.dictionary("en");
    private static final Map<String, String> CHINESE = PageSources.dictionary("zh-CN");

    private static final Pattern LITERAL =
            Pattern.compile("'([^'\\\\\n]*+(?:\\\\.[^'\\\\\n]*+)*+)'|`([^`\\\\]*+(?:\\\\.[^`\\\\]*+)*+)`");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    /** Words with a capital letter before, with a full stop behind, or in Chinese. */
    private static final Pattern SENTENCE =
            Pattern.compile("^\\s*[A-Z][a-z]+ [a-z]+|[a-z]{2} [a-z]+[.?!:…]\\s*$|[\\u3400-\\u9fff]");

    private static final Pattern CHILD = Pattern.compile("}, '([A-Z][a-z]+)'");

    @Test
    @DisplayName("both languages have the same keys, in their order")
    void sameKeys() {
        assertThat(CHINESE.keySet()).containsExactlyElementsOf(ENGLISH.keySet());
        assertThat(List.copyOf(ENGLISH.keySet())).isSorted();
    }

    @Test
    @DisplayName("a text and its translation have the same values in them")
    void sameValues() {
        CHINESE.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank();
            assertThat(placeholders(text)).as(key).isEqualTo(placeholders(ENGLISH.getOrDefault(key, "")));
        });
    }

    @Test
    @DisplayName("a page uses each key, and has each that it uses")
    void eachKeyIsUsed() {
        List<String> literals = literals().toList();
        List<String> prefixes = literals.stream()
                .filter(literal -> literal.contains("${"))
                .map(literal -> literal.substring(0, literal.indexOf("${")))
                .filter(prefix -> prefix.matches("(console|decision|playground|shared)\\..*"))
                .toList();
        assertThat(ENGLISH.keySet())
                .allMatch(key -> literals.contains(key) || prefixes.stream().anyMatch(key::startsWith));
        assertThat(literals)
                .filteredOn(literal -> literal.matches("(console|decision|playground|shared)\\.[a-z][a-z.-]*[a-z]"))
                .allMatch(ENGLISH::containsKey);
        assertThat(prefixes).allMatch(prefix -> ENGLISH.keySet().stream().anyMatch(key -> key.startsWith(prefix)));
    }

    @Test
    @DisplayName("no script and no page has a sentence of its own")
    void noOtherTexts() {
        assertThat(sentences("h('p', {}, 'Not a key', t('a.key'))")).containsExactly("Not a key");
        assertThat(sentences("h('p', {class: 'a bad notice'}, 'Loading')")).containsExactly("Loading");
        assertThat(sentences("h('p', {class: 'field kind'}, t('a.key'), '中')")).containsExactly("中");
        List<String> found = new ArrayList<>();
        PageSources.scripts().forEach((path, script) -> {
            // These are asked of the server.
            if (!path.equals("playground/samples.js")) {
                sentences(script).forEach(sentence -> found.add(path + ": " + sentence));
            }
        });
        // The name of a language, that of the program, and a key of CodeMirror.
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "shared/text.js: 中文", "shared/header.js: Imagegate", "playground/editor.js: Control character");
        PageSources.ending(".html")
                .forEach((path, page) -> assertThat(page.replaceAll("(?s)<noscript>.*?</noscript>", "")
                                .replaceAll("(?s)<[^>]*>", "")
                                .strip())
                        .as(path)
                        .isEqualTo("Imagegate"));
    }

    private static List<String> sentences(String script) {
        // What is thrown is for developers.
        String shown = script.replaceAll("throw new [^\n]*", "");
        Stream<String> sentences = LITERAL.matcher(shown)
                .results()
                .map(DictionariesTest::literal)
                .filter(literal -> SENTENCE.matcher(literal).find());
        Stream<String> children = CHILD.matcher(shown).results().map(match -> match.group(1));
        return Stream.concat(sentences, children).toList();
    }

    private static Stream<String> literals() {
        return PageSources.scripts().values().stream()
                .flatMap(script -> LITERAL.matcher(script).results().map(DictionariesTest::literal));
    }

    private static String literal(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().forEach(match -> found.add(match.group()));
        return found;
    }
}
