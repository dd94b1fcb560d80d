package io.imagegate.input.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.FoundInText;
import io.imagegate.input.FoundObjects;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputObject;
import io.imagegate.input.place.PlainText;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        "${TAG:-}, nginx:",
        "1$$, nginx:1$",
    })
    @DisplayName("variables have their defaults")
    void variables(String tag, String image) throws Exception {
        assertThat(found("services: {a: {image: \"nginx:" + tag + "\"}}").images())
                .containsExactly("service a " + image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$TAG",
                "${TAG}",
                "${TAG:?no tag}",
                "${TAG?}",
                "${OTHER:-$TAG}",
                "1${TAG:+x}",
                "1${TAG+x}",
                "${OTHER:-${TAG:+x}}"
            })
    @DisplayName("an image with a variable that has no value is not known, also one that is only asked for")
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
        "'OTHER=${X:-/a}/b?c=d&e # f\nTAG=1', a:1, ''",
        "'TAG=1\nTAG=${X}', a:${TAG:-9}, ${TAG}",
        "'OTHER=${X} y\nTAG=1', a:${TAG:-9}, ${TAG}",
        "'OTHER=x\"\nTAG=1\n\"', a:${TAG:-9}, ${TAG}",
        "'TAG: 1', a:${TAG:-9}, ${TAG}",
        "'TAG=$OTHER', a:${TAG:-9}, ${TAG}",
        "'OTHER=\"\nTAG=1\n\"', a:${TAG:-9}, ${TAG}",
        "'\u00a0TAG=1', a:${TAG:-9}, ${TAG}",
        "'\u000bTAG=1', a:${TAG:-9}, ${TAG}",
        "'\u2003export TAG\u00a0=1', a:${TAG:-9}, ${TAG}",
        "'\u00a0TAG', a:${TAG:-9}, ${TAG}",
        "'\u00a0OTHER=TAG x', a:9, ''",
        "'\u00a01TAG=1', a:${TAG:-9}, ${TAG}",
    })
    @DisplayName("variables have the values of .env, unless they may be read in another way")
    void environment(String text, String image, String missing) throws Exception {
        file(".env", text);
        assertThat(read(new Composes(), file("compose.yaml", "services: {a: {image: \"a:${TAG:-9}\"}}"))
                        .images())
                .containsExactly("service a " + image + (missing.isEmpty() ? "" : " ? " + missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1a", "a ", " ", "1"})
    @DisplayName("a line of .env as long as a file takes the time of its length")
    void longLine(String part) throws Exception {
        file(".env", part.repeat((PlainText.LONGEST - 1) / part.length()) + "!");
        Path compose = file("compose.yaml", "services: {a: {image: \"a:${TAG:-9}\"}}");
        assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), () -> read(new Composes(), compose))
                        .images())
                .containsExactly("service a a:9");
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
        assertThatThrownBy(() -> read(new Composes(), own))
                .hasMessageContaining("include: the field \"env_file\" is not known");
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
    @DisplayName("a build of a remote or unknown folder, or of a Dockerfile that is not checked, is told and not read")
    void unreadBuilds() throws Exception {
        Path dockerfile = file("api/Dockerfile", "FROM a:1\n");
        Path compose = file("compose.yaml", """
                services:
                  a: {build: "https://example.com/a.git#main:sub"}
                  b: {build: {context: "git@example.com:b.git", args: {A: x}, dockerfile: x.df}}
                  c: {extends: b, build: {target: c}}
                  d: {build: github.com/acme/d}
                  e: {build: ~/e}
                  f: {build: "${F}"}
                  g: {build: {context: api, dockerfile: "https://example.com/Dockerfile"}}
                  h: {build: missing}
                  i: {build: api}
                  j: {build: {context: api, args: {A: x}}}
                  k: {build: {context: "https://example.com/k.git", dockerfile_inline: "FROM k:1"}}
                  l: {image: "l:1", build: "https://example.com/l.git"}
                  m: {build: {dockerfile: other}}
                """);
        List<String> elsewhere = List.of(
                "Compose build: compose.yaml:2: service a: build \"https://example.com/a.git#main:sub\"",
                "Compose build: compose.yaml:3: service b: build \"git@example.com:b.git\", dockerfile \"x.df\"",
                "Compose build: compose.yaml:3: service c: build \"git@example.com:b.git\", dockerfile \"x.df\"",
                "Compose build: compose.yaml:5: service d: build \"github.com/acme/d\"",
                "Compose build: compose.yaml:6: service e: build \"~/e\"",
                "Compose build: compose.yaml:7: service f: build \"${F}\"",
                "Compose build: compose.yaml:8: service g: build \"api\", dockerfile \"https://example.com/Dockerfile\"",
                "Compose build: compose.yaml:9: service h: build \"missing\"",
                "Compose build: compose.yaml:10: service i: build \"api\"",
                "Compose build: compose.yaml:13: service l: build \"https://example.com/l.git\"",
                "Compose build: compose.yaml:14: service m: build \".\", dockerfile \"other\"");
        FoundObjects alone = read(new Composes(), compose);
        assertThat(alone.unread).isEqualTo(elsewhere);
        assertThat(alone.images()).containsExactly("service j a:1", "service k k:1", "service l l:1");
        Composes input = new Composes();
        input.announce(compose);
        input.announce(dockerfile);
        assertThat(read(input, compose).unread)
                .containsExactlyElementsOf(elsewhere.stream()
                        .filter(each -> !each.contains("service i"))
                        .toList());
        assertThat(read(input, compose).unread).as("once").isEmpty();
    }

    @Test
    @DisplayName("what has the name of something remote is refused, since Compose does not read it")
    void decoys() throws Exception {
        file("github.com/acme/app/Dockerfile", "FROM decoy:1\n");
        file("github.com/acme/parts", "services: {b: {image: decoy}}\n");
        file("~/app/Dockerfile", "FROM decoy:1\n");
        for (String text : List.of(
                "services: {a: {build: {context: github.com/acme/app, args: {A: x}}}}",
                "services: {a: {build: {context: ~/app, args: {A: x}}}}",
                "include: [github.com/acme/parts]\nservices: {}",
                "services: {a: {extends: {file: github.com/acme/parts, service: b}}}")) {
            Path compose = file("compose.yaml", text);
            assertThatThrownBy(() -> read(new Composes(), compose))
                    .hasMessageMatching("compose.yaml:1:[0-9]+: Compose takes \"[^ ]+\" from elsewhere, and does not"
                            + " read what has this name here: rename that");
        }
        Path compose = file("compose.yaml", "services: {a: {build: {context: ./github.com/acme/app, args: {A: x}}}}");
        assertThat(read(new Composes(), compose).images()).containsExactly("service a decoy:1");
    }

    @Test
    @DisplayName("contexts of a build are read if they are images, and told if they are neither services nor local")
    void contexts() throws Exception {
        FoundObjects found = found("""
                services:
                  a: {build: {dockerfile_inline: "FROM a:1", additional_contexts: {a: "docker-image://c:1", b: ../b,
                    c: "service:b", d: "https://example.com/d.git", e: "oci-layout://e"}}}
                  b: {extends: a, build: {additional_contexts: ["f=git@example.com:f.git", g=service:a, h=./h]}}
                  c: {extends: a, build: {additional_contexts: !override [a=.]}}
                """);
        assertThat(found.images())
                .containsExactly("service a c:1", "service a a:1", "service b c:1", "service b a:1", "service c a:1");
        assertThat(found.unread)
                .containsExactly(
                        "Compose build: compose.yaml:3: service a: build context \"https://example.com/d.git\"",
                        "Compose build: compose.yaml:3: service a: build context \"oci-layout://e\"",
                        "Compose build: compose.yaml:3: service b: build context \"https://example.com/d.git\"",
                        "Compose build: compose.yaml:3: service b: build context \"oci-layout://e\"",
                        "Compose build: compose.yaml:4: service b: build context \"f=git@example.com:f.git\"");
    }

    @Test
    @DisplayName("a remote file that is included is told, and one that is extended or joined with others is refused")
    void remoteFiles() throws Exception {
        for (String remote : List.of(
                "oci://r.example/a:1", "https://example.com/a.git", "github.com/acme/a", "git@example.com:a.git")) {
            Path compose = file(
                    "compose.yaml",
                    "include:\n- " + remote + "\n- {path: " + remote + "}\nservices: {a: {image: a:1}}\n");
            FoundObjects found = read(new Composes(), compose);
            assertThat(found.images()).containsExactly("service a a:1");
            assertThat(found.unread)
                    .containsExactly(
                            "included resource: compose.yaml:2: \"" + remote + "\"",
                            "included resource: compose.yaml:3: \"" + remote + "\"");
            Path extending = file("compose.yaml", "services: {a: {extends: {file: \"" + remote + "\", service: b}}}");
            assertThatThrownBy(() -> read(new Composes(), extending)).hasMessageContaining("expected a local file");
            Path joining = file("compose.yaml", "include: [{path: [\"" + remote + "\", b.yaml]}]");
            assertThatThrownBy(() -> read(new Composes(), joining))
                    .hasMessageContaining("expected no other files beside one that Compose fetches");
        }
    }

    @Test
    @DisplayName("what docker compose config prints builds Dockerfiles of the run, by their whole paths")
    void streamWithBuilds() throws Exception {
        Path dockerfile = file("api/Dockerfile", "ARG A=a:1\nFROM $A\n");
        file("web/Dockerfile", "FROM b:1\n");
        String text = "services:\n  a: {build: {context: " + folder
                + "/api, dockerfile: Dockerfile}}\n  b: {build: {context: " + folder
                + "/api, args: {A: x:1}}}\n  c: {build: {context: " + folder + "/web}}\n";
        Composes input = new Composes();
        input.announce(dockerfile);
        FoundObjects found = new FoundObjects();
        input.read(InputFile.stream("stream", () -> new ByteArrayInputStream(text.getBytes(UTF_8))), found);
        assertThat(found.images()).containsExactly("service b x:1");
        assertThat(found.unread).containsExactly("Compose build: stream:4: service c: build \"" + folder + "/web\"");
    }

    @Test
    @DisplayName("a build takes a dockerfile in lower case where there is none in upper case")
    void lowerCase() throws Exception {
        file("dockerfile", "ARG A=a:1\nFROM $A\n");
        Path compose = file("compose.yaml", "services: {a: {build: {args: {A: x:1}}}}");
        FoundObjects found = read(new Composes(), compose);
        assertThat(found.images()).containsExactly("service a x:1");
        assertThat(found.unread).isEmpty();
        file("Dockerfile", "FROM upper:1\n");
        assertThat(read(new Composes(), compose).images()).containsExactly("service a upper:1");
    }

    @ParameterizedTest
    @CsvSource({
        "true, ",
        "mode=max, ",
        "'generator=x:1', x:1",
        "'a=b, Generator=x:1,c=d', x:1",
        "'${S}', '${S} ? ${S}'",
    })
    @DisplayName("the generator of a build's bill of materials is an image")
    void generator(String sbom, @Nullable String image) throws Exception {
        List<String> images = found("services: {a: {build: {dockerfile_inline: FROM a, sbom: \"" + sbom + "\"}}}")
                .images();
        assertThat(images)
                .containsExactlyElementsOf(
                        image == null ? List.of("service a a") : List.of("service a " + image, "service a a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | ",
                "[x:1] | x:1",
                "[\"type=local,src=a\"] | ",
                "[\"type=registry, Ref=x:1\"] | x:1",
                "[\"${C}\"] | ${C} ? ${C}",
            })
    @DisplayName("an image from which a build takes layers is an image")
    void caches(String caches, @Nullable String image) throws Exception {
        List<String> images = found("services: {a: {build: {dockerfile_inline: FROM a, cache_from: " + caches + "}}}")
                .images();
        assertThat(images)
                .containsExactlyElementsOf(
                        image == null ? List.of("service a a") : List.of("service a " + image, "service a a"));
    }

    @Test
    @DisplayName("a long text that many services share is refused")
    void longText() {
        String text = "x-a: &a \"${" + "X".repeat(200_000) + "}\"\nservices:\n" + "  a: {image: *a}\n";
        assertThatThrownBy(() -> found(text))
                .hasMessage("compose.yaml:1:6: an image: expected 16384 characters at most");
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
    @DisplayName("files outside of the folder, and links that lead out of it, are refused")
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
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("is not below the folder of the Compose file");
            }
        }
        for (String other : List.of("none.yaml", "\"\\0\"", ".")) {
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
        "'- a', '1:1: a Compose file: expected an object'",
        "'services: [a]', '1:11: services: expected an object'",
        "'services: {a: b}', '1:15: service: expected an object'",
        "'services: {a: {image: [b]}}', '1:23: an image: expected a text'",
        "'!%9', '1:1: what the tag \"!\\t\" does here is not known'",
        "'services: {a: {image: !%20 b}}', '1:23: what the tag \"! \" does here is not known'",
        "'services: {a: {image: !!binary YQ==}}', '1:23: what the tag \"tag:yaml.org,2002:binary\" does here is not known'",
        "'services: {a: {image: b, image: c}}', '1:26: the field \"image\" comes twice'",
        "'services: {a: {image: \"b:$\"}}', '1:24: expected the name of a variable after $'",
        "'services: {a: {image: \"${b\"}}', '1:24: \"${b\": expected :-'",
        "'services:\n  a:\n    image: >-\n      a${b', '3:12: \"${b\": expected :-'",
        "'services: {a: {extends: b}}', '1:25: extends: no service \"b\" in \"compose.yaml\"'",
        "'services: {a: {extends: a}}', '1:15: extends: expected 32 levels at most'",
        "'services: {a: {image: b}}\nkind: Pod', '2:1: a Kubernetes object'",
        "'web: {image: b}', '1:1: file: the field \"web\" is not known: check what docker compose config prints'",
        "'services: {a: {images: b}}', '1:16: service: the field \"images\" is not known'",
        "'services: {a: {build: {from: b}}}', '1:24: build: the field \"from\" is not known'",
        "'services: {a: {volumes: [{from: b}]}}', '1:27: volume: the field \"from\" is not known'",
        "'services: {a: {pre_start: [{from: b}]}}', '1:29: pre_start: the field \"from\" is not known'",
        "'services: {a: {extends: {from: b}}}', '1:26: extends: the field \"from\" is not known'",
        "'include: [{project_directory: b}]', '1:12: include: the field \"project_directory\" is not known'",
        "'services: {a: {!!binary aW1hZ2U=: b}}', '1:16: expected the name of a field, without a tag'",
        "'services: {a: {!!merge x-b: {image: c}}}', '1:16: the tag !!merge at another name'",
        "'services: {a: {image: \"${b:-{c}\"}}', '1:24: a { in what a variable has'",
        "'services: {a: {build: {dockerfile_inline: FORM a}}}', '1:43: dockerfile_inline: line 1: expected FROM or ARG'",
    })
    @DisplayName("errors have their place")
    void malformed(String text, String problem) {
        assertThatThrownBy(() -> found(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("compose.yaml:" + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "networks: {a: {}}", "---\n---\n"})
    @DisplayName("a file without services has no images: Compose merges it with others")
    void withoutServices(String text) throws Exception {
        assertThat(found(text).images()).isEmpty();
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

    @ParameterizedTest
    @CsvSource({
        "${C}, service a ${C} ? ${C}",
        "${C:-d}, service a d",
        "${C:-d:1}, service a d:1",
        "$C, service a $C ? ${C}",
    })
    @DisplayName("a variable may be the whole image, without quotes")
    void wholeVariable(String image, String found) throws Exception {
        assertThat(found("services:\n  a:\n    image: " + image + "\n").images())
                .containsExactly(found);
    }

    @ParameterizedTest
    @CsvSource({
        "'services: {a: {build: ., image: !reset null}, b: !override {image: c}}', service b c",
        "'services: {a: {image: !reset null, <<: {image: c}}}', service a c",
        "'services: {a: {<<: {image: c}, image: !reset null}}', service a c",
        "'services: {a: {<<: {image: c}, image: !override d}}', service a d",
        "'services: {<<: {a: {image: c}}, a: !reset null}', service a c",
        "'services: {a: {<<: {volumes: [{type: image, source: c}]}, volumes: !reset []}}', service a c",
        "'services: {a: {build: {<<: {dockerfile_inline: FROM c}, dockerfile_inline: !reset null}}}', service a c",
        "'services: {a: {image: !override null}}', service a null",
        "'x-a: &a {ports: !reset []}\nservices: {a: {image: c}}', service a c",
        "'services: {a: {image: c, ports: !reset [], labels: {a.b: !reset c}, environment: !override {d: e}}}', service a c",
        "'x-a: &a {image: c, ports: !reset []}\nservices: {a: {<<: *a}}', service a c",
        "'services: {a: {<<: [{image: c}, {ports: !reset [], command: [!foo d]}]}}', service a c",
        "'services: {my.a: {image: c, ports: !reset [], env_file: [!reset d], networks: {\"*\": !reset null}}}', service my.a c",
        "'services: {a: {depends_on: &d !reset [], image: c, links: *d}}', service a c",
    })
    @DisplayName("a field with !reset is removed before merge keys are followed; one with !override is not")
    void tags(String text, String image) throws Exception {
        assertThat(found(text).images()).containsExactly(image);
    }

    @Test
    @DisplayName("a service does not have what it extends in a field with !reset or !override")
    void extendedTags() throws Exception {
        String base =
                "services: {b: {image: b:1, volumes: [{type: image, source: v:1}], build: {args: {A: a:1}, additional_contexts:"
                        + " [x=docker-image://x:1], dockerfile_inline: \"ARG A=a:0\\nFROM $$A\"}}, a: {extends: b, ";
        List<String> own = List.of("service a b:1", "service a v:1", "service a x:1", "service a a:1");
        List<String> fields = List.of("image: %s", "volumes: %s", "build: {additional_contexts: %s}", "build: %s");
        for (int i = 0; i < fields.size(); i++) {
            List<String> left = new ArrayList<>(own);
            left.remove(i);
            if (i == 3) {
                left.remove("service a x:1");
            }
            String text = base + String.format(fields.get(i), "!reset null") + "}}";
            assertThat(found(text).images().stream().filter(image -> image.startsWith("service a")))
                    .as(text)
                    .containsExactlyInAnyOrderElementsOf(left);
        }
        for (String args : List.of("!reset {}", "!override {B: c}")) {
            assertThat(found(base + "build: {args: " + args + "}}}").images()).contains("service a a:0");
        }
        assertThat(found(base + "build: !override {dockerfile_inline: \"ARG A=a:0\\nFROM $$A\"}}}")
                        .images())
                .contains("service a a:0");
        assertThat(found(base + "build: {dockerfile_inline: \"ARG A=a:0\\nFROM $$A\"}}}")
                        .images())
                .doesNotContain("service a a:0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services: !foo {a: {image: b}}",
                "services: {a: {image: !!binary YQ==}}",
                "services: {image.a: {image: b, ports: !reset []}}",
                "services: {\"*\": {image: b, ports: !reset []}}",
                "services: {a: {image: b, volumes: &v !reset []}, c: {image: d, volumes: *v}}",
                "services: {a: {image: b, provider: {type: !reset c}, x: !foo d}}",
                "services: {a: !override {image: !reset b}}",
                "x-a: &a !reset b\nservices: {a: {image: *a}}",
                "x-a: &a {image: !reset b}\nservices: {a: {<<: *a}}",
                "x-a: &a {image: !reset b}\nservices: {a: *a}",
                "services: {a: {<<: {image: !reset b}}}",
                "services: {a: {<<: !override {image: b}}}",
                "services: {a: {<<: [!reset {image: b}]}}",
                "services: {a: {volumes: [!reset {type: image, source: b}]}}",
                "services: {a: {volumes: [{type: !reset image, source: b}]}}",
                "services: {a: {extends: b, \"*\": !reset c}, b: {image: d}}",
                "services: {a: {extends: b, build: {\"*\": !reset c}}, b: {image: d}}",
                "services: {a: {extends: b, build.args: !reset c}, b: {image: d}}",
                "services: {a: {image: b}, a.build: {args: !reset c}}",
                "services: {a: {build: {args: {A: !reset c}}}}",
                "services: {a: {extends: {service: b, file: !reset c}}, b: {image: d}}",
                "services.a.image: !reset b\nservices: {a: {image: b}}",
                "!override\nservices: {a: {image: b}}",
            })
    @DisplayName("a tag is refused where it is not known what it does")
    void unknownTags(String text) {
        assertThatThrownBy(() -> found(text))
                .isInstanceOf(InputException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).containsAnyOf("what the tag", "a tag at what <<"));
    }

    @Test
    @DisplayName("tags of a file do not change services that other files extend, in some versions of Compose")
    void tagsOfOtherFiles() throws Exception {
        file("other.yaml", "services: {a: {extends: root}, b: {extends: root}, root: {image: c}}");
        String text = "services: {a: {build: {args: !reset {}}}, d: {extends: {file: other.yaml, service: %s}}}";
        Path refused = file("compose.yaml", String.format(text, "a"));
        assertThatThrownBy(() -> read(new Composes(), refused))
                .hasMessageContaining("other.yaml:1:25: extends: the tags of another service \"a\"");
        assertThat(read(new Composes(), file("compose.yaml", String.format(text, "b")))
                        .images())
                .containsExactly("service d c");
    }

    @ParameterizedTest
    @CsvSource({
        "'${HOME:+x/}a', ${HOME}",
        "${HOME:-a}, ${HOME}",
        "a:${USER}, ${USER}",
        "a:${home:-a}, ${home}",
        "a:${LC_ALL:-a}, ${LC_ALL}",
        "'${COMPOSE_PROJECT_NAME:+x/}a', ${COMPOSE_PROJECT_NAME}",
        "${HOME_IMAGE:-a}, ''",
        "${IMAGE+a}, ''",
    })
    @DisplayName("a variable that any shell sets has no value that is known, even if .env has it")
    void shell(String image, String missing) throws Exception {
        file(".env", "HOME=a\nUSER=b\nLC_ALL=c\nCOMPOSE_PROJECT_NAME=d\nIMAGE=e\n");
        assertThat(read(new Composes(), file("compose.yaml", "services: {a: {image: \"" + image + "\"}}"))
                        .images())
                .containsExactly("service a " + (missing.isEmpty() ? "a" : image + " ? " + missing));
    }

    @Test
    @DisplayName("files that a file includes, and that those extend, have the variables of its folder")
    void environmentsOfOthers() throws Exception {
        file("part/.env", "IMAGE=b:1\n");
        file("part/part.yaml", "include: [deep/c.yaml]\nservices: {a: {extends: {file: base.yaml, service: b}}}");
        file("part/base.yaml", "services: {b: {image: \"${IMAGE:-b:0}\"}}");
        file("part/deep/c.yaml", "services: {c: {image: \"${IMAGE:-c:0}\"}}");
        assertThat(read(new Composes(), file("compose.yaml", "include: [part/part.yaml]"))
                        .images())
                .containsExactly("service c b:1", "service a b:1");
        Path several = file("compose.yaml", "include: [{path: [part/base.yaml, part/deep/c.yaml]}]");
        assertThatThrownBy(() -> read(new Composes(), several)).hasMessageContaining("files of one path in one folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPOSE_FILE=other.txt",
                "COMPOSE_FILE=compose.yaml:dev.yaml",
                "COMPOSE_FILE=../compose.yaml",
                "COMPOSE_FILE=/srv/compose.yaml",
                "COMPOSE_FILE=compose.yaml,compose.dev.yaml",
                "COMPOSE_FILE=",
                "COMPOSE_FILE=$A",
                "COMPOSE_PATH_SEPARATOR=-\nCOMPOSE_FILE=compose.yaml"
            })
    @DisplayName("files that .env has Compose read in place of others are refused if they are not found by their names")
    void filesOfEnvironment(String environment) throws Exception {
        file(".env", environment + "\n");
        Path compose = file("compose.yaml", "services: {a: {image: b}}");
        assertThatThrownBy(() -> read(new Composes(), compose))
                .hasMessageContaining("compose.yaml:1:1: COMPOSE_FILE in .env: expected names of Compose files");
    }

    @Test
    @DisplayName("files that .env has Compose read are checked if they have names of Compose files")
    void namedFilesOfEnvironment() throws Exception {
        file(".env", "COMPOSE_FILE=compose.yaml:deploy/docker-compose.dev.yml\n");
        assertThat(read(new Composes(), file("compose.yaml", "services: {a: {image: b}}"))
                        .images())
                .containsExactly("service a b");
    }

    @Test
    @DisplayName(
            "a service that is built in two files, which Compose joins, is refused; one that has an image in both is not")
    void builtTwice() throws Exception {
        String inline = "services: {a: {build: {args: {A: ok}, dockerfile_inline: \"ARG A\\nFROM $$A\"}}}\n";
        String own = "services: {a: {build: {args: {A: evil}}}}\n";
        Path part = file("part.yaml", inline);
        Path compose = file("compose.yaml", "include: [part.yaml]\n" + own);
        assertThatThrownBy(() -> read(new Composes(), compose))
                .hasMessage("compose.yaml:2:12: service \"a\" is also built in \"part.yaml\", line 1: check what docker"
                        + " compose config prints");
        Path named = Files.move(part, folder.resolve("compose.part.yaml"));
        Path other = file("compose.yaml", "include: [compose.part.yaml]\n" + own);
        Composes input = new Composes();
        input.announce(named);
        assertThatThrownBy(() -> read(input, other)).hasMessageContaining("is also built in \"compose.part.yaml\"");
        assertThatThrownBy(() -> found(inline + "---\n" + own)).hasMessageContaining("is also built in");
        assertThat(found("services: {a: {image: b}}\n---\nservices: {a: {image: c}}")
                        .images())
                .containsExactly("service a b", "service a c");
    }

    @Test
    @DisplayName("a file that Compose reads after another one is built with what that has")
    void overridden() throws Exception {
        String built = "{build: {args: {A: a:1}, dockerfile_inline: \"ARG A=a:0\\nFROM $$A\"}, image: b:1}";
        file("compose.yml", "services: {a: " + built + ", b: {image: c:1}}");
        Path override = file(
                "compose.override.yaml",
                "services: {a: {build: {args: {A: a:2}}}, b: {build: {dockerfile_inline: FROM a:3}, image: c:2}}");
        assertThat(read(new Composes(), override).images())
                .containsExactly("service a a:2", "service b c:2", "service b a:3");
        file("compose.override.yaml", "services: {a: {build: {args: !reset {}}}}");
        assertThat(read(new Composes(), override).images()).containsExactly("service a a:0");
        file("compose.override.yaml", "services: {a: {image: d:1}}");
        assertThat(read(new Composes(), override).images()).containsExactly("service a d:1");
        file("compose.override.yaml", "services: {a: {extends: b, build: {args: {A: a:2}}}, b: {image: c}}");
        assertThatThrownBy(() -> read(new Composes(), override))
                .hasMessage(
                        "compose.override.yaml:1:12: service \"a\" extends another one, and overrides what is built in"
                                + " \"compose.yml\": check what docker compose config prints");
        file("compose.override.yaml", "services: {a: {build: {args: {A: a:2}}}}");
        Path other = Files.copy(override, folder.resolve("compose.prod.yaml"));
        assertThat(read(new Composes(), other).images()).isEmpty();
        file("part.yaml", "services: {a: " + built + "}");
        file("compose.yml", "include: [part.yaml]");
        assertThatThrownBy(() -> read(new Composes(), override))
                .hasMessageContaining("service \"a\" may override what is built in files that are included");
    }

    @Test
    @DisplayName("a service that extends one of a file that is read by itself is built with its own arguments")
    void builtOfReadFile() throws Exception {
        Path base = file(
                "compose.base.yaml",
                "services: {b: {image: b:1, build: {dockerfile_inline: \"ARG A=a:0\\nFROM $$A\"}}}");
        Composes input = new Composes();
        input.announce(base);
        String text = "services: {a: {extends: {file: compose.base.yaml, service: b}%s}}";
        assertThat(read(input, file("compose.yaml", String.format(text, ", build: {args: {A: a:1}}")))
                        .images())
                .containsExactly("service a a:1");
        assertThat(read(input, file("compose.yaml", String.format(text, ""))).images())
                .isEmpty();
    }

    @Test
    @DisplayName("what a service runs before it starts has an image, too")
    void hooks() throws Exception {
        assertThat(found("services: {a: {image: b, pre_start: [{command: c}, {image: d}]}}")
                        .images())
                .containsExactly("service a b", "service a d");
    }

    @Test
    @DisplayName("sizes, aliases and services are limited")
    void limits() {
        StringBuilder laughs = new StringBuilder("x-0: &a0 {image: a, b: c}\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("x-" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThatThrownBy(() -> found(laughs.toString())).isInstanceOf(InputException.class);
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            documents.append("services: {a: {extends: b}, b: {extends: a}}\n---\n");
        }
        assertThatThrownBy(() -> found(documents.toString())).isInstanceOf(InputException.class);
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
        List<InputException> refused = new ArrayList<>();
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
        List<InputException> refused = new ArrayList<>();
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
                    .isInstanceOf(InputException.class);
        }
    }
}
