package io.imagegate.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.input.Input;
import io.imagegate.input.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a kustomization holds, it has objects with places in it, or says where it is none. */
@WhereJazzerRuns
class KustomizationFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzedInput.seeds();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aKustomizationHasObjectsOrSaysWhereItIsNone(byte[] data) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path path = Files.write(folder.resolve("kustomization.yaml"), data);
        try {
            Input input = Objects.requireNonNull(FuzzedInput.formats().get("kustomize"));
            input.announce(path);
            InputFile file = InputFile.named("kustomization.yaml", path, () -> Files.newInputStream(path));
            if (input.recognises(file)) {
                FuzzedInput.readIfText(input, file, data.length);
            }
        } finally {
            Files.delete(path);
            Files.delete(folder);
        }
    }
}
