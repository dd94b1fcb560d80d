package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Development containers are read or refused, and everything that is found has its place. */
@WhereJazzerRuns
class DevContainerFuzzTest {

    private static final String CONTAINER = """
            // a
            {"image": "b:${c}", /* d */ "build": {"cacheFrom": ["e",],},}
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(CONTAINER.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aDevelopmentContainerIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("devcontainer", data);
    }
}
