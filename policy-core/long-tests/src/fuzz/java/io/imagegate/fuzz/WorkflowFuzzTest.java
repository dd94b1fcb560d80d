package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows and actions are read or refused, and everything that is found has its place. */
@WhereJazzerRuns
class WorkflowFuzzTest {

    private static final String WORKFLOW = """
            on: push
            jobs:
              a:
                container: {image: "node:${{ b }}"}
                services: {c: d, e: {image: f}}
                steps: [{uses: docker://g}]
            runs: {image: "docker://h", steps: []}
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(WORKFLOW.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aWorkflowIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("github", data);
    }
}
