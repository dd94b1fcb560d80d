package io.imagegate.examples.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Those of the example, and those of this repository. */
    private static final List<Path> FOLDERS = List.of(Path.of("github/.github"), Path.of("../../.github"));

    private static List<Path> files(String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : FOLDERS) {
            if (Files.isDirectory(folder.resolve(kind))) {
                try (Stream<Path> files = Files.walk(folder.resolve(kind))) {
                    files.filter(file -> file.toString().endsWith(".yml"))
                            .sorted()
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>(files("workflows"));
        found.addAll(files("actions"));
        assertThat(found).hasSizeGreaterThan(4);
        return found;
    }

    @Test
    @DisplayName("use actions of others by commit, beside which the version stands")
    void pinned() throws IOException {
        List<String> used = new ArrayList<>();
        for (Path file : files()) {
            USES.matcher(Files.readString(file)).results().forEach(match -> used.add(match.group(1)));
        }
        assertThat(used).hasSizeGreaterThan(10).allMatch(PINNED.asMatchPredicate());
    }

    @Test
    @DisplayName("have no rights that are not named at a job, and an end of their time")
    void rights() throws IOException {
        for (Path workflow : files("workflows")) {
            assertThat(Yaml.value(workflow, "permissions"))
                    .as(workflow.toString())
                    .isEqualTo(Map.of());
            assertThat(((Map<?, ?>) Yaml.value(workflow, "jobs")).values())
                    .as(workflow.toString())
                    .allSatisfy(job -> assertThat(((Map<?, ?>) job).containsKey("permissions"))
                            .isTrue())
                    .allSatisfy(job -> assertThat(((Map<?, ?>) job).containsKey("timeout-minutes"))
                            .isTrue());
        }
    }

    @Test
    @DisplayName("leave no token on the disk, and let no text of a request into a script")
    void noInjection() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(count(text, "persist-credentials: false"))
                    .as(file.toString())
                    .isEqualTo(count(text, "uses: actions/checkout@"));
            assertThat(scripts(Yaml.value(file))).as(file.toString()).noneMatch(script -> script.contains("${{"));
        }
    }

    private static Stream<String> scripts(Object value) {
        if (value instanceof Map<?, ?> map) {
            return Stream.concat(
                    Stream.ofNullable(map.get("run")).map(Object::toString),
                    map.values().stream().filter(Objects::nonNull).flatMap(GithubFilesTest::scripts));
        }
        return value instanceof List<?> list ? list.stream().flatMap(GithubFilesTest::scripts) : Stream.of();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
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
        String printed = new String(node.getInputStream().readAllBytes(), UTF_8);
        assertThat(node.waitFor()).as(printed).isZero();
        return printed;
    }
}
