package io.imagegate.signature.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.signature.Asn1;
import io.imagegate.signature.crypto.EcdsaSignature;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is DER, and what is nearly DER. */
class DerTest {

    private static Der der(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new Der("it", bytes, 0, bytes.length);
    }

    private static DerElement element(String hex) {
        Der der = der(hex);
        DerElement element = der.next();
        der.end();
        return element;
    }

    @ParameterizedTest
    @CsvSource({
        "30 80 00 00, a length has 0 bytes",
        "30 81 7f, a length is not as short as can be",
        "30 82 00 80, a length is not as short as can be",
        "30 84 00 00 00 01 00, a length has 4 bytes",
        "30 02 05, an element is longer than what holds it",
        "1f 81 01 00, a tag has more than one byte",
        "30, it ends too early",
        "05 00 05, more follows than was expected"
    })
    @DisplayName("each length is written in one way, and nothing follows")
    void malformed(String hex, String why) {
        assertThatThrownBy(() -> element(hex)).hasMessage("it is not DER: " + why);
    }

    @Test
    @DisplayName("numbers are as short as can be")
    void numbers() {
        assertThat(element("02 01 7f").small()).isEqualTo(127);
        assertThat(element("02 02 00 80").integer().intValue()).isEqualTo(128);
        assertThat(element("02 01 80").integer().intValue()).isEqualTo(-128);
        for (String hex : new String[] {"02 00", "02 02 00 7f", "02 02 ff 80"}) {
            assertThatThrownBy(() -> element(hex).integer()).hasMessageContaining("not as short as can be");
        }
        assertThatThrownBy(() -> element("02 02 00 80").small()).hasMessageContaining("larger");
        assertThatThrownBy(() -> element("02 01 ff").small()).hasMessageContaining("larger");
    }

    @Test
    @DisplayName("object identifiers, of two first parts in one number")
    void identifiers() {
        assertThat(element("06 03 55 04 03").oid()).isEqualTo("2.5.4.3");
        assertThat(element("06 0a 2b 06 01 04 01 83 bf 30 01 08").oid()).isEqualTo("1.3.6.1.4.1.57264.1.8");
        assertThat(element("06 02 88 37").oid()).isEqualTo("2.999");
        assertThat(element("06 01 27").oid()).isEqualTo("0.39");
        assertThat(element("06 01 4f").oid()).isEqualTo("1.39");
        assertThat(element("06 01 50").oid()).isEqualTo("2.0");
        assertThat(element("06 0a 69 ff ff ff ff ff ff ff ff 7f").oid()).isEqualTo("2.25.9223372036854775807");
        assertThat(element("06 0b 69 81 80 80 80 80 80 80 80 80 00").oid()).isEqualTo("2.25.9223372036854775808");
        assertThat(element("06 09 ff ff ff ff ff ff ff ff 7f").oid()).isEqualTo("2.9223372036854775727");
        assertThat(element("06 0a 81 80 80 80 80 80 80 80 80 00").oid()).isEqualTo("2.9223372036854775728");
        for (String hex : new String[] {"06 00", "06 02 55 84", "06 03 55 80 01"}) {
            assertThatThrownBy(() -> element(hex).oid()).hasMessageStartingWith("it is not DER");
        }
        assertThat(Asn1.oid("1.3.6.1.4.1.57264.1.8"))
                .isEqualTo(element("06 0a 2b 06 01 04 01 83 bf 30 01 08").encoded());
    }

    @Test
    @DisplayName("truth values and bits")
    void bits() {
        assertThat(element("01 01 ff").bool()).isTrue();
        assertThat(element("01 01 00").bool()).isFalse();
        assertThatThrownBy(() -> element("01 01 01").bool()).hasMessageContaining("truth value");
        assertThat(element("03 02 07 80").bit(0)).isTrue();
        assertThat(element("03 02 05 20").bit(0)).isFalse();
        assertThat(element("03 02 05 20").bit(2)).isTrue();
        assertThat(element("03 01 00").bit(0)).isFalse();
        assertThatThrownBy(() -> element("03 02 08 00").bit(0)).hasMessageContaining("unused bits");
        assertThatThrownBy(() -> element("03 02 07 80").bits()).hasMessageContaining("whole bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "23, 260601120000Z, 2026-06-01T12:00:00Z",
        "23, 500101000000Z, 1950-01-01T00:00:00Z",
        "24, 20500101000000Z, 2050-01-01T00:00:00Z",
        "24, 20260601120000.5Z, 2026-06-01T12:00:00.5Z"
    })
    @DisplayName("times of UTC")
    void times(int tag, String text, Instant time) {
        assertThat(time(tag, text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23,2606011200Z",
                "23,260601120000",
                "23,260601120000+0000",
                "23,260631120000Z",
                "23,260601120000.5Z",
                "24,20260601120000.50Z",
                "24,20260601120000.Z",
                "24,20260229120000Z",
                "24,260601120000Z",
                "23,",
                "24,Z"
            })
    @DisplayName("other ways to write a time, and days that do not exist, are refused")
    void wrongTimes(String tagAndText) {
        String[] parts = tagAndText.split(",", 2);
        assertThatThrownBy(() -> time(Integer.parseInt(parts[0]), parts[1]))
                .hasMessageStartingWith("it is not DER: a time");
    }

    private static Instant time(int tag, String text) {
        byte[] encoded = DerWriter.element(tag, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return new Der("it", encoded, 0, encoded.length).next(tag).time();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 100_000})
    @DisplayName("what is written is read again")
    void written(int length) {
        byte[] encoded = DerWriter.element(Der.OCTET_STRING, new byte[length]);
        assertThat(Der.only("it", encoded, Der.OCTET_STRING).value()).hasSize(length);
    }

    @ParameterizedTest
    @CsvSource({
        "30 06 02 01 01 02 01 01, true",
        "30 06 02 01 00 02 01 01, false",
        "30 06 02 01 ff 02 01 01, false",
        "30 07 02 02 00 01 02 01 01, false",
        "30 06 02 01 01 02 01 01 00, false",
        "30 09 02 01 01 02 01 01 02 01 01, false",
        "31 06 02 01 01 02 01 01, false",
        "30 06 02 01 60 02 01 60, true",
        "30 06 02 01 61 02 01 01, false",
        "30 06 02 01 01 02 01 61, false"
    })
    @DisplayName("a signature of ECDSA is two numbers from 1 to below the order, written in one way")
    void ecdsa(String hex, boolean canonical) {
        assertThat(EcdsaSignature.isCanonical(HexFormat.of().parseHex(hex.replace(" ", "")), BigInteger.valueOf(0x61)))
                .isEqualTo(canonical);
    }

    @Test
    @DisplayName("a number of a signature is no longer than the curve")
    void longNumbers() {
        byte[] number = DerWriter.element(Der.INTEGER, new byte[] {1}, new byte[32]);
        byte[] signature = Asn1.seq(number, Asn1.number(1));
        assertThat(EcdsaSignature.isCanonical(signature, BigInteger.ONE.shiftLeft(256)))
                .isFalse();
        assertThat(EcdsaSignature.isCanonical(signature, BigInteger.ONE.shiftLeft(384)))
                .isTrue();
    }
}
