package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of other tools are read or refused: images have places in their text, and an error has its place. */
@WhereJazzerRuns
class InputFuzzTest {

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

    private static final String COMPOSE = """
            x-base: &base {image: "nginx:${TAG:-${A-1}}$$"}
            include: [{path: [a.yaml]}]
            services:
              a: {<<: *base, build: {dockerfile_inline: "FROM b", additional_contexts: [a=docker-image://b]}}
              b: {extends: {service: a}, volumes: [{type: image, source: c}], pull_policy: build}
              c: {extends: {file: b.yaml, service: a}, image: !reset null}
            """;

    static Stream<byte[]> dockerfiles() {
        return Stream.of(DOCKERFILE.getBytes(UTF_8));
    }

    static Stream<byte[]> composes() {
        return Stream.of(
                COMPOSE.getBytes(UTF_8), COMPOSE.replaceAll("include.*", "").getBytes(UTF_8));
    }

    @MethodSource("dockerfiles")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aDockerfileIsReadOrRefused(byte[] data) throws IOException {
        read("dockerfile", data);
    }

    @MethodSource("composes")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aComposeFileIsReadOrRefused(byte[] data) throws IOException {
        read("compose", data);
    }

    private static void read(String format, byte[] data) throws IOException {
        assertThat(FuzzedInput.read(format, data))
                .allMatch(object -> !object.images().isEmpty());
    }
}
