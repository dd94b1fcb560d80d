package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tutorial does what it says: its commands are run in their order, and print what the page says. */
class TutorialIT {

    private static final String PORT = "18443";
    private static final String BETWEEN = "--- next block ---";

    /** What a command that is not run has to be about; everything else would be left out by mistake. */
    private static final String CLUSTER_ONLY = "(?s).*(kubectl|kubeadm|/etc/kubernetes|/etc/imagegate).*";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    void printsWhatThePageSays(String page) throws Exception {
        List<Tutorial.Step> steps =
                Tutorial.read(Manifests.FOLDER.resolve(page)).steps();
        assertThat(steps).hasSizeGreaterThan(5);
        Machine.needs("curl", "openssl");
        Files.copy(Path.of(System.getProperty("imagegate.jar")), folder.resolve("imagegate.jar"));
        String port = String.valueOf(FreePort.find());
        Command.Result result =
                Command.run(folder, List.of("bash", "-c", script(steps).replace(PORT, port)));
        assertThat(result.status()).as(result.output()).isZero();
        String[] printed = result.output().replace(port, PORT).split(BETWEEN + "\n", -1);
        assertThat(printed).hasSize(steps.size() + 1);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(printed[i])
                    .as(steps.get(i).commands())
                    .isEqualTo(steps.get(i).output());
        }
    }

    private static String script(List<Tutorial.Step> steps) {
        StringBuilder script = new StringBuilder("set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        steps.forEach(step ->
                script.append(step.commands()).append("echo '").append(BETWEEN).append("'\n"));
        return script.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    void showsTheFilesAsTheyAre(String page) throws IOException {
        List<Tutorial.Block> files =
                Tutorial.read(Manifests.FOLDER.resolve(page)).withInfo("yaml ");
        assertThat(files)
                .extracting(Tutorial.Block::info)
                .containsExactly("yaml kubeadm/admission.yaml", "yaml kubeadm/webhook.kubeconfig");
        for (Tutorial.Block block : files) {
            Path file = Manifests.FOLDER.resolve(block.info().substring("yaml ".length()));
            assertThat(Manifests.parse(page, block.text()).all().get(0).tree())
                    .isEqualTo(Manifests.file(file).all().get(0).tree());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    void leavesOutOnlyWhatNeedsACluster(String page) throws IOException {
        Tutorial tutorial = Tutorial.read(Manifests.FOLDER.resolve(page));
        assertThat(tutorial.withInfo("bash").stream().map(Tutorial.Block::info).distinct())
                .containsExactlyInAnyOrder("bash", "bash build", "bash kind", "bash cluster");
        assertThat(tutorial.withInfo("bash cluster"))
                .allSatisfy(block -> assertThat(block.text()).matches(CLUSTER_ONLY));
        assertThat(tutorial.withInfo("bash kind"))
                .allSatisfy(block -> assertThat(block.text()).matches("(?s).*(kubectl|--kind).*"));
        assertThat(tutorial.withInfo("bash build")).hasSize(1);
    }

    /** kubectl's message is the API server's prefix and the reason; the reason is one that the page had printed. */
    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    void quotesTheDenialAsTheUserSeesIt(String page) throws IOException {
        Tutorial tutorial = Tutorial.read(Manifests.FOLDER.resolve(page));
        String prefix = "denied one or more images: ";
        List<String> reasons = tutorial.steps("bash cluster").stream()
                .flatMap(step -> step.output().lines())
                .filter(line -> line.contains(prefix))
                .map(line -> line.substring(line.indexOf(prefix) + prefix.length()))
                .toList();
        Stream<String> answers = tutorial.steps().stream().map(Tutorial.Step::output);
        assertThat(reasons).hasSize(1);
        assertThat(answers).anyMatch(answer -> answer.replace("\\\"", "\"").contains(reasons.get(0) + "\"}}"));
    }

    @Test
    void hasTheSameBlocksInBothLanguages() throws IOException {
        assertThat(infos("TUTORIAL.zh-CN.md")).isEqualTo(infos("TUTORIAL.md"));
    }

    private static List<String> infos(String page) throws IOException {
        return Tutorial.read(Manifests.FOLDER.resolve(page)).blocks().stream()
                .map(Tutorial.Block::info)
                .toList();
    }
}
