package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    private static final String FACE = "\ud83d\ude00";

    @Test
    @DisplayName("printable ASCII stays, but for what would end a quotation")
    void escapesAllButPrintableAscii() {
        String plain = " !#[]~";
        assertThat(SafeText.escape(plain)).isSameAs(plain);
        assertThat(SafeText.escape("a\"b\\c")).isEqualTo("a\\\"b\\\\c");
        assertThat(SafeText.escape("\n\r\t")).isEqualTo("\\n\\r\\t");
        assertThat(SafeText.escape("\u001f\u007f\u0080\u009b\u202e")).isEqualTo("\\u001f\\u007f\\u0080\\u009b\\u202e");
    }

    @Test
    @DisplayName("a quotation says how much longer the text is")
    void quotesAndCuts() {
        assertThat(SafeText.quote("abc", 3)).isEqualTo("\"abc\"");
        assertThat(SafeText.quote("abcd", 3)).isEqualTo("\"abc\"... (4 characters)");
        assertThat(SafeText.quote("\n", 1)).isEqualTo("\"\\n\"");
    }

    @ParameterizedTest(name = "the first {0} of a-face-b are {1} long")
    @CsvSource({"0, 0", "1, 1", "2, 1", "3, 3", "4, 4", "9, 4"})
    @DisplayName("a text is never cut between the halves of a character")
    void cutsBetweenCharacters(int limit, int length) {
        String text = "a" + FACE + "b";
        assertThat(SafeText.cut(text, limit)).isEqualTo(text.substring(0, length));
    }
}
