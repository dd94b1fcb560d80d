package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlanksTest {

    @Test
    void fillsBlanksByNumber() {
        assertThat(Blanks.fill("{1}: image {0} ({1})", List.of("\"a{0}\"", "b")))
                .isEqualTo("b: image \"a{0}\" (b)");
        assertThat(Blanks.fill("no blank", List.of("a"))).isEqualTo("no blank");
        assertThat(Blanks.fill("{0} and {1}", List.of("a"))).isEqualTo("a and {1}");
        assertThat(Blanks.fill("", List.of())).isEmpty();
    }

    /** A sentence that could not be filled in would make a denial without its reason. */
    @ParameterizedTest
    @CsvSource({
        "io.imagegate.policy.messages, en",
        "io.imagegate.policy.messages, zh-CN",
        "io.imagegate.rule.messages, en",
        "io.imagegate.rule.messages, zh-CN"
    })
    void everyBraceOfTheSentencesBelongsToABlank(String bundle, String language) {
        ResourceBundle sentences = ResourceBundle.getBundle(bundle, Locale.forLanguageTag(language));
        assertThat(sentences.keySet()).isNotEmpty();
        for (String key : sentences.keySet()) {
            assertThat(sentences.getString(key).replaceAll("\\{[0-9]}", ""))
                    .as(key)
                    .doesNotContain("{", "}");
        }
    }

    /** In a MessageFormat two of them were one; here they would be seen. */
    @ParameterizedTest
    @CsvSource({"io.imagegate.policy.messages, en", "io.imagegate.rule.messages, en"})
    void noSentenceHasTwoApostrophes(String bundle, String language) {
        ResourceBundle sentences = ResourceBundle.getBundle(bundle, Locale.forLanguageTag(language));
        assertThat(sentences.keySet()).extracting(sentences::getString).noneMatch(text -> text.contains("''"));
    }
}
