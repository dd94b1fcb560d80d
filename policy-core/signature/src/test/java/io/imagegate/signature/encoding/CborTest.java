package io.imagegate.signature.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.signature.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("CBOR")
class CborTest {

    private static Cbor read(String hex) {
        return Cbor.read("it", HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "18ff, 255",
        "190100, 256",
        "19ffff, 65535",
        "1a00010000, 65536",
        "1affffffff, 4294967295",
        "1b0000000100000000, 4294967296",
        "1b7fffffffffffffff, 9223372036854775807",
        "20, -1",
        "3818, -25",
        "3b7fffffffffffffff, -9223372036854775808"
    })
    @DisplayName("has whole numbers in their short form")
    void numbers(String hex, long number) {
        assertThat(read(hex).integer()).isEqualTo(number);
    }

    @Test
    @DisplayName("has texts, byte strings, lists, maps and tags")
    void values() {
        assertThat(read("62c3bc").text()).isEqualTo("ü");
        assertThat(read("4201ff").bytes()).containsExactly(1, -1);
        assertThat(read("83010203").list()).extracting(Cbor::integer).containsExactly(1L, 2L, 3L);
        Map<Object, Cbor> map = read("a401020061780361792005").map();
        assertThat(map).hasSize(4);
        assertThat(read("a2013861617802").map().keySet()).containsExactly(1L, "x");
        assertThat(read("d20a").tagged(18).integer()).isEqualTo(10);
        assertThat(read("86f4f5f6f93c00fa3f800000fb3ff0000000000000").list()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1817",
                "190017",
                "1900ff",
                "1a0000ffff",
                "1b00000000ffffffff",
                "1b8000000000000000",
                "1bffffffffffffffff",
                "1c",
                "1d",
                "1e",
                "1f",
                "5f4101ff",
                "7f6161ff",
                "9f01ff",
                "bf0102ff",
                "c1",
                "d817 00",
                "42 01",
                "62 61",
                "82 01",
                "a1 01",
                "a201010102",
                "a2616101616102",
                "a1f401",
                "a1410101",
                "a1800102",
                "0000",
                "61ff",
                "62c0af",
                "f7",
                "e0",
                "f820",
                "f9 00",
                "fb00",
                "ff",
                "5affffffff",
                "9affffffff",
                "bb7fffffffffffffff"
            })
    @DisplayName("in another form is refused")
    void refused(String hex) {
        assertThatThrownBy(() -> read(hex.replace(" ", "")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isPresent());
    }

    @Test
    @DisplayName("has limits on depth and number")
    void limits() {
        read("81".repeat(15) + "00");
        assertThatThrownBy(() -> read("81".repeat(30) + "00"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nested more than 16 deep");
        assertThatThrownBy(() -> read("99ffff" + "00".repeat(65_535)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 10000 items");
    }

    @Test
    @DisplayName("of another type is refused with what was expected")
    void types() {
        assertThatThrownBy(() -> read("00").text()).hasMessage("it: expected a text");
        assertThatThrownBy(() -> read("6161").integer()).hasMessage("it: expected a whole number");
        assertThatThrownBy(() -> read("00").list()).hasMessage("it: expected a list");
        assertThatThrownBy(() -> read("80").map()).hasMessage("it: expected a map");
        assertThatThrownBy(() -> read("6161").bytes()).hasMessage("it: expected a byte string");
        assertThatThrownBy(() -> read("c200").tagged(1)).hasMessage("it: expected an item with the tag 1");
        assertThatThrownBy(() -> read("80").label()).hasMessage("it: expected a text or a whole number");
    }

    @Test
    @DisplayName("is read or refused, whatever the bytes are")
    void anyBytes() {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                Cbor.read("it", bytes);
            } catch (Refusal e) {
                assertThat(e.message()).startsWith("it");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 24, 255, 256, 65_535, 65_536})
    @DisplayName("that is written is read again")
    void written(int length) {
        String text = "x".repeat(length);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Cbor list = Cbor.read("it", CborWriter.list(CborWriter.bytes(bytes), CborWriter.text(text)));
        assertThat(list.list().get(0).bytes()).isEqualTo(bytes);
        assertThat(list.list().get(1).text()).isEqualTo(text);
    }
}
