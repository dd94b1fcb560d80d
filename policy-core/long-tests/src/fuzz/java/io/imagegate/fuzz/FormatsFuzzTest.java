package io.imagegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.input.Input;
import io.imagegate.input.InputFile;
import java.io.ByteArrayInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, each format has objects with places in it, or says where it is none. */
@WhereJazzerRuns
class FormatsFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzedInput.seeds();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileOfAFormatHasObjectsOrSaysWhereItIsNone(byte[] data) {
        for (Input input : FuzzedInput.formats().values()) {
            InputFile file = InputFile.stream("f", () -> new ByteArrayInputStream(data));
            assertThat(FuzzedInput.readIfText(input, file, data.length))
                    .as(input.name())
                    .allMatch(object -> object.isReview() || !object.file().isEmpty());
        }
    }
}
