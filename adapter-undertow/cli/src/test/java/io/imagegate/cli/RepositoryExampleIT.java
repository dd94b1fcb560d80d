package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.imagegate.TerminalPicture;
import io.imagegate.cli.Program.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/repository}: one command checks a repository with a file of each kind. */
@DisplayName("The example examples/repository")
class RepositoryExampleIT {

    private static final Path EXAMPLE = Path.of("../../examples/repository");
    private static final Path REPOSITORY = EXAMPLE.resolve("shop");
    private static final Path REPORTS = EXAMPLE.resolve("reports");
    private static final String COMMAND = "check -p imagepolicy.yaml . ./mirrored-images.txt";
    private static final Map<String, String> NO_COLOUR = Map.of("NO_COLOR", "1");
    private static final Map<String, String> COLOUR = Map.of("CLICOLOR_FORCE", "1");

    /** The reports and their files. */
    private static final Map<String, String> FORMATS = formats();

    @TempDir
    Path folder = Path.of("");

    private static Map<String, String> formats() {
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("json", "images.json");
        formats.put("sarif", "images.sarif");
        formats.put("junit", "images.xml");
        formats.put("github", "annotations.txt");
        formats.put("markdown", "images.md");
        formats.put("policyreport", "policyreport.json");
        formats.put("openreports", "openreports.json");
        return formats;
    }

    private static Result check(Map<String, String> environment, List<String> more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(COMMAND.split(" ", -1)));
        arguments.addAll(more);
        return Program.run(Program.imagegate(arguments.toArray(String[]::new)), REPOSITORY, environment);
    }

    @Test
    @DisplayName("gets the recorded reports, all from one run")
    void reports() throws Exception {
        List<String> outputs = new ArrayList<>(List.of("-o", "text"));
        FORMATS.forEach((format, file) -> outputs.addAll(List.of("-o", format + "=" + folder.resolve(file))));

        Result result = check(NO_COLOUR, outputs);

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(1);
        isRecorded("images.txt", result.out());
        for (String file : FORMATS.values()) {
            isRecorded(file, withoutVersion(Program.read(folder.resolve(file))));
        }
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(sarifSchema(), InputFormat.JSON)
                        .validate(Program.read(folder.resolve("images.sarif")), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    @DisplayName("names a finding in a file of each kind")
    void kinds() throws Exception {
        String text = Program.read(REPORTS.resolve("images.txt"));
        assertThat(Stream.of(
                        ".devcontainer/devcontainer.json:",
                        ".github/actions/lint/action.yml:",
                        ".github/workflows/ci.yml:",
                        ".gitlab-ci.yml:",
                        "api/Dockerfile:",
                        "charts/payments/values.yaml:",
                        "compose.yaml:",
                        "deploy/base/api.yaml:",
                        "deploy/web.yaml:",
                        "infra/plan.json:",
                        "pipelines/build.yaml:",
                        "pipelines/rollout.yaml:",
                        "reviews/debug-pod.json:",
                        "./mirrored-images.txt:"))
                .allSatisfy(file -> assertThat(text).containsPattern("(?m)^(denied|warned)  \\Q" + file + "\\E\\d+"));
    }

    @Test
    @DisplayName("looks on a terminal as in the picture")
    void picture() throws Exception {
        Result result = check(COLOUR, List.of());
        assertThat(result.out()).contains("\u001b[");
        isRecorded("images.txt", result.out().replaceAll("\u001b\\[[0-9;]*m", ""));
        isRecorded(
                "images.svg",
                TerminalPicture.of(
                        "The text that imagegate check prints about a repository: a summary, and a block for each image",
                        "imagegate " + COMMAND,
                        result.out()));
    }

    private static String withoutVersion(String report) {
        return report.replaceFirst("(\"name\":\"imagegate\",\"version\":\")[^\"]*", "$10.1.0");
    }

    private static void isRecorded(String file, String content) throws IOException {
        Path recorded = REPORTS.resolve(file);
        if (System.getProperty("imagegate.reports", "").equals("accept")) {
            Files.writeString(recorded, content);
        }
        assertThat(content)
                .as(recorded + " (bash .ci/do accept-reports writes it)")
                .isEqualTo(Program.read(recorded));
    }

    private static String sarifSchema() throws IOException {
        try (InputStream in = RepositoryExampleIT.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
