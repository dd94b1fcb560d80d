package io.imagegate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.FoundInText;
import io.imagegate.input.Input;
import io.imagegate.input.InputFile;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Files of other tools")
class ToolFilesTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".github/workflows/a.yml | jobs: {a: {container: 'b:${{ c }}'}} | github",
                "a/action.yml | runs: {} | github",
                "a/action.yml | {kind: Pod} | kubernetes",
                ".gitlab-ci.yml | a: {image: b} | gitlab",
                "ci/build.yml | a: {image: b} | kubernetes",
                ".devcontainer/devcontainer.json | {} | devcontainer",
                "MODULE.bazel | module(name = 'a') | bazel",
                "tfplan.json | {\"format_version\": \"1.2\", \"terraform_version\": \"1.9.5\"} | terraform-plan",
                "plan.json | {\"kind\": \"Pod\"} | kubernetes",
            })
    @DisplayName("are read by the input of their format, before those of templates and lists")
    void order(String name, String text, String format) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
        List<Input> inputs = Inputs.of(Workloads.wellKnown());
        assertThat(inputs).anyMatch(input -> input.isNamed(path));
        try (InputFile file = InputFile.named(name, path, () -> Files.newInputStream(path))) {
            for (Input input : inputs) {
                if (input.recognises(file)) {
                    assertThat(input.name()).isEqualTo(format);
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "devcontainer", "terraform-plan"})
    @DisplayName("are refused if they are no text, too long or nested too deeply, and empty ones have no image")
    void hostile(String format) throws IOException {
        Input input = Inputs.of(Workloads.wellKnown()).stream()
                .filter(each -> each.name().equals(format))
                .findFirst()
                .orElseThrow();
        assertThat(FoundInText.lines(input, "\0{}")).singleElement().asString().startsWith("f:1:");
        assertThat(FoundInText.lines(input, "{\"a\":".repeat(200) + "1" + "}".repeat(200)))
                .singleElement()
                .asString()
                .contains("nested too deeply");
        if (!format.equals("terraform-plan")) {
            assertThat(FoundInText.lines(input, "")).isEmpty();
            assertThat(FoundInText.lines(input, " ".repeat((8 << 20) + 1)))
                    .containsExactly("f:1:1: expected 8388608 bytes at most");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab"})
    @DisplayName("take little time with many aliases and merge keys")
    void aliases(String format) throws IOException {
        Input input = Inputs.of(Workloads.wellKnown()).stream()
                .filter(each -> each.name().equals(format))
                .findFirst()
                .orElseThrow();
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: y}\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThat(FoundInText.lines(input, bomb.toString())).last().asString().contains("more than 100000 values");
        String merges = "{" + "<<: {},".repeat(50_000);
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            fields.append("a" + i + ": 1,");
        }
        assertThat(FoundInText.lines(input, "jobs: {}\nb: " + merges + fields + "}\n"))
                .containsExactly("f:2:4: expected 1000 fields at most in one object");
    }
}
