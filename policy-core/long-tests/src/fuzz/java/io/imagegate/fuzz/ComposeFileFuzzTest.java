package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Compose files are read or refused: images have places in their text, and an error has its place. */
@WhereJazzerRuns
class ComposeFileFuzzTest {

    private static final String COMPOSE = """
            x-base: &base {image: "nginx:${TAG:-${A-1}}$$"}
            include: [{path: [a.yaml]}]
            services:
              a: {<<: *base, build: {dockerfile_inline: "FROM b", additional_contexts: [a=docker-image://b]}}
              b: {extends: {service: a}, volumes: [{type: image, source: c}], pull_policy: build}
              c: {extends: {file: b.yaml, service: a}, image: !reset null}
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(
                COMPOSE.getBytes(UTF_8), COMPOSE.replaceAll("include.*", "").getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aComposeFileIsReadOrRefused(byte[] data) throws IOException {
        assertThat(FuzzedInput.read("compose", data))
                .allMatch(object -> !object.images().isEmpty());
    }
}
