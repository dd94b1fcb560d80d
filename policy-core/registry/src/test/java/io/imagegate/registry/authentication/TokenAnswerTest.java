package io.imagegate.registry.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswerTest {

    @ParameterizedTest
    @CsvSource({
        "300, 290",
        "11, 1",
        "10, 0",
        "9, 0",
        "-1, 0",
        "-9223372036854775808, 0",
        "3600, 3590",
        "3601, 3590",
        "9223372036854775807, 3590"
    })
    @DisplayName(
            "a token is sent until ten seconds before its end, for an hour at most, and not at all if it has ended")
    void lifetime(String seconds, long expected) {
        byte[] body = ("{\"token\":\"a.b.c\",\"expires_in\":" + seconds + "}").getBytes(UTF_8);
        assertThat(TokenAnswer.read("registry.example", body).lifetime().toSeconds())
                .isEqualTo(expected);
    }
}
