package io.imagegate.input.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.FoundObjects;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputObject;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfilesTest {

    @TempDir
    Path folder = Path.of("");

    private static List<String> images(String text) throws Exception {
        return FoundObjects.in(new Dockerfiles(), "Dockerfile", text).images();
    }

    @ParameterizedTest
    @CsvSource({
        "Dockerfile, true",
        "dockerfile, true",
        "Containerfile, true",
        "Dockerfile.dev, true",
        "Dockerfile-dev, true",
        "Dockerfile_1.2, true",
        "api.Dockerfile, true",
        "api.dockerfile, true",
        "api.containerfile, true",
        "Dockerfile.dockerignore, false",
        "Dockerfile.md, false",
        "Dockerfile.yaml, false",
        "Dockerfiles, false",
        "myDockerfile, false",
        "dockerfile-maven.xml, false",
    })
    @DisplayName("Dockerfiles have names that end or start with Dockerfile or Containerfile")
    void names(String name, boolean named) {
        assertThat(new Dockerfiles().isNamed(Path.of(name))).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({
        "Dockerfile.dev, 'FROM nginx:1', true",
        "Dockerfile-dev, '# build\nARG A', true",
        "Dockerfile.dev, 'FR\\\nOM nginx:1', true",
        "dockerfile.go, 'package dockerfile', false",
        "lib.dockerfile, '', false",
        "Dockerfile.sh, '#!/bin/sh\nFROM=a', false",
        "Dockerfile.dev, '# escape=x\nFROM a', true",
        "Dockerfile, 'package dockerfile', true",
        "Containerfile, '', true",
        "Dockerfile.j2, '{{ base }}', true",
    })
    @DisplayName(
            "a file of a folder whose name is like that of a Dockerfile is one if it begins like one, or its name is sure")
    void similar(String name, String text, boolean recognised) throws Exception {
        InputFile.Opener opener = () -> new ByteArrayInputStream(text.getBytes(UTF_8));
        assertThat(new Dockerfiles().recognises(InputFile.found(Path.of(name), opener)))
                .isEqualTo(recognised);
        assertThat(new Dockerfiles().recognises(InputFile.named(name, Path.of(name), opener)))
                .isTrue();
    }

    @Test
    @DisplayName("a Dockerfile that begins behind a long comment is one")
    void late() throws Exception {
        byte[] late = ("# a\n".repeat(20_000) + "FROM nginx:1").getBytes(UTF_8);
        assertThat(new Dockerfiles()
                        .recognises(InputFile.found(Path.of("Dockerfile.dev"), () -> new ByteArrayInputStream(late))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'FROM nginx:1', true",
        "'# build\n\nfrom nginx:1', true",
        "'ARG TAG=1\nFROM nginx:$TAG', true",
        "'from', false",
        "'nginx:1', false",
        "'kind: Pod', false",
    })
    @DisplayName("a file that a user named is a Dockerfile if it begins like one")
    void content(String text, boolean recognised) throws Exception {
        InputFile.Opener opener = () -> new ByteArrayInputStream(text.getBytes(UTF_8));
        assertThat(new Dockerfiles().recognises(InputFile.stream("-", opener))).isEqualTo(recognised);
        assertThat(new Dockerfiles().recognises(InputFile.named("image", Path.of("image"), opener)))
                .isEqualTo(recognised);
        assertThat(new Dockerfiles().recognises(InputFile.found(Path.of("image"), opener)))
                .isFalse();
        assertThat(new Dockerfiles().recognises(InputFile.named("image.yaml", Path.of("image.yaml"), opener)))
                .isFalse();
    }

    @Test
    @DisplayName("each image has its place and its stage; stages, numbers and scratch are no images")
    void stages() throws Exception {
        FoundObjects found = FoundObjects.in(new Dockerfiles(), "Dockerfile", """
                # syntax=docker/dockerfile:1
                FROM --platform=$BUILDPLATFORM golang:1.25 AS Build
                COPY --from=node:22 --chown=1:1 /a /b
                COPY --from=busybox:1 /a /b
                FROM build AS test
                RUN --mount=type=bind,from=alpine:3,target=/a --mount=type=cache,target=/b make
                FROM scratch
                COPY --from=build /a /b
                COPY --from=0 /a /b
                  COPY --link --from=BUILD /a /b
                RUN --mount=from=test,target=/t make
                COPY --from=scratch /a /b
                """);
        assertThat(found.images())
                .containsExactly(
                        "syntax docker/dockerfile:1",
                        "stage build golang:1.25",
                        "stage build node:22",
                        "stage build busybox:1",
                        "stage test alpine:3");
        assertThat(found.places())
                .containsExactly(
                        "Dockerfile:1:10", "Dockerfile:2:32", "Dockerfile:3:13", "Dockerfile:4:13", "Dockerfile:6:28");
        assertThat(found.objects.get(1).images())
                .extracting(ReviewedImage::place)
                .containsExactly("FROM", "COPY --from[0]", "COPY --from[1]");
    }

    @Test
    @DisplayName("later stages, other stages' numbers and the stage itself are judged as images")
    void noStages() throws Exception {
        assertThat(images("""
                FROM later
                COPY --from=later a b
                COPY --from=0 a b
                COPY --from=me a b
                FROM 0 AS me
                RUN --mount=from=0 a
                FROM Me2 AS later
                FROM Me
                """))
                .containsExactly(
                        "stage 0 later",
                        "stage 0 later",
                        "stage 0 0",
                        "stage 0 me",
                        "stage me 0",
                        "stage me 0",
                        "stage later Me2",
                        "stage 3 Me");
    }

    @ParameterizedTest
    @CsvSource({
        "'ARG A=nginx:1\nFROM $A', nginx:1",
        "'ARG A=nginx\nARG B=$A:1\nFROM ${B}-alpine', nginx:1-alpine",
        "'ARG A=nginx B=1 C\nFROM ${A}:${B}${C:-x}${C:+y}', nginx:1x",
        "'ARG A=\nFROM nginx:${A:-1}${A-2}${A:+3}${A+4}', nginx:14",
        "'FROM nginx:${A:-1}${A-2}${A:+3}${A+4}', nginx:12",
        "'ARG A=x\nFROM nginx:${A:-1}${A-2}${A:+3}${A+4}', nginx:xx34",
        "'FROM nginx:${A:-${B:-1}}', nginx:1",
        "'ARG A=\"nginx:1\"\nFROM \"$A\"', nginx:1",
        "'ARG A=''$B''\nFROM nginx:1', nginx:1",
        "'FROM ngi\\nx:1', nginx:1",
        "'ARG A=1\nFROM nginx:${A:+b}${A:?no}', nginx:b1",
    })
    @DisplayName("arguments before the first stage have their defaults in FROM")
    void variables(String text, String image) throws Exception {
        assertThat(images(text)).containsExactly("stage 0 " + image);
    }

    @ParameterizedTest
    @CsvSource({
        "'FROM nginx:$A', nginx:$A, ${A}",
        "'ARG A\nFROM nginx:${A}', nginx:${A}, ${A}",
        "'ARG A\nARG B=$A\nFROM nginx:${B:-1}', nginx:${B:-1}, ${A}",
        "'ARG A\nFROM nginx:${A-1}', nginx:${A-1}, ${A}",
        "'ARG A\nFROM nginx:1${A+1}', nginx:1${A+1}, ${A}",
        "'ARG A=1\nARG A\nFROM nginx:$A', nginx:$A, ${A}",
        "'FROM nginx:${A:?none}', nginx:${A:?none}, ${A}",
        "'FROM nginx-${TARGETARCH}', nginx-${TARGETARCH}, ${TARGETARCH}",
        "'FROM nginx:${A:-$B}', nginx:${A:-$B}, ${B}",
        "'FROM nginx$@:1', nginx$@:1, ${@}",
        "'ARG A=1.2\nFROM nginx:${A%.*}', nginx:${A%.*}, ${A%.*}",
        "'ARG A=1.2\nFROM nginx:${A##*.}-a', nginx:${A##*.}-a, ${A##*.}",
        "'ARG A=1.2\nFROM nginx:${A//./${B:-\\}}}', nginx:${A//./${B:-\\}}}, ${A//./${B:-\\}}}",
        "'ARG A=1.2\nARG B=${A/./_}\nFROM nginx:$B', nginx:$B, ${A/./_}",
        "'ARG TARGETARCH=amd64\nFROM nginx-${TARGETARCH:-amd64}', nginx-${TARGETARCH:-amd64}, ${TARGETARCH}",
    })
    @DisplayName("an image with a variable that has no value is not known")
    void missing(String text, String image, String variable) throws Exception {
        assertThat(images(text)).containsExactly("stage 0 " + image + " ? " + variable);
    }

    @Test
    @DisplayName("arguments of a stage have no value in a later FROM; --from has none of any")
    void argumentsOfStages() throws Exception {
        assertThat(images("""
                ARG A=1
                FROM nginx:$A
                ARG A=2
                ARG B=3
                COPY --from=x:$A a b
                RUN --mount=from=$B c
                FROM nginx:$A
                FROM nginx:$B
                """))
                .containsExactly(
                        "stage 0 nginx:1",
                        "stage 0 x:$A ? x:$A",
                        "stage 0 $B ? $B",
                        "stage 1 nginx:1",
                        "stage 2 nginx:$B ? ${B}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM \\\n  nginx:1\n",
                "FROM ngi\\\nnx:1\n",
                "FR\\\nOM \\  \n # comment\n\n  nginx:1",
                "# escape=`\nFROM `\n nginx:1",
                "\uFEFFfrom nginx:1\r\nRUN a\r\n",
                "\n# c\n  FROM\tnginx:1\t\nRUN a \\\\\nRUN b\\",
                "FROM nginx:1\nRUN <<EOF\nFROM x\nEOF\nRUN a",
                "FROM nginx:1\nRUN cat <<-'A' 3<<B\n\tFROM x\n\tA\nFROM y\nB\n",
                "FROM nginx:1\nCOPY <<a ${X:-/b}/${Y}\nFROM x\na\nRUN b",
                "FROM nginx:1\nCOPY <<a <<\"b\" /x/\na\nFROM x\nb\n",
                "FROM nginx:1\nRUN echo \"<<EOF\" $((1<<2)) '<<X' <<<y\nRUN b",
                "FROM nginx:1\nCMD <<EOF\nLABEL a=b \\\n#c\n c=d",
                "FROM nginx:1\nONBUILD RUN <<E\nFROM x\nE\nONBUILD COPY --from=0 a b",
                "FROM nginx:1\nADD https://example.com/x.tar /x\nADD git@github.com:a/b.git /y\nCOPY a --from=b /c",
            })
    @DisplayName("continuations, comments, here-documents and directives are followed")
    void lines(String text) throws Exception {
        assertThat(images(text)).containsExactly("stage 0 nginx:1");
    }

    @Test
    @DisplayName("an image of the directive syntax ends at a space; other spaces than those of ASCII are no space")
    void syntax() throws Exception {
        assertThat(images("# syntax = a:1 b \t\r\nFROM b:1")).containsExactly("syntax a:1", "stage 0 b:1");
        assertThat(images("# syntax=\u00a0\nFROM b:1")).containsExactly("syntax \u00a0", "stage 0 b:1");
    }

    @Test
    @DisplayName("ONBUILD names images, too: stages of the image that will be built are not known")
    void onBuild() throws Exception {
        assertThat(images("FROM a:1 AS a\nFROM b:1\nONBUILD COPY --from=a x y\nONBUILD RUN --mount=from=c:1 z\n"))
                .containsExactly("stage a a:1", "stage 1 b:1", "stage 1 a", "stage 1 c:1");
    }

    @Test
    @DisplayName("flags may go on in another line, and have quotes")
    void flags() throws Exception {
        assertThat(
                        images(
                                "FROM a:1\nCOPY --fr\\\nom=b:1 x y\nCOPY \"--from=no\" z\nRUN --mount='FROM=c:1,target=/x' -- --mount=from=no\n"))
                .containsExactly("stage 0 a:1", "stage 0 b:1", "stage 0 c:1");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1:1: a Dockerfile: expected FROM",
        "'ARG A=1', 1:1: a Dockerfile: expected FROM",
        "'RUN a\nFROM b', 1:1: expected FROM or ARG before the first stage",
        "'FROM a\nFORM b', 2:1: expected an instruction of a Dockerfile",
        "'FROM a b', '1:6: FROM: expected an image, or an image AS a name'",
        "'FROM a # c', '1:6: FROM: expected an image, or an image AS a name'",
        "'FROM a AS 1', 1:11: expected the name of a stage",
        "'FROM a\nRUN <<EOF\nFROM b', '2:1: expected the end \"EOF\" of a here-document'",
        "'FROM ${A:-b', 1:6: expected a } at the end of a variable",
        "'FROM ${A~b}', '1:6: \"${A\": expected :-'",
        "'FROM ${A:%b}', '1:6: \"${A\": expected :-'",
        "'FROM ${A%b', 1:6: expected a } at the end of a variable",
        "'# x=y\n# escape=`\nFROM a', 2:1: escape: expected",
        "'#!/x\n# escape=`\nFROM a', 2:1: escape: expected",
        "'# escape=x\nFROM a', 1:1: escape: expected",
        "'# escape=`\n# escape=`\nFROM a', 2:1: the directive escape comes twice",
        "'FROM a\nRUN <<E;\nFROM b\nE;', 2:1: a here-document: expected << and a name",
        "'FROM a\nRUN [\"x\"] <<E\nFROM b\nE', 2:1: a here-document: expected << and a name",
        "'FROM a\nRUN ${} <<E\nFROM b\nE', 2:1: a here-document: expected << and a name",
        "'FROM a\nRUN ${x:-a <<E}\nE\nFROM b\nE}', 2:1: a here-document: expected << and a name",
        "'FROM a\nRUN x\u001c<<E\nFORM b\nE', 3:1: expected an instruction",
        "'FROM a\nONBUILD FROM b', 2:9: ONBUILD: expected an instruction other than FROM",
        "'FROM a\nCOPY --from=b:\u00a0 c d', 2:6: expected a flag in ASCII",
        "'FROM a\nCOPY --chown=\u00e0--from=b c d', 2:6: expected a flag in ASCII",
    })
    @DisplayName("errors have their place")
    void malformed(String text, String problem) {
        assertThatThrownBy(() -> images(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Dockerfile:" + problem);
    }

    @Test
    @DisplayName("sizes, images and depth are limited")
    void limits() throws Exception {
        String doubled = "ARG A0=aaaaaaaaaa\n";
        for (int i = 1; i < 40; i++) {
            doubled += "ARG A" + i + "=$A" + (i - 1) + "$A" + (i - 1) + "\n";
        }
        String all = doubled;
        assertThatThrownBy(() -> images(all + "FROM $A39")).hasMessageContaining("is longer than 8192 characters");
        assertThatThrownBy(() -> images("FROM " + "${A:-".repeat(100_000) + "}".repeat(100_000)))
                .hasMessageContaining("32 levels at most");
        assertThatThrownBy(() -> images("FROM a\n" + "COPY --from=b c d\n".repeat(10_000)))
                .hasMessageContaining("expected 10000 images at most");
        assertThatThrownBy(() -> images("FROM a\n" + "#\n".repeat(1 << 20)))
                .hasMessageContaining("1048576 bytes at most");
        // In time that grows with the length, not with its square.
        assertThat(images("# a=b" + " ".repeat(1 << 19) + "c\n#" + " ".repeat(1 << 18) + "\nFROM a"))
                .containsExactly("stage 0 a");
        assertThat(images("FROM a\nRUN " + "<<A ".repeat(2) + "\nA\nA\n" + "RUN x \\\n".repeat(50_000)))
                .containsExactly("stage 0 a");
        assertThatThrownBy(() -> images("FROM a\0")).hasMessageContaining("expected text in UTF-8");
    }

    @Test
    @DisplayName("images are replaced where they stand: in FROM, in a default, in --from")
    void replaced() throws Exception {
        String text = "# syntax=docker/dockerfile:1\nARG BASE=\"nginx:1\"\nFROM --platform=x $BASE AS \u00fc1\n";
        text = text.replace("\u00fc1", "a")
                + "LABEL a=\"\uD83D\uDE00\"\nFROM 'node:2'\nCOPY --from=c:1 x y\nRUN --mount=from=d:1,target=/x e\n"
                + "FROM ${X:-f:1} AS f\n";
        Path path = Files.writeString(folder.resolve("Dockerfile"), text);
        Dockerfiles input = new Dockerfiles();
        InputFile.Opener opener = () -> Files.newInputStream(path);
        FoundObjects found = new FoundObjects();
        input.read(InputFile.named("Dockerfile", path, opener).replaceable(opener), found);
        for (InputObject object : found.objects) {
            for (ReviewedImage image : object.images()) {
                assertThat(input.owns(object)).isTrue();
                input.replace(object, image, ImageReference.parse("m.example/" + image.text()));
            }
        }
        List<InputException> refused = new ArrayList<>();
        List<ChangedFile> changes = input.changes(refused::add);
        assertThat(refused).isEmpty();
        assertThat(changes.get(0).after())
                .isEqualTo(text.replace("=docker/", "=m.example/docker/")
                        .replace("nginx", "m.example/nginx")
                        .replace("node", "m.example/node")
                        .replace("c:1", "m.example/c:1")
                        .replace("d:1", "m.example/d:1")
                        .replace("f:1", "m.example/f:1"));
    }

    @Test
    @DisplayName("an image of several parts cannot be replaced")
    void parts() throws Exception {
        String text = "ARG TAG=1\nFROM nginx:$TAG\n";
        Path path = Files.writeString(folder.resolve("Dockerfile"), text);
        Dockerfiles input = new Dockerfiles();
        InputFile.Opener opener = () -> Files.newInputStream(path);
        FoundObjects found = new FoundObjects();
        input.read(InputFile.named("Dockerfile", path, opener).replaceable(opener), found);
        InputObject object = found.objects.get(0);
        assertThatThrownBy(() -> input.replace(object, object.images().get(0), ImageReference.parse("a")))
                .isInstanceOf(InputException.class);
    }
}
