package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("Commands in pages")
class PageCommandsTest {

    /** Options of other programs: kube-apiserver, Helm, Podman, Docker, Compose, the JVM; and the one of a recipe. */
    private static final Set<String> ELSEWHERE = Set.of(
            "--enable-admission-plugins",
            "--admission-control-config-file",
            "--use-service-account-credentials",
            "--set",
            "--reuse-values",
            "--reset-then-reuse-values",
            "--userns",
            "--build-context",
            "--build-arg",
            "--from",
            "--mount",
            "--env-file",
            "--sun-misc-unsafe-memory-access",
            "--enable-native-access",
            "--last-answers");

    private static final CommandLine PROGRAM = ImagegateCommand.commandLine(Map.of(), "help");

    private static PageCommands in(String page) {
        return new PageCommands(PROGRAM, ELSEWHERE).of(page);
    }

    @Test
    @DisplayName("exist, and so do their options")
    void commandsOfPagesExist() throws IOException {
        int found = 0;
        List<String> problems = new ArrayList<>();
        for (Path page : Pages.below(Path.of("../.."))) {
            if (!page.endsWith("CHANGELOG.md")) {
                PageCommands commands = in(Files.readString(page));
                commands.problems().forEach(problem -> problems.add(page + ": " + problem));
                found += commands.found();
            }
        }
        assertThat(problems).isEmpty();
        assertThat(found).isGreaterThan(120);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are found wherever a shell takes them, and what is wrong in them")
    @CsvSource(
            delimiter = '!',
            value = {
                "java -jar a/imagegate.jar check --policy p.yaml nginx ! 1 !",
                "java -jar imagegate.jar check --polcy p.yaml nginx ! 1 ! imagegate check has no option --polcy",
                "java -Xmx64m -jar imagegate.jar serve --dry-run --image=a ! 1 ! imagegate serve has no option --image=a",
                "kubectl get pods -o json | imagegate check -p FILE - && x --no ! 1 !",
                "kubectl get pods -o json | imagegate check -z - ! 1 ! imagegate check has no option -z",
                "kubectl -n imagegate get pods --no-such ! 0 !",
                "$ imagegate chekc nginx ! 0 ! there is no command chekc",
                "imagegate check: warning: --no-such ! 0 !",
                "imagegate 3 0 --no-such ! 0 !",
                "imagegate check -o sarif=a.sarif -pbuiltin:baseline # --no-such ! 1 !",
                "docker run registry.example/imagegate:1 quickstart --image a ! 1 ! imagegate quickstart has no option --image",
                "imagegate pin [-p POLICY…] [--registries FILE \\| --credential-helper] PATH… ! 1 ! imagegate pin has no option"
                        + " --credential-helper",
                "imagegate policy show --nginx ! 2 ! imagegate policy show has no option --nginx",
                "check --write ! 1 !",
                "check --wrote ! 1 ! imagegate check has no option --wrote",
                "cosign verify --wrote ! 0 !",
                "--log-decisions all ! 0 !",
                "--kind-image ! 0 ! none of the commands of this page has it",
                "--reuse-values ! 0 !",
            })
    void commandsAreFound(String command, int found, String problem) {
        PageCommands line = in("Text with `" + command + "` in a line.");
        assertThat(line.found()).isEqualTo(found);
        assertThat(line.problems()).hasSize(problem == null ? 0 : 1);
        assertThat(line.problems()).allSatisfy(said -> assertThat(said).contains(problem));
        if (!command.matches("(check|--).*")) {
            PageCommands block = in("```sh\n" + command.replace(" ", " \\\n  ") + "\n```\n");
            assertThat(block.problems()).hasSameSizeAs(line.problems());
        }
    }

    @Test
    @DisplayName("say which options the page may name alone")
    void anOptionAloneIsOfACommandOfThePage() {
        String page = "Another name for `--image`:\n\n```bash\nimagegate %s\n```\n";
        assertThat(in(page.formatted("check nginx")).problems()).isEmpty();
        assertThat(in(page.formatted("quickstart --kind demo")).problems())
                .isEqualTo(List.of("`--image`: none of the commands of this page has it: [quickstart]"));
    }
}
