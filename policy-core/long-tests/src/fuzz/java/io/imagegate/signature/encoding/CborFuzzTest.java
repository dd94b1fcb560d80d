package io.imagegate.signature.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.WhereJazzerRuns;
import io.imagegate.signature.refusal.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An item of CBOR has one form: what is read, written by another writer, is the same bytes. Anything else is refused. */
@WhereJazzerRuns
class CborFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "d28444a1013826a0f643616263",
                        "a201020361781818",
                        "83f4f5fb3ff0000000000000",
                        "1b00000001000000003903e7")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void anItemHasOneForm(byte[] data) {
        Cbor item;
        try {
            item = Cbor.read("the item", data);
        } catch (Refusal refused) {
            assertThat(refused.message())
                    .startsWith("the item")
                    .matches("[ -~]+")
                    .hasSizeLessThan(1000);
            return;
        }
        Writer writer = new Writer();
        writer.write(item);
        if (writer.complete) {
            assertThat(writer.out.toByteArray()).isEqualTo(data);
        }
    }

    /** Of truth values and numbers with a point the reader keeps nothing. */
    private static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private boolean complete = true;

        void write(Cbor item) {
            Object value = item.value();
            if (value instanceof Long number) {
                number(number < 0 ? 1 : 0, number < 0 ? -1 - number : number);
            } else if (value instanceof Bytes bytes) {
                number(2, bytes.length());
                out.writeBytes(bytes.array());
            } else if (value instanceof String text) {
                text(text);
            } else if (value instanceof List<?>) {
                number(4, item.list().size());
                item.list().forEach(this::write);
            } else if (value instanceof Map<?, ?>) {
                number(5, item.map().size());
                item.map().forEach((key, content) -> {
                    write(new Cbor("a key", key));
                    write(content);
                });
            } else if (value instanceof Cbor.Tagged tagged) {
                number(6, tagged.tag());
                write(tagged.content());
            } else {
                complete = false;
            }
        }

        private void text(String text) {
            byte[] bytes = text.getBytes(UTF_8);
            number(3, bytes.length);
            out.writeBytes(bytes);
        }

        private void number(int type, long number) {
            int bytes = number < 24 ? 0 : number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : number < 1L << 32 ? 4 : 8;
            out.write(type << 5 | (bytes == 0 ? (int) number : 24 + Integer.numberOfTrailingZeros(bytes)));
            for (int i = bytes - 1; i >= 0; i--) {
                out.write((int) (number >>> (8 * i)));
            }
        }
    }
}
