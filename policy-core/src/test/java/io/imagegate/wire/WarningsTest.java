package io.imagegate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

    @Test
    void leavesWhatFits() {
        List<String> warnings = List.of("a", "", "x".repeat(256), "镜".repeat(85));
        assertThat(Warnings.fit(warnings)).isEqualTo(warnings);
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(Warnings.fit(List.of("x".repeat(257)))).containsExactly("x".repeat(253) + "...");
        assertThat(Warnings.fit(List.of("镜".repeat(86)))).containsExactly("镜".repeat(84) + "...");
        String faces = "\uD83D\uDE00".repeat(65);
        assertThat(Warnings.fit(List.of(faces))).containsExactly(faces.substring(0, 126) + "...");
    }

    @Test
    void countsTheBytesOfTheFirstAndLastCharacterOfEachLength() {
        assertThat(Warnings.fit(List.of("~".repeat(256)))).containsExactly("~".repeat(256));
        assertThat(Warnings.fit(List.of("\u00a1".repeat(129)))).containsExactly("\u00a1".repeat(126) + "...");
        assertThat(Warnings.fit(List.of("\u07ff".repeat(128)))).containsExactly("\u07ff".repeat(128));
        assertThat(Warnings.fit(List.of("\u0800".repeat(86)))).containsExactly("\u0800".repeat(84) + "...");
        String beyond = "\ud800\udc00";
        assertThat(Warnings.fit(List.of(beyond.repeat(65)))).containsExactly(beyond.repeat(63) + "...");
    }

    @Test
    void stopsBeforeItIsTooMuchInAll() {
        assertThat(Warnings.fit(Collections.nCopies(20, "镜".repeat(100)))).hasSize(16);
        assertThat(Warnings.fit(Collections.nCopies(17, "x".repeat(256)))).hasSize(16);
        String all = String.join("", Warnings.fit(Collections.nCopies(20, "镜".repeat(100))));
        assertThat(all.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4_096);
    }

    @Test
    void aWarningIsSentOnOneLineWithoutControlCharacters() {
        assertThat(Warnings.fit(List.of(
                        "write a tag\n", "one\n  two\u2028three\r\n\n", "a\u0000\u001b[31mb\u007f\u0085c", "\ta b")))
                .containsExactly("write a tag", "one two three", "a [31mb c", "a b");
    }
}
