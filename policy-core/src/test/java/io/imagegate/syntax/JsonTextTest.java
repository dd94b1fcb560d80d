package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTextTest {

    @Property
    void theLengthIsThatOfTheText(@ForAll("contents") List<String> pieces) {
        byte[] bytes = String.join("", pieces).getBytes(UTF_8);
        assertThat(JsonText.length(bytes, 0, bytes.length))
                .isEqualTo(JsonText.of(bytes, 0, bytes.length, true).length());
    }

    @Provide
    Arbitrary<List<String>> contents() {
        return Arbitraries.of(
                        "a", "é", "镜", "\uD83D\uDE00", "\\n", "\\\\", "\\\"", "\\u0061", "\\ud83d", "\\ude00", "u", "0")
                .list()
                .ofMaxSize(12);
    }
}
