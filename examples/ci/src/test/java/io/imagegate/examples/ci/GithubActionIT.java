package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.examples.ci.TeamRepository.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The action of GitHub, run by its steps as the workflow calls it,")
class GithubActionIT {

    private static final Path WORKFLOW = Path.of("github/.github/workflows/images.yml");
    private static final Path ACTION = Path.of("github/.github/actions/imagegate/action.yml");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ ([a-z]+)\\.([A-Za-z0-9_]+) }}");

    @TempDir
    private Path folder;

    private TeamRepository repository;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void copy() throws Exception {
        Machine.needs("curl");
        repository = TeamRepository.in(folder, "GitHub");
        settings.put("IMAGEGATE_URL", TeamRepository.JAR.toUri().toString());
        settings.put("IMAGEGATE_SHA256", Checksum.sha256(TeamRepository.JAR));
        Files.createDirectory(folder.resolve("temp"));
    }

    @Test
    @DisplayName("passes if nothing is denied")
    void allowed() throws Exception {
        Result result = run();
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).startsWith("allowed: 1 image checked").doesNotContain("::");
        assertThat(Files.readString(repository.file("images.sarif"))).contains("\"results\":[]");
        assertThat(summary()).contains("1 image");
    }

    @Test
    @DisplayName("fails with text, annotations, a summary and SARIF if an image is denied")
    void denied() throws Exception {
        repository.deploy("nginx:latest");
        Result result = run();
        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("denied: 1 image checked")
                .contains("::error file=" + TeamRepository.MANIFEST + ",line=6,");
        assertThat(summary()).contains("| nginx\\:latest | fixed\\-tag |");
        assertThat(Files.readString(repository.file("images.sarif")))
                .contains("\"uri\":\"" + TeamRepository.MANIFEST + "\"", "\"ruleId\":\"production/fixed-tag\"");
    }

    @Test
    @DisplayName("still writes all reports if some input cannot be read")
    void unreadable() throws Exception {
        Files.writeString(repository.file("kubernetes/broken.yaml"), "kind: Pod\nspec: [\n");
        Result result = run();
        assertThat(result.status()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).contains("::error title=imagegate::kubernetes/broken.yaml:3:1: ");
        assertThat(repository.file("images.sarif")).isRegularFile();
    }

    @Test
    @DisplayName("has no reports if an option has a mistake")
    void noBaseline() throws Exception {
        Files.delete(repository.file("imagegate/baseline.json"));
        Result result = run();
        assertThat(result.status()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).isEqualTo("imagegate check: --baseline: imagegate/baseline.json: no such file\n");
        assertThat(repository.file("images.sarif")).doesNotExist();
    }

    @Test
    @DisplayName("does not run a jar with another checksum")
    void otherJar() throws Exception {
        settings.put("IMAGEGATE_SHA256", "0".repeat(64));
        Result result = run();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("imagegate.jar: FAILED").doesNotContain("checked");
    }

    /** Runs each step of the action until one fails, with the inputs that the workflow gives it. */
    private Result run() throws Exception {
        Map<String, String> inputs = new HashMap<>();
        map(Yaml.value(ACTION, "inputs")).forEach((name, input) -> {
            Object value = map(input).get("default");
            if (value != null) {
                inputs.put(name, value.toString());
            }
        });
        Map<String, ?> given = map(Yaml.value(WORKFLOW, "jobs", "check", "steps", 1, "with"));
        assertThat(map(Yaml.value(ACTION, "inputs")))
                .containsKeys(given.keySet().toArray(String[]::new));
        given.forEach((name, value) -> inputs.put(name, evaluate(value.toString(), "vars", settings)));
        Result result = new Result(0, "");
        for (Object step : (List<?>) Yaml.value(ACTION, "runs", "steps")) {
            Map<String, String> variables = new HashMap<>(Map.of(
                    "RUNNER_TEMP", folder.resolve("temp").toString(),
                    "GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString()));
            map(Objects.requireNonNull(map(step).get("env")))
                    .forEach((name, value) -> variables.put(name, evaluate(value.toString(), "inputs", inputs)));
            assertThat(map(step).get("shell")).isEqualTo("bash");
            result = repository.bash(variables, String.valueOf(map(step).get("run")));
            if (result.status() != 0) {
                return result;
            }
        }
        return result;
    }

    private String summary() throws IOException {
        return Files.readString(folder.resolve("summary.md"));
    }

    private static String evaluate(String text, String context, Map<String, String> values) {
        return EXPRESSION.matcher(text).replaceAll((MatchResult expression) -> {
            assertThat(expression.group(1)).isEqualTo(context);
            return Objects.requireNonNull(values.get(expression.group(2)), expression::group);
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Object value) {
        return (Map<String, ?>) value;
    }
}
