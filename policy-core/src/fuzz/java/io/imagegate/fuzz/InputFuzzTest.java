package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.manifest.Input;
import io.imagegate.manifest.InputFile;
import io.imagegate.manifest.InputListener;
import io.imagegate.manifest.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.manifest.ManifestException;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        Input input = Inputs.of(Workloads.wellKnown(), unread -> {}).stream()
                .filter(each -> each.name().equals(format))
                .findFirst()
                .orElseThrow();
        List<InputObject> objects = new ArrayList<>();
        try {
            input.read(InputFile.stream("f", () -> new ByteArrayInputStream(data)), new Found(objects));
        } catch (ManifestException e) {
            assertThat(e.line()).isBetween(0, data.length + 1);
            assertThat(e.column()).isBetween(0, data.length + 1);
            assertThat(e.problem()).hasSizeLessThan(4000).matches("[ -~]*");
        }
        for (InputObject object : objects) {
            assertThat(object.images()).isNotEmpty();
            assertThat(object.line()).isBetween(1, data.length + 1);
            for (int i = 0; i < object.images().size(); i++) {
                assertThat(object.line(i)).isBetween(1, data.length + 1);
                assertThat(object.column(i)).isBetween(1, data.length + 1);
                assertThat(object.offset(i)).isBetween(-1, data.length);
            }
        }
    }

    private record Found(List<InputObject> objects) implements InputListener {

        @Override
        public void object(InputObject object) {
            objects.add(object);
        }

        @Override
        public void unread(String what, String why) {}

        @Override
        public void skipped(String why) {}

        @Override
        public void problem(String problem) {}
    }
}
