package io.imagegate.examples.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * What the Containerfile makes, in a folder that stands for the image's, starts as the image would. The folder is unpacked from the
 * built image; on a machine without a container engine the commands of the Containerfile are run there with a JDK 25.
 */
@Order(2)
@Tag("full")
class ContainerfileIT {

    private static final String HOME = "/opt/imagegate";

    /** What thousands of reviews teach the compilers makes no difference here, and takes a minute. */
    private static final String SHORTER = "export WARM_UP=40; ";

    private final Containerfile file;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    ContainerfileIT() throws IOException {
        file = Containerfile.read(Path.of(System.getProperty("imagegate.containerfile")));
    }

    @Test
    void buildsARuntimeThatAnswersReviewsFromItsCache() throws Exception {
        make();
        assertThat(start("--version")).startsWith("imagegate ").contains("cryptography: AmazonCorrettoCryptoProvider ");
        assertThat(start("quickstart", "--once", "--port", "0"))
                .contains("\"allowed\":false")
                .contains("\"allowed\":true");
        Path policy = Files.writeString(folder.resolve("cel.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: expressions}
                spec: {rules: [{name: ours, cel: image.registry == 'ghcr.io'}]}
                """);
        assertThat(start("check", "--policy", policy.toString(), "ghcr.io/acme/api:1"))
                .isEqualTo("allowed: 1 image checked, 0 denied\n");
        assertThat(modules()).contains("java.base", "jdk.crypto.ec").doesNotContain("jdk.compiler", "java.desktop");
        String loaded = command(startWith("-Xlog:class+load", List.of("quickstart", "--once", "--port", "0")));
        assertThat(loaded).containsPattern("io\\.imagegate\\.\\S+ source: shared objects file");
        assertThat(Files.readString(folder.resolve("imagegate.aot"), ISO_8859_1))
                .contains("io/imagegate/rule/")
                .doesNotContain("dev/cel/");
    }

    private void make() throws IOException, InterruptedException {
        BuiltImage image;
        try {
            image = BuiltImage.get();
        } catch (TestAbortedException noEngine) {
            runCommands();
            return;
        }
        for (Path layer : image.layersAboveTheBase()) {
            String inside = HOME.substring(1);
            command(List.of("tar", "-xf", layer.toString(), "--strip-components=2", inside));
        }
    }

    private void runCommands() throws IOException, InterruptedException {
        Path jdk = Machine.jdk(25);
        copyWhatTheFirstStageGets();
        for (String command : file.all("RUN")) {
            shell("JAVA_HOME=" + jdk + "; " + SHORTER + command.replace(HOME, folder.toString()));
        }
    }

    private void copyWhatTheFirstStageGets() throws IOException, InterruptedException {
        Path containerfile = Path.of(System.getProperty("imagegate.containerfile"));
        List<String> words = List.of(file.all("COPY").get(0).split(" "));
        assertThat(words).endsWith(HOME + "/build/");
        Path build = Files.createDirectory(folder.resolve("build"));
        for (String source : words.subList(0, words.size() - 1)) {
            Path from = containerfile.resolveSibling(source);
            // Of a folder it is the content.
            command(List.of("cp", "-r", Files.isDirectory(from) ? from + "/." : from.toString(), build.toString()));
        }
    }

    private String start(String... arguments) throws IOException, InterruptedException {
        return command(startWith("-XX:AOTMode=on", List.of(arguments)));
    }

    /** The image's own entry point, with one more flag for the JVM. */
    private List<String> startWith(String flag, List<String> arguments) {
        List<String> words = new ArrayList<>();
        file.exec("ENTRYPOINT").forEach(word -> words.add(word.replace(HOME, folder.toString())));
        words.add(1, flag);
        words.addAll(arguments);
        return words;
    }

    private List<String> modules() throws IOException, InterruptedException {
        return command(List.of(folder.resolve("runtime/bin/java").toString(), "--list-modules"))
                .lines()
                .map(line -> line.replaceAll("@.*", ""))
                .toList();
    }

    private void shell(String script) throws IOException, InterruptedException {
        command(List.of("sh", "-euc", script));
    }

    private String command(List<String> words) throws IOException, InterruptedException {
        Command.Result result = Command.run(folder, words);
        assertThat(result.status()).as(words + "\n" + result.output()).isZero();
        return result.output();
    }

    @Test
    void runsAsTheUserAndOnThePortsThatTheDeploymentNames() throws IOException {
        Manifest pod = Manifests.folder(Manifests.FOLDER.resolve("base"))
                .one("Deployment", "imagegate")
                .podSpec()
                .findFirst()
                .orElseThrow();
        assertThat(file.last("USER"))
                .isEqualTo(pod.text("securityContext", "runAsUser") + ":" + pod.text("securityContext", "runAsGroup"));
        assertThat(file.last("EXPOSE").split(" "))
                .containsExactlyInAnyOrderElementsOf(PodRules.container(pod).each("ports").stream()
                        .map(port -> port.text("containerPort"))
                        .toList());
        assertThat(file.exec("CMD")).containsExactly("serve");
    }

    @Test
    void copiesIntoTheLastStageOnlyWhatTheFirstMade() {
        assertThat(file.all("FROM")).hasSize(2);
        assertThat(file.all("FROM").get(0)).endsWith(" AS runtime");
        assertThat(file.copiedStages()).containsOnly("runtime");
        // After the last FROM nothing is run, so the base needs no shell.
        List<String> last = file.instructions()
                .subList(
                        file.instructions().lastIndexOf("FROM " + file.last("FROM")),
                        file.instructions().size());
        assertThat(last).noneMatch(line -> line.startsWith("RUN"));
    }
}
