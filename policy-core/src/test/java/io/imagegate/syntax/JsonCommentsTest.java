package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("JSON with comments")
class JsonCommentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{a}|{a}",
                "// a\\n1|    \\n1",
                "1 // a\\r\\n|1     \\r\\n",
                "[1, /* , ] */ 2]|[1,           2]",
                "/*\\n*/1|  \\n  1",
                "[1,]|[1 ]",
                "{a:1 , // b\\n}|{a:1       \\n}",
                "[1,/**/]|[1     ]",
                "[[1,],]|[[1 ] ]",
                "[,]|[ ]",
                "[1,,]|[1, ]",
                "[1,2]|[1,2]",
                "\"// a\"|\"// a\"",
                "\"\\\\\"// a\"|\"\\\\\"// a\"",
                "[\"a,\"]|[\"a,\"]",
                "\"é/*\" /*é*/|\"é/*\"       ",
                "/|/",
                "/ /|/ /",
                "/* a|/* a",
                "/*/|/*/",
                "\"a\\n// b|\"a\\n    ",
            })
    @DisplayName("has spaces in place of comments and of the commas behind last values; strings stay")
    void removed(String text, String json) {
        assertThat(new String(JsonComments.removed(bytes(text)), UTF_8)).isEqualTo(new String(bytes(json), UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\\\", "\\")
                .getBytes(UTF_8);
    }
}
