package io.imagegate.input.bazel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.FoundInText;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Modules of Bazel")
class BazelModulesTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String USE = "oci = use_extension(\"@rules_oci//oci:extensions.bzl\", \"oci\")\n";
    private static final String TEXT = """
            "A module: “quotes” are no ASCII."
            module(name = "shop", version = "1.0")
            bazel_dep(name = "rules_oci", version = "2.2.6")

            oci = use_extension("@rules_oci//oci:extensions.bzl", "oci")  # oci.pull(image = "no")
            oci.toolchains(crane_version = "0.20")
            oci.pull(
                name = "base",
                digest = "%1$s",
                image = "gcr.io/distroless/base",
                platforms = ["linux/amd64", "linux/arm64/v8"],
                tag = "latest",
            )
            oci.pull(name = 'debian', image = 'docker.io/library/debian:12@%1$s')
            oci.pull(name = "own", registry = "registry.example", repository = "acme/api", tag = "1", digest = None)
            use_repo(oci, "base", "debian", oci = "own")
            maven = use_extension("@rules_jvm_external//:extensions.bzl", "maven")
            maven.pull(image = "not/ours")
            """.formatted(DIGEST);

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("name the images that rules_oci pulls")
    void images() throws IOException {
        assertThat(FoundInText.lines(new BazelModules(), TEXT))
                .containsExactly(
                        "oci.pull base | image | 10:14 | gcr.io/distroless/base:latest@" + DIGEST,
                        "oci.pull debian | image | 14:36 | docker.io/library/debian:12@" + DIGEST,
                        "oci.pull own | image | 15:69 | registry.example/acme/api:1");
    }

    @Test
    @DisplayName("change where an image is one text, and nowhere else")
    void replaced() throws IOException {
        String changed = FoundInText.mirrored(new BazelModules(), folder.resolve("MODULE.bazel"), TEXT);
        assertThat(changed)
                .isEqualTo(
                        TEXT.replace("'docker.io/library/debian:12@", "'mirror.example/docker.io/library/debian:12@"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "oci.pull(name = \"a\", image = \"ghcr.io/a:1\") | oci.pull a ! image ! 2:31 ! ghcr.io/a:1",
                "oci.pull(name = \"a\", image = \"https://ghcr.io/a\", tag = \"1\") | oci.pull a ! image ! 2:31 ! ghcr.io/a:1",
                "oci.pull(name = \"a\", image = \"ghcr.io/a:2\", tag = \"1\") | oci.pull a ! image ! 2:31 ! ghcr.io/a:2",
                "oci.pull(name = \"a\", image = \"ghcr.io:443/a\", tag = \"1\",) | oci.pull a ! image ! 2:31 ! ghcr.io:443/a:1",
                "oci.pull(name = \"a\", image = \"debian\", tag = \"1\"); oci.pull(name = \"b\", image = \"debian:2\") | oci.pull a ! image ! 2:31 ! debian:1; oci.pull b ! image ! 2:82 ! debian:2",
                "oci.pull(name = \"a\", image = IMAGE) | oci.pull a ! image ! 2:30 ! IMAGE ! unknown IMAGE",
                "oci.pull(name = \"a\", image = \"ghcr.io/\" + A, tag = \"1\") | oci.pull a ! image ! 2:31 ! ghcr.io/ + A:1 ! unknown ghcr.io/ + A",
                "oci.pull(name = \"a\", image = \"ghcr.io/a\", tag = TAG) | oci.pull a ! image ! 2:31 ! ghcr.io/a:TAG ! unknown TAG",
                "oci.pull(name = \"a\", image = \"ghcr.io/\\x61:1\") | oci.pull a ! image ! 2:31 ! ghcr.io/\\x61:1 ! unknown ghcr.io/\\x61:1",
                "oci.pull(name = N, image = \"\"\"ghcr.io/a:1\"\"\") | oci.pull N ! image ! 2:31 ! ghcr.io/a:1",
                "oci.toolchains(crane_version = \"1\") | ",
                "# oci.pull(name = \"a\", image = \"ghcr.io/a:1\") | ",
                "x = 'oci.pull(image = \"ghcr.io/a:1\")' | ",
            })
    @DisplayName("have images as rules_oci puts them together; what is no text is unknown")
    void calls(String call, String found) throws IOException {
        String expected = found == null ? "" : found.replace(" ! ", " | ");
        assertThat(String.join("; ", FoundInText.lines(new BazelModules(), USE + call)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "oci.pull(name = \"a\", image = \"ghcr.io/a\") | oci.pull: expected a digest or a tag",
                "oci.pull(name = \"a\", tag = \"1\") | oci.pull: expected image, or registry and repository",
                "oci.pull(name = \"a\", image = \"ghcr.io/a:1\", registry = \"ghcr.io\") | oci.pull: expected image, or registry and repository",
                "oci.pull(name = \"a\", image = \"acme/a:1\") | oci.pull: rules_oci reads \"acme\" as the registry: expected a registry, such as docker.io, before it",
                "oci.pull(\"a\", image = \"ghcr.io/a:1\") | oci.pull: expected arguments with names, each once",
                "oci.pull(**a) | oci.pull: expected arguments with names, each once",
                "oci.pull(image = \"ghcr.io/a:1\", image = \"ghcr.io/b:1\") | oci.pull: expected arguments with names, each once",
                "[oci.pull(name = n, image = n) for n in N] | \"oci\": expected a statement such as oci.pull(",
                "x = oci | \"oci\": expected a statement such as oci.pull(",
                "x = oci.pull | \"oci\": expected a statement such as oci.pull(",
                "oci.pull(name = \"a\", image = \"ghcr.io/a:1\") if x else 1 | \"oci\": expected a statement such as oci.pull(",
                "use_repo(x, oci) | \"oci\": expected a statement such as oci.pull(",
                "a, b = 1, use_extension(\"@rules_oci//oci:extensions.bzl\", \"oci\") | \"@rules_oci//oci:extensions.bzl\": expected a statement such as oci.pull(",
                "use_extension(\"@rules_oci//oci:extensions.bzl\", \"oci\").pull(name = \"a\") | \"@rules_oci//oci:extensions.bzl\": expected a statement such as oci.pull(",
                "u = use_extension | \"use_extension\": expected a statement such as oci.pull(",
                "b = use_extension(B, \"oci\"); b.pull(image = \"ghcr.io/a:1\") | b.pull: expected a statement such as oci.pull(",
                "oci.pull(name = \"a\" | expected the end of a bracket (",
                "x = (] | a bracket ] without its beginning",
                "x = \"a | expected the end \" of a text",
            })
    @DisplayName("are refused where it is not known what is pulled, and where Bazel refuses them")
    void refused(String statement, String problem) throws IOException {
        assertThat(FoundInText.lines(new BazelModules(), USE + statement))
                .last()
                .asString()
                .startsWith("f:2:")
                .contains(": " + problem);
    }

    @Test
    @DisplayName("are refused if they are nested too deeply, have too many images or are no text")
    void limits() throws IOException {
        assertThat(FoundInText.lines(new BazelModules(), "x = " + "[".repeat(100) + "]".repeat(100)))
                .isEmpty();
        assertThat(FoundInText.lines(new BazelModules(), "x = " + "[".repeat(101) + "]".repeat(101)))
                .containsExactly("f:1:105: nested too deeply: expected 100 brackets at most");
        String one = "oci.pull(name=\"a\",image=\"ghcr.io/a:1\")\n";
        assertThat(FoundInText.lines(new BazelModules(), USE + one.repeat(10_000)))
                .hasSize(10_000);
        assertThat(FoundInText.lines(new BazelModules(), USE + one.repeat(10_001)))
                .hasSize(10_001)
                .last()
                .asString()
                .endsWith("expected 10000 images at most in a file");
        assertThat(FoundInText.lines(new BazelModules(), "\0"))
                .singleElement()
                .asString()
                .contains("expected text");
        assertThat(FoundInText.lines(new BazelModules(), "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODULE.bazel", "a/MODULE.bazel", "images.MODULE.bazel"})
    @DisplayName("are recognised by their names")
    void named(String name) {
        assertThat(new BazelModules().isNamed(Path.of(name))).isTrue();
        assertThat(new BazelModules().isNamed(Path.of(name + ".lock"))).isFalse();
        assertThat(new BazelModules().isNamed(Path.of("BUILD.bazel"))).isFalse();
    }
}
