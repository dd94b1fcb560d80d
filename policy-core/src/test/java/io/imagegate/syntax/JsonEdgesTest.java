package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first and the last that the cursor takes, beside what it takes no more. */
class JsonEdgesTest {

    private static final int MOST_FIELDS = 100_000;

    private static JsonCursor<Refusal> cursor(byte[] text) {
        return JsonCursor.of(text, text.length, Refusal.LIMITS, Refusal.PROBLEMS);
    }

    private static String scalar(byte[] text) throws Refusal {
        JsonCursor<Refusal> cursor = cursor(text);
        assertThat(cursor.begin()).isTrue();
        String scalar = cursor.scalar();
        assertThat(cursor.begin()).isFalse();
        return scalar;
    }

    @ParameterizedTest(name = "UTF-8 {0}, but not {1}")
    @CsvSource({
        "c280, c1bf",
        "dfbf, dfc0",
        "c280, c27f",
        "e0a080, e09fbf",
        "ed9fbf, eda080",
        "efbfbf, efbfc0",
        "f0908080, f08fbfbf",
        "f48fbfbf, f4908080",
        "f3bfbfbf, f5808080"
    })
    void utf8(String hex, String nearMiss) throws Exception {
        String content = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        byte[] good = ("\"" + content + "\"").getBytes(ISO_8859_1);
        assertThat(scalar(good)).isEqualTo(new String(HexFormat.of().parseHex(hex), UTF_8));
        byte[] bad = ("\"" + new String(HexFormat.of().parseHex(nearMiss), ISO_8859_1) + "\"").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> scalar(bad)).hasMessageContaining("invalid UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"\\ud83d\\ude00, \ud83d\ude00", "a\\ud83dx, a\ufffdx", "\\ude00\\ud83d, \ufffd\ufffd", "\\u00e9, \u00e9"
    })
    void halvesOfCharactersBecomeOneThatSaysSo(String escaped, String text) throws Exception {
        assertThat(scalar(("\"" + escaped + "\"").getBytes(UTF_8))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "-90.09e+90", "0E-9"})
    void numbersOfAllDigits(String number) throws Exception {
        assertThat(scalar(number.getBytes(UTF_8))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u12g4\"", "\"\\ug234\"", "\"\\u123\"", "\"\\u123g\"", "\"\\x\"", "\"\\U0061\""})
    void escapesAreWhole(String text) {
        assertThatThrownBy(() -> scalar(text.getBytes(UTF_8))).isInstanceOf(Refusal.class);
    }

    @Test
    void aNulIsNoValue() {
        assertThatThrownBy(() -> scalar(new byte[] {0})).hasMessageContaining("expected a value");
    }

    @Test
    void valuesThatNobodyReadArePassedOver() throws Exception {
        JsonCursor<Refusal> cursor = cursor("[{\"a\":[1],\"b\":{}},2,\"x\"]".getBytes(UTF_8));
        cursor.begin();
        cursor.enterArray();
        assertThat(cursor.element()).isTrue();
        cursor.enterObject();
        assertThat(cursor.field()).isEqualTo("a");
        assertThat(cursor.field()).isEqualTo("b");
        assertThat(cursor.field()).isNull();
        assertThat(cursor.element()).isTrue();
        assertThat(cursor.element()).isTrue();
        assertThat(cursor.scalar()).isEqualTo("x");
        assertThat(cursor.element()).isFalse();
    }

    @ParameterizedTest(name = "{0} fields")
    @ValueSource(ints = {31, 32, 33, 62, 64, 126, 254, 1024, MOST_FIELDS})
    void anInnerObjectMayHaveManyFields(int count) throws Exception {
        assertThat(passOver(count)).isEqualTo("last");
    }

    @Test
    void oneFieldMoreIsRefused() {
        assertThatThrownBy(() -> passOver(MOST_FIELDS + 1)).hasMessageContaining("expected 100000 fields at most");
    }

    /** Looks for a field behind an object of so many fields, in none of which there is what is looked for. */
    private static String passOver(int count) throws Refusal {
        StringBuilder text = new StringBuilder("{\"a\":1,\"inner\":{\"0\":0");
        for (int i = 1; i < count; i++) {
            text.append(",\"").append(i).append("\":0");
        }
        JsonCursor<Refusal> cursor =
                cursor(text.append("},\"last\":1}").toString().getBytes(UTF_8));
        cursor.begin();
        cursor.enterObject();
        cursor.field(FieldNames.of("inner"));
        cursor.enterObject();
        assertThat(cursor.field(FieldNames.of("none"))).isNull();
        return String.valueOf(cursor.field(FieldNames.of("last")));
    }

    @Test
    void aTextThatIsCutByTheWindowOfAStreamIsWhole() throws Exception {
        StringBuilder text = new StringBuilder("[\"0\"");
        for (int i = 1; i < 30_000; i++) {
            text.append(",\"text-").append(i).append('"');
        }
        byte[] bytes = text.append(']').toString().getBytes(UTF_8);
        JsonCursor<Refusal> cursor = JsonCursor.of(new ByteArrayInputStream(bytes), Refusal.LIMITS, Refusal.PROBLEMS);
        cursor.begin();
        cursor.enterArray();
        cursor.element();
        assertThat(cursor.scalar()).isEqualTo("0");
        for (int i = 1; cursor.element(); i++) {
            assertThat(cursor.scalar()).isEqualTo("text-" + i);
        }
        assertThat(cursor.begin()).isFalse();
    }

    @Test
    void aProblemFarInAStreamIsToldWhereItIs() {
        byte[] text = (" ".repeat(70_000) + "\n" + " ".repeat(69_999) + "[1,\n  x]").getBytes(UTF_8);
        JsonCursor<Refusal> stream = JsonCursor.of(new ByteArrayInputStream(text), Refusal.LIMITS, Refusal.PROBLEMS);
        for (JsonCursor<Refusal> cursor : List.of(cursor(text), stream)) {
            assertThatThrownBy(() -> {
                        cursor.begin();
                        assertThat(cursor.line()).isEqualTo(2);
                        assertThat(cursor.malformed("here")).hasMessageContaining("2:70000: here");
                        cursor.enterArray();
                        cursor.element();
                        cursor.skip();
                        cursor.element();
                        cursor.skip();
                    })
                    .hasMessageContaining("3:3: ");
        }
    }
}
