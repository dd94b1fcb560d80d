package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.document.kept.KeptSet;
import io.imagegate.document.kept.KeptSetFormat;
import io.imagegate.document.kept.KeptSetSamples;
import io.imagegate.text.Sha256;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes with the digest of a last accepted set are a set, which is the same when it is written and read again, or they are refused. */
@WhereJazzerRuns
class KeptSetFuzzTest {

    private static final int HEADER = 87;

    static Stream<byte[]> seeds() {
        return KeptSetSamples.all()
                .map(KeptSetFormat::write)
                .map(bytes -> Arrays.copyOfRange(bytes, HEADER, bytes.length));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void bytesAreASetOrAreRefused(byte[] body) throws IOException {
        String header = "imagegate-last-good 1 " + Sha256.hex(body) + "\n";
        KeptSet set;
        try {
            set = KeptSetFormat.read((header + new String(body, ISO_8859_1)).getBytes(ISO_8859_1));
        } catch (IOException refused) {
            return;
        }
        assertThat(KeptSetFormat.read(KeptSetFormat.write(set))).isEqualTo(set);
    }
}
