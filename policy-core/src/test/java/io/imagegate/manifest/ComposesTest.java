package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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

class ComposesTest {

    @TempDir
    Path folder = Path.of("");

    private static FoundObjects found(String text) throws Exception {
        FoundObjects found = new FoundObjects();
        new Composes()
                .read(InputFile.stream("compose.yaml", () -> new ByteArrayInputStream(text.getBytes(UTF_8))), found);
        return found;
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private static FoundObjects read(Composes input, Path file) throws Exception {
        FoundObjects found = new FoundObjects();
        input.read(InputFile.named(String.valueOf(file.getFileName()), file, () -> Files.newInputStream(file)), found);
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "compose.yaml, true",
        "compose.yml, true",
        "compose.prod.yaml, true",
        "compose-prod.yml, true",
        "docker-compose.yml, true",
        "docker-compose-dev.yml, true",
        "docker-compose.override.yaml, true",
        "podman-compose.yaml, true",
        "composition.yaml, false",
        "compose.json, false",
        "my-compose.yaml, false",
        "compose, false",
    })
    @DisplayName("Compose files have names that start with compose or docker-compose")
    void names(String name, boolean named) {
        assertThat(new Composes().isNamed(Path.of(name))).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({
        "compose.yaml, 'services: {}', true",
        "compose.yaml, 'name: web', true",
        "compose.yaml, 'kind: Pod\nservices: {}', false",
        "stack.yaml, 'services:\n  a: {image: b}', true",
        "stack.yaml, 'name: a\nservices: # b\n\n  # c\n  a: {image: b}', true",
        "stack.yaml, 'services:\n  - postgres:16', false",
        "stack.yaml, 'services:\n- postgres:16', false",
        "stack.yaml, 'services: [a]', false",
        "stack.yaml, 'services:\nb:\n  c: d', false",
        "stack.yaml, 'include: [a.yaml]', false",
        "stack.yaml, 'apiVersion: v1\nservices: {}', false",
        "stack.yaml, 'spec:\n  services: {}', false",
    })
    @DisplayName("a file that a user named is one of Compose if it has services; a Kubernetes object never is")
    void content(String name, String text, boolean recognised) throws Exception {
        InputFile.Opener opener = () -> new ByteArrayInputStream(text.getBytes(UTF_8));
        assertThat(new Composes().recognises(InputFile.named(name, Path.of(name), opener)))
                .isEqualTo(recognised);
        assertThat(new Composes().recognises(InputFile.found(Path.of(name), opener)))
                .isEqualTo(recognised && name.startsWith("compose"));
    }

    @Test
    @DisplayName("each service has its images, of all profiles; fields of others are none")
    void services() throws Exception {
        FoundObjects found = found("""
                name: shop
                x-image: &default nginx:1
                x-base: &base
                  image: redis:7
                services:
                  web:
                    image: *default
                    profiles: [debug]
                    environment: {image: no}
                    labels: {image: "no"}
                  cache:
                    <<: *base
                    restart: always
                  own:
                    <<: [*base]
                    image: "own:1"
                  built: {build: .}
                  both: {build: ., image: both:1}
                  always: {build: ., image: all:1, pull_policy: build}
                  disk:
                    image: disk:1
                    volumes:
                      - data:/data
                      - {type: image, source: files:1, target: /files}
                      - {type: volume, source: data, target: /data}
                  inline:
                    build:
                      additional_contexts: {base: "docker-image://base:1", other: ../x}
                      dockerfile_inline: |
                        FROM inline:1 AS a
                        FROM a
                        COPY --from=inline:2 $$x y
                volumes: {data: {}}
                configs: {image: {file: no}}
                """);
        assertThat(found.images())
                .containsExactly(
                        "service web nginx:1",
                        "service cache redis:7",
                        "service own own:1",
                        "service both both:1",
                        "service always all:1",
                        "service disk disk:1",
                        "service disk files:1",
                        "service inline base:1",
                        "service inline inline:1",
                        "service inline inline:2");
        assertThat(found.places().subList(0, 6))
                .containsExactly(
                        "compose.yaml:2:10",
                        "compose.yaml:4:10",
                        "compose.yaml:16:12",
                        "compose.yaml:18:27",
                        "compose.yaml:19:29",
                        "compose.yaml:21:12");
        assertThat(found.objects.get(0).line()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "${TAG:-1}, nginx:1",
        "${TAG-1}, nginx:1",
        "${TAG:-${OTHER:-2}}, nginx:2",
        "1${TAG:+x}${TAG+y}, nginx:1",
        "${TAG:-}, nginx:",
        "1$$, nginx:1$",
    })
    @DisplayName("variables have their defaults")
    void variables(String tag, String image) throws Exception {
        assertThat(found("services: {a: {image: \"nginx:" + tag + "\"}}").images())
                .containsExactly("service a " + image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$TAG", "${TAG}", "${TAG:?no tag}", "${TAG?}", "${OTHER:-$TAG}"})
    @DisplayName("an image with a variable that has no value is not known")
    void missing(String tag) throws Exception {
        assertThat(found("services: {a: {image: \"nginx:" + tag + "\"}}").images())
                .containsExactly("service a nginx:" + tag + " ? ${TAG}");
    }

    @ParameterizedTest
    @CsvSource({
        "'TAG=1', a:1, ''",
        "'# c\n\n export TAG=\"1\" # d\nOTHER=''2''\r\n', a:1, ''",
        "'OTHER=1', a:9, ''",
        "'TAG=', a:9, ''",
        "'TAG=1\nTAG=2', a:${TAG:-9}, ${TAG}",
        "'TAG: 1', a:${TAG:-9}, ${TAG}",
        "'TAG=$OTHER', a:${TAG:-9}, ${TAG}",
        "'OTHER=\"\nTAG=1\n\"', a:${TAG:-9}, ${TAG}",
    })
    @DisplayName("variables have the values of .env, unless they may be read in another way")
    void environment(String text, String image, String missing) throws Exception {
        file(".env", text);
        assertThat(read(new Composes(), file("compose.yaml", "services: {a: {image: \"a:${TAG:-9}\"}}"))
                        .images())
                .containsExactly("service a " + image + (missing.isEmpty() ? "" : " ? " + missing));
    }

    @Test
    @DisplayName("an included file has the values of its folder, too; no .env is outside of the folder")
    void environments() throws Exception {
        file(".env", "A=1\nB=1\n");
        file("part/.env", "B=2\nC=2\n");
        file("part/part.yaml", "services: {a: {image: \"a:$A\"}, b: {image: \"b:$B\"}, c: {image: \"c:$C\"}}");
        Path compose = file("compose.yaml", "include: [part/part.yaml]\nservices: {d: {image: \"d:$C\"}}");
        assertThat(read(new Composes(), compose).images())
                .containsExactly("service a a:1", "service b b:$B ? ${B}", "service c c:2", "service d d:$C ? ${C}");
        Composes input = new Composes();
        Path alone = file("part/compose.yaml", "services: {a: {image: \"a:${A:-3}\"}}");
        input.announce(alone);
        assertThat(read(input, alone).images()).containsExactly("service a a:3");
        assertThat(read(input, file("compose.yaml", "include: [part/compose.yaml]"))
                        .images())
                .containsExactly("service a a:1");
        Path own = file("compose.yaml", "include: [{path: part/part.yaml, env_file: .env}]");
        assertThatThrownBy(() -> read(new Composes(), own)).hasMessageContaining("env_file of include is not read");
        Path other = file("other/compose.yaml", "services: {d: {image: \"d:$A\"}}");
        Files.createSymbolicLink(folder.resolve("other/.env"), folder.resolve(".env"));
        assertThatThrownBy(() -> read(new Composes(), other))
                .hasMessageContaining("expected a regular file in the folder");
    }

    @ParameterizedTest
    @CsvSource({
        "'{A: x:1}', x:1",
        "'[A=x:1]', x:1",
        "'{A: \"${X:-x:1}\"}', x:1",
        "[A], '$A ? ${A}'",
        "'{A: }', '$A ? ${A}'",
        "'{A: $X}', '$A ? ${X}'",
        "'[\"A=$X\"]', '$A ? ${X}'",
        "'[\"$X=x:1\"]', a:1",
    })
    @DisplayName("arguments of a build have their values in its Dockerfile, those of the environment no known ones")
    void arguments(String arguments, String image) throws Exception {
        assertThat(found("services: {a: {build: {args: " + arguments
                                + ", dockerfile_inline: \"ARG A=a:1 B=b:1\\nFROM $$A\\nFROM $$B\\nFROM $${C:-c:1}\"}}}")
                        .images())
                .containsExactly("service a " + image, "service a b:1", "service a c:1");
    }

    @Test
    @DisplayName("an argument of a build may name the image that reads the Dockerfile")
    void syntax() throws Exception {
        assertThat(found("services: {a: {build: {args: {BUILDKIT_SYNTAX: x:1},"
                                + " dockerfile_inline: \"# syntax=y:1\\nFROM a\"}}}")
                        .images())
                .containsExactly("service a x:1", "service a a");
        assertThat(found(
                                "services: {a: {build: {args: [BUILDKIT_SYNTAX=], dockerfile_inline: \"# syntax=y:1\\nFROM a\"}}}")
                        .images())
                .containsExactly("service a y:1", "service a a");
    }

    @Test
    @DisplayName(
            "a Dockerfile is read with the arguments of the service that it builds, also of one that extends another")
    void built() throws Exception {
        Path dockerfile = file("api/Dockerfile", "ARG A=a:1\nARG B=b\nFROM $A\nFROM $B:1\nFROM c:1\n");
        Path compose = file("compose.yaml", """
                services:
                  base: {build: ./api}
                  a: {build: {context: ./api, args: {A: x:1}}}
                  b: {extends: base, build: {args: [B=y]}}
                  c: {build: {context: ./none, args: {A: x}}}
                  d: {build: {context: "https://example.com/a.git", args: {A: x}}}
                  e: {build: {context: ./api, args: {C: x}}}
                """);
        FoundObjects alone = read(new Composes(), compose);
        assertThat(alone.images())
                .containsExactly(
                        "service a x:1",
                        "service a b:1",
                        "service a c:1",
                        "service b a:1",
                        "service b y:1",
                        "service b c:1",
                        "service e a:1",
                        "service e b:1",
                        "service e c:1");
        assertThat(alone.places())
                .startsWith(
                        "compose.yaml:3:41",
                        "api/Dockerfile:4:6",
                        "api/Dockerfile:5:6",
                        "api/Dockerfile:3:6",
                        "api/Dockerfile:4:6");
        Composes input = new Composes();
        input.announce(compose);
        input.announce(dockerfile);
        // What it has without arguments is found where it is read by itself.
        assertThat(read(input, compose).images()).containsExactly("service a x:1", "service b y:1");
    }

    @Test
    @DisplayName(
            "a Dockerfile with another name is read where a service names it, if it is below the folder or in the run")
    void otherName() throws Exception {
        file("docker/api.df", "FROM a:1\n");
        Path compose = file("compose.yaml", "services: {a: {build: {context: docker, dockerfile: api.df}}}");
        FoundObjects found = read(new Composes(), compose);
        assertThat(found.images()).containsExactly("service a a:1");
        assertThat(found.places()).containsExactly("docker/api.df:1:6");
        Path within = file("docker/compose.yaml", "services: {a: {build: {context: .., dockerfile: docker/api.df}}}");
        assertThat(read(new Composes(), within).images()).containsExactly("service a a:1");
        Path other = file("up.df", "FROM a:2\n");
        Path above = file("docker/compose.yaml", "services: {a: {build: {context: .., dockerfile: up.df}}}");
        assertThatThrownBy(() -> read(new Composes(), above))
                .hasMessage("compose.yaml:1:49: \"up.df\" is not below the folder of the Compose file: name it in the"
                        + " command, too");
        Composes input = new Composes();
        input.announce(other);
        assertThat(read(input, above).images()).isEmpty();
        Path broken = file("docker/x.df", "FORM a:1\n");
        assertThat(Files.exists(broken)).isTrue();
        Path names = file("compose.yaml", "services: {a: {build: {context: docker, dockerfile: x.df}}}");
        assertThatThrownBy(() -> read(new Composes(), names)).hasMessageStartingWith("docker/x.df:1:1: expected FROM");
        Path variable = file("compose.yaml", "services: {a: {build: {context: $X, dockerfile: x.df}}}");
        assertThat(read(new Composes(), variable).images()).isEmpty();
    }

    @Test
    @DisplayName("services that extend others may not be too many, nor have too many images or builds")
    void extendedTooOften() throws Exception {
        String images = "{type: image, source: x},".repeat(200);
        String many = "services:\n  b: {volumes: [" + images + "]}\n";
        for (int i = 0; i < 60; i++) {
            many += "  s" + i + ": {extends: b}\n";
        }
        String all = many;
        assertThatThrownBy(() -> found(all)).hasMessageContaining("expected 10000 images at most in services");
        StringBuilder others = new StringBuilder("services:\n  b: {image: a}\n");
        for (int i = 0; i < 6_000; i++) {
            others.append("  s").append(i).append(": {extends: b}\n");
        }
        assertThatThrownBy(() -> found(others.toString())).hasMessageContaining("services extend others too often");
        file("Dockerfile", "ARG A=b\nFROM $A\n" + "RUN x\n".repeat(100_000));
        StringBuilder builds = new StringBuilder("services:\n");
        for (int i = 0; i < 40; i++) {
            builds.append("  s")
                    .append(i)
                    .append(": {build: {args: {A: x")
                    .append(i)
                    .append("}}}\n");
        }
        Path compose = file("compose.yaml", builds.toString());
        assertThatThrownBy(() -> read(new Composes(), compose))
                .hasMessageContaining("services build Dockerfiles too often");
    }

    @Test
    @DisplayName(
            "a service has the image of the one that it extends, in the same file or another, unless it has its own")
    void extended() throws Exception {
        file("parts/common.yaml", """
                services:
                  base: {image: base:1, volumes: [{type: image, source: files:1, target: /f}]}
                  next: {extends: base}
                  unused: {image: no}
                """);
        Path compose = file("compose.yaml", """
                services:
                  a: {extends: b}
                  b: {image: b:1}
                  c: {extends: {service: a}, image: c:1}
                  d: {extends: {file: parts/common.yaml, service: next}}
                  e: {extends: {file: ./parts/common.yaml, service: base}, image: e:1}
                """);
        Composes input = new Composes();
        // It is a file of the folder, where no other input reads its services.
        input.announce(folder.resolve("parts/common.yaml"));
        FoundObjects found = read(input, compose);
        assertThat(found.images())
                .containsExactly(
                        "service a b:1",
                        "service b b:1",
                        "service c c:1",
                        "service d base:1",
                        "service d files:1",
                        "service e e:1",
                        "service e files:1");
        assertThat(found.places())
                .containsExactly(
                        "compose.yaml:3:14",
                        "compose.yaml:3:14",
                        "compose.yaml:4:37",
                        "parts/common.yaml:2:17",
                        "parts/common.yaml:2:57",
                        "compose.yaml:6:67",
                        "parts/common.yaml:2:57");
    }

    @Test
    @DisplayName("included files are read, once, unless they are read by themselves")
    void included() throws Exception {
        Path part =
                file("part/compose.part.yaml", "include: [../compose.yaml, other.yaml]\nservices: {p: {image: p:1}}\n");
        Path other = file("part/other.yaml", "include: [other.yaml]\nservices: {o: {image: o:1}}\n");
        Path compose = file(
                "compose.yaml",
                "include:\n- part/compose.part.yaml\n- path: [part/other.yaml]\nservices: {c: {image: c:1}}\n");
        Composes input = new Composes();
        input.announce(compose);
        input.announce(other);
        assertThat(read(input, compose).images()).containsExactly("service o o:1", "service p p:1", "service c c:1");
        input.announce(part);
        assertThat(read(input, compose).images()).containsExactly("service o o:1", "service c c:1");
    }

    @Test
    @DisplayName("files outside of the folder, links that lead out of it, and remote ones are refused")
    void outside() throws Exception {
        file("outside.yaml", "services: {a: {image: a:1}}\n");
        file("in/x", "");
        Files.createSymbolicLink(folder.resolve("in/link.yaml"), folder.resolve("outside.yaml"));
        Files.createSymbolicLink(folder.resolve("in/up"), folder);
        for (String other : List.of("../outside.yaml", "link.yaml", "up/outside.yaml", "up/in/../outside.yaml")) {
            for (String field : List.of(
                    "include: [" + other + "]", "services: {b: {extends: {file: " + other + ", service: a}}}")) {
                Path compose = file("in/compose.yaml", field);
                assertThatThrownBy(() -> read(new Composes(), compose))
                        .isInstanceOf(ManifestException.class)
                        .hasMessageContaining("is not below the folder of the Compose file");
            }
        }
        for (String other : List.of("none.yaml", "https://github.com/a/b.git", "oci://a/b", "\"\\0\"", ".")) {
            Path compose = file("in/compose.yaml", "include: [" + other + "]");
            assertThatThrownBy(() -> read(new Composes(), compose))
                    .hasMessageContaining("compose.yaml:1:11: expected a local file");
        }
        Composes input = new Composes();
        input.announce(folder.resolve("outside.yaml"));
        assertThat(read(input, file("in/compose.yaml", "include: [../outside.yaml]\nservices: {c: {image: c}}"))
                        .images())
                .containsExactly("service a a:1", "service c c");
        assertThatThrownBy(() -> found("include: [a.yaml]")).hasMessageContaining("a stream has no folder");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1:1: a Compose file: expected services",
        "'- a', '1:1: a Compose file: expected an object'",
        "'services: [a]', '1:11: services: expected an object'",
        "'services: {a: b}', '1:15: a value: expected an object'",
        "'services: {a: {image: [b]}}', '1:23: an image: expected a text'",
        "'!%9', '1:1: a Compose file: expected an object'",
        "'services: {a: {image: !%20 b}}', '1:23: an image: expected a text'",
        "'services: {a: {image: !!binary YQ==}}', '1:23: an image: expected a text'",
        "'services: {a: {image: b, image: c}}', '1:26: the field \"image\" comes twice'",
        "'services: {a: {image: \"b:$\"}}', '1:24: expected the name of a variable after $'",
        "'services: {a: {image: \"${b\"}}', '1:24: \"${b\": expected :-'",
        "'services:\n  a:\n    image: >-\n      a${b', '3:12: \"${b\": expected :-'",
        "'services: {a: {extends: b}}', '1:25: extends: no service \"b\" in \"compose.yaml\"'",
        "'services: {a: {extends: a}}', '1:15: extends: expected 32 levels at most'",
        "'services: {a: {image: b}}\nkind: Pod', '2:1: a Kubernetes object'",
        "'services: {a: {build: {dockerfile_inline: FORM a}}}', '1:43: dockerfile_inline: line 1: expected FROM or ARG'",
    })
    @DisplayName("errors have their place")
    void malformed(String text, String problem) {
        assertThatThrownBy(() -> found(text))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith("compose.yaml:" + problem);
    }

    @Test
    @DisplayName("what may be an image by a variable is not known")
    void kinds() throws Exception {
        assertThat(found(
                                "services: {a: {build: {additional_contexts: [\"x=${C}\", y=../y, \"z=${D:-docker-image://}z:1\"]},"
                                        + " volumes: [{type: \"${T}\", source: v:1}, {type: \"${T:-bind}\", source: w:1}]}}")
                        .images())
                .containsExactly("service a x=${C} ? ${C}", "service a z:1", "service a v:1");
    }

    @Test
    @DisplayName("an image that Compose removes is none")
    void reset() throws Exception {
        assertThat(found("services: {a: {build: ., image: !reset null}, b: !override {image: c}}")
                        .images())
                .containsExactly("service b c");
    }

    @Test
    @DisplayName("sizes, aliases and services are limited")
    void limits() {
        StringBuilder laughs = new StringBuilder("x-0: &a0 {image: a, b: c}\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("x-" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThatThrownBy(() -> found(laughs.toString())).isInstanceOf(ManifestException.class);
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            documents.append("services: {a: {extends: b}, b: {extends: a}}\n---\n");
        }
        assertThatThrownBy(() -> found(documents.toString())).isInstanceOf(ManifestException.class);
        assertThatThrownBy(() -> found("a: b\n" + "#\n".repeat(1 << 20))).hasMessageContaining("1048576 bytes at most");
    }

    @Test
    @DisplayName("images are replaced where they stand: in a service, an anchor, a default")
    void replaced() throws Exception {
        String text = """
                # \uD83D\uDE00
                x-base: &base {image: 'a:1'} # x
                services:
                  a:
                    <<: *base
                  b: *base
                  c:
                    image: >-
                      c:1
                  d: {extends: c}
                  e: {image: "${E:-e:1}", environment: [A=B]}
                  f: {image: !!str f:1}
                """;
        Path path = file("compose.yaml", text);
        Composes input = new Composes();
        InputFile.Opener opener = () -> Files.newInputStream(path);
        FoundObjects found = new FoundObjects();
        input.read(InputFile.named("compose.yaml", path, opener).replaceable(opener), found);
        for (InputObject object : found.objects) {
            for (ReviewedImage image : object.images()) {
                input.replace(object, image, ImageReference.parse("m.example/" + image.text()));
            }
        }
        List<ManifestException> refused = new ArrayList<>();
        List<ChangedFile> changes = input.changes(refused::add);
        assertThat(refused).isEmpty();
        assertThat(changes.get(0).after()).isEqualTo(text.replaceAll("([acef]:1)", "m.example/$1"));
    }

    @Test
    @DisplayName(
            "an image that is by an alias also something else is not replaced, and one of an included file neither")
    void onlyImages() throws Exception {
        file("parts/c.yaml", "# c\nservices: {c: {image: c:1}}");
        String text = """
                x-image: &x x:1
                include: [parts/c.yaml]
                services:
                  a: {image: &a a:1, environment: {IMAGE: *a}}
                  b: &b {image: b:1, labels: {b: b:1}}
                  d: *b
                  e: {extends: a}
                  x: {image: *x}
                """;
        assertThat(FoundInText.mirrored(new Composes(), folder.resolve("compose.yaml"), text))
                .isEqualTo(
                        text.replace("x:1", "mirror.example/x:1").replace("image: b:1", "image: mirror.example/b:1"));
    }

    @Test
    @DisplayName("a file that extends another one is replaced after others were read")
    void replacedLater() throws Exception {
        file("one/common.yaml", "services: {b: {image: b:1}}");
        String text = "services: {a: {image: a:1}, b: {extends: {file: common.yaml, service: b}}}";
        Composes input = new Composes();
        FoundObjects found = new FoundObjects();
        for (Path path :
                List.of(file("one/compose.yaml", text), file("two/compose.yaml", "services: {c: {image: c:1}}"))) {
            InputFile.Opener opener = () -> Files.newInputStream(path);
            input.read(InputFile.named(path.toString(), path, opener).replaceable(opener), found);
        }
        InputObject first = found.objects.get(0);
        input.replace(first, first.images().get(0), ImageReference.parse("m.example/a:1"));
        List<ManifestException> refused = new ArrayList<>();
        assertThat(input.changes(refused::add))
                .singleElement()
                .satisfies(change -> assertThat(change.after()).isEqualTo(text.replace("a:1", "m.example/a:1")));
        assertThat(refused).isEmpty();
    }

    @Test
    @DisplayName("an image of several parts, and one of another file, cannot be replaced")
    void notReplaced() throws Exception {
        file("common.yaml", "services: {b: {image: b:1}}");
        Path path = file(
                "compose.yaml",
                "services: {a: {image: \"a:${TAG:-1}\"}, b: {extends: {file: common.yaml, service: b}}}");
        Composes input = new Composes();
        InputFile.Opener opener = () -> Files.newInputStream(path);
        FoundObjects found = new FoundObjects();
        input.read(InputFile.named("compose.yaml", path, opener).replaceable(opener), found);
        for (InputObject object : found.objects) {
            assertThatThrownBy(() -> input.replace(object, object.images().get(0), ImageReference.parse("a")))
                    .isInstanceOf(ManifestException.class);
        }
    }
}
