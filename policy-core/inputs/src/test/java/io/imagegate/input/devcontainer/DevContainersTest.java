package io.imagegate.input.devcontainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.FoundInText;
import io.imagegate.input.FoundObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Development containers")
class DevContainersTest {

    private static final String TEXT = """
            // For format details, see the specification. “Quotes” are no ASCII.
            {
              "name": "app", /* "image": "no" */
              "image": "mcr.microsoft.com/devcontainers/base:1", // é
              "build": {"cacheFrom": ["ghcr.io/acme/cache:1", "ghcr.io/acme/cache:2",],},
              "features": {"ghcr.io/devcontainers/features/go:1": {},},
              "customizations": {"image": "no"},
            }
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("name an image and those of caches, behind comments and before commas at an end")
    void images() throws IOException {
        assertThat(FoundInText.lines(new DevContainers(), TEXT))
                .containsExactly(
                        "devcontainer | image | 4:12 | mcr.microsoft.com/devcontainers/base:1",
                        "devcontainer | build.cacheFrom[0] | 5:27 | ghcr.io/acme/cache:1",
                        "devcontainer | build.cacheFrom[1] | 5:51 | ghcr.io/acme/cache:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"image\": \"a:${localEnv:TAG:1}\"} | devcontainer ! image ! 1:11 ! a:${localEnv:TAG:1} ! unknown ${localEnv:TAG:1}",
                "{\"build\": {\"cacheFrom\": \"a\"}} | devcontainer ! build.cacheFrom ! 1:25 ! a",
                "{\"build\": {\"dockerfile\": \"Dockerfile\"}} | ",
                "{\"image\": null} | ",
                "{\"image\": [\"a\"]} | f:1:11: image: expected an image, got an array",
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\"} | f:1:1: an object of Kubernetes, which kubectl would apply: expected a file of its own",
                "{\"kind\": \"Pod\"} | ",
                "[] | f:1:1: expected an object, got an array",
                "{\"image\": \"a\", \"image\": \"b\"} | f:1:16: the field \"image\" comes twice, expected it once",
                "{\"image\": \"a\" /* } | f:1:15: expected \",\" or \"}\"",
                "{image: a} | f:1:2: expected the name of a field",
            })
    @DisplayName("have no other forms")
    void forms(String text, String expected) throws IOException {
        assertThat(FoundInText.lines(new DevContainers(), text))
                .isEqualTo(expected == null ? List.of() : List.of(expected.replace(" ! ", " | ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    @DisplayName("get other images where these are written")
    void replaced(String mark) throws IOException {
        assertThat(FoundInText.mirrored(
                        new DevContainers(), folder.resolve(".devcontainer/devcontainer.json"), mark + TEXT))
                .isEqualTo(mark
                        + TEXT.replace("\"mcr", "\"mirror.example/mcr")
                                .replace("\"ghcr.io/acme", "\"mirror.example/ghcr.io/acme"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'build': {'dockerfile': '../Dockerfile'}} | ",
                "{'build': {'dockerfile': 'base'}} | base",
                "{'dockerFile': 'base'} | base",
                "{'dockerComposeFile': ['../compose.yaml', '../run.yml']} | ../run.yml",
                "{'dockerComposeFile': 'run.yml', 'service': 'a'} | run.yml",
                "{'dockerFile': 'a\\u0000b'} | a\\u0000b",
            })
    @DisplayName("count what they are built from if it is not in the run")
    void builds(String text, String expected) throws Exception {
        DevContainers input = new DevContainers();
        input.announce(Path.of("Dockerfile"));
        input.announce(Path.of("compose.yaml"));
        assertThat(FoundObjects.in(input, ".devcontainer/devcontainer.json", text.replace('\'', '"')).unread)
                .isEqualTo(
                        expected == null
                                ? List.of()
                                : List.of(
                                        "devcontainer build: .devcontainer/devcontainer.json:1: \"" + expected + "\""));
    }

    @ParameterizedTest
    @CsvSource({
        ".devcontainer/devcontainer.json, true",
        ".devcontainer/go/devcontainer.json, true",
        ".devcontainer.json, true",
        "devcontainer-lock.json, false",
        "my.devcontainer.json, false",
    })
    @DisplayName("are recognised by their names")
    void recognised(String name, boolean isNamed) {
        assertThat(new DevContainers().isNamed(folder.resolve(name))).isEqualTo(isNamed);
    }
}
