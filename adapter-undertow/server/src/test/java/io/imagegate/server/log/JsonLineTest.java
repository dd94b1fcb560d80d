package io.imagegate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

    @Test
    void writesFieldsInTheirOrder() {
        String json = new JsonLine()
                .field("input", "nginx")
                .field("ok", false)
                .field("offset", 3)
                .toString();

        assertThat(json).isEqualTo("{\"input\":\"nginx\",\"ok\":false,\"offset\":3}");
    }

    @Test
    void showsWhatShowsAndEscapesTheRest() {
        assertThat(quoted("镜像 é 😀")).isEqualTo("\"镜像 é 😀\"");
        assertThat(quoted("\"\\/")).isEqualTo("\"\\\"\\\\/\"");
        assertThat(quoted("\u0000\n\u007f\u0085")).isEqualTo("\"\\u0000\\u000a\\u007f\\u0085\"");
        assertThat(quoted("a\u202Eb\u2028\u200B\uFEFF")).isEqualTo("\"a\\u202eb\\u2028\\u200b\\ufeff\"");
        assertThat(quoted("\uD83D")).isEqualTo("\"\\ud83d\"");
        assertThat(quoted("\uDE00x")).isEqualTo("\"\\ude00x\"");
        assertThat(quoted("\uDB40\uDC01")).isEqualTo("\"\\udb40\\udc01\"");
    }

    @Test
    void anyTextIsReadBackAsItWasButForLoneSurrogates() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            all.append(c);
        }
        assertThat(JsonLine.decode(quoted(all.toString())).map(JsonLineTest::withoutLoneSurrogates))
                .contains(withoutLoneSurrogates(all.toString()));
    }

    private static String withoutLoneSurrogates(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "nginx", "\"nginx", "1", "null", "[\"nginx\"]", "\"a\" \"b\"", "\"a\"]", "\"\\x\""})
    void onlyOneStringIsDecoded(String line) {
        assertThat(JsonLine.decode(line)).isEmpty();
    }

    private static String quoted(String value) {
        String json = new JsonLine().field("v", value).toString();
        return json.substring("{\"v\":".length(), json.length() - 1);
    }
}
