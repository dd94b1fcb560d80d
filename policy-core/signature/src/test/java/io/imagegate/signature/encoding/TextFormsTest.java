package io.imagegate.signature.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.signature.TestKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Base64 and PEM. */
class TextFormsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 16_383, 16_384, 12_287, 12_288, 12_289, 100_000})
    @DisplayName("canonical base64 stands for the bytes that it was made of, at once and as a stream")
    void base64(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Base64Text text = Base64Text.of("it", Base64.getEncoder().encodeToString(bytes));
        assertThat(text.length()).isEqualTo(length);
        assertThat(text.decoded()).isEqualTo(bytes);
        assertThat(text.open().readAllBytes()).isEqualTo(bytes);
        try (var in = text.open()) {
            in.skipNBytes(length / 2);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, length / 2, length));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AA",
                "AAA",
                "AAAAA",
                "AB==",
                "AAB=",
                "A===",
                "====",
                "AA==AAAA",
                "AAA=AAAA",
                "AA=A",
                "A-A_",
                "AAA\n",
                " AAA",
                "AAAA\n",
                "AA\u00e4="
            })
    @DisplayName("base64 that is not canonical is refused")
    void notBase64(String text) {
        assertThatThrownBy(() -> Base64Text.of("it", text)).hasMessage("it is not canonical base64");
    }

    @Test
    @DisplayName("PEM has blocks and nothing else")
    void pem() {
        String block = TestKey.pem("CERTIFICATE", new byte[100]);
        assertThat(PemBlocks.certificates("it", block + "\n" + block)).hasSize(2);
        assertThat(PemBlocks.certificates("it", block.replace("\n", "\r\n"))).hasSize(1);
        for (String wrong : List.of(
                "",
                "text\n" + block,
                block + "text",
                block.replace("END CERT", "END SERT"),
                block.replace("-----END", "AA==\n-----END"),
                TestKey.pem("PUBLIC KEY", new byte[9]),
                block.repeat(33))) {
            assertThatThrownBy(() -> PemBlocks.certificates("it", wrong)).hasMessageStartingWith("it is not");
        }
    }
}
