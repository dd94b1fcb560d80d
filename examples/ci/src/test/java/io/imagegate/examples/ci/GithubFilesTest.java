package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Workflows and actions")
class GithubFilesTest {

    private static final Pattern USES = Pattern.compile("(?m)^ *(?:- )?uses: *(.*)$");
    private static final Pattern PINNED = Pattern.compile("\\./.*|[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("github"))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @DisplayName("use actions of others by commit, beside which the version stands")
    void pinned() throws IOException {
        List<String> used = new ArrayList<>();
        for (Path file : files()) {
            USES.matcher(Files.readString(file)).results().forEach(match -> used.add(match.group(1)));
        }
        assertThat(used).hasSize(3).allMatch(PINNED.asMatchPredicate());
    }

    @Test
    @DisplayName("have no rights that are not named at a job")
    void permissions() throws IOException {
        assertThat(Yaml.value(Path.of("github/.github/workflows/images.yml"), "permissions"))
                .asString()
                .isEqualTo("{}");
    }

    @Test
    @Tag("full")
    @DisplayName("are valid for GitHub's own parser, which finds mistakes")
    void valid(@TempDir Path folder) throws Exception {
        Machine.needs("node");
        Machine.needs(Machine.Library.WORKFLOW_PARSER);
        assertThat(problems(files())).isEmpty();

        Path workflow = folder.resolve("images.yml");
        Files.writeString(
                workflow,
                Files.readString(Path.of("github/.github/workflows/images.yml")).replace("vars.", "varz."));
        assertThat(problems(List.of(workflow))).contains("Unrecognized named-value: 'varz'");
        Path action = folder.resolve("action.yml");
        Files.writeString(
                action,
                Files.readString(Path.of("github/.github/actions/imagegate/action.yml"))
                        .replace("      shell: bash\n", ""));
        assertThat(problems(List.of(action))).contains("Required property is missing: shell");
    }

    private static String problems(List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "node",
                "src/test/node/valid.mjs",
                Machine.Library.WORKFLOW_PARSER.place().toString()));
        files.forEach(file -> command.add(file.toString()));
        Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(node.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(printed).isZero();
        return printed;
    }
}
