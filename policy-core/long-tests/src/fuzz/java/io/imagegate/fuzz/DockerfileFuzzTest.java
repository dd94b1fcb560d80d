package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Dockerfiles are read or refused: images have places in their text, and an error has its place. */
@WhereJazzerRuns
class DockerfileFuzzTest {

    private static final String DOCKERFILE = """
            # syntax=docker/dockerfile:1
            # escape=`
            ARG BASE="nginx:1" TAG
            FROM --platform=$BUILDPLATFORM ${BASE:-a} AS b
            RUN --mount=type=bind,from=alpine:3,target=/a <<-EOF `
              # comment
              a 'b' "c"
            \tEOF
            FROM b${TAG:+${X:?y}}
            ONBUILD COPY --from=0 --link a b
            COPY --from=busybox <<"E" /x
            E
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(DOCKERFILE.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aDockerfileIsReadOrRefused(byte[] data) throws IOException {
        assertThat(FuzzedInput.read("dockerfile", data))
                .allMatch(object -> !object.images().isEmpty());
    }
}
