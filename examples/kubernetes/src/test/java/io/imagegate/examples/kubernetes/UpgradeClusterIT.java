package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The version before and this one behind one Service in a real cluster, in the steps of UPGRADE.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("cluster")
@Tag("nightly")
class UpgradeClusterIT {

    /** Until there is a release, a commit whose policies, options and metrics this version promises to keep. */
    private static final String BEFORE =
            System.getProperty("imagegate.before", "1f78d3c4246ef197d3fdf9088922134fb29a919f");

    /** The module of the command line in that commit. */
    private static final String COMMAND_BEFORE = "adapter-undertow/server";

    private static final Path ROOT = Manifests.FOLDER.resolve("../..").normalize();
    private static final Path SOURCE = Manifests.FOLDER.resolve("target/before");
    private static final String IMAGE = "127.0.0.1:5000/imagegate:";
    private static final Pattern BLOCK = Pattern.compile("(?s)```bash\\n(.*?)```");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @BeforeAll
    void deploysTheVersionBefore() throws Exception {
        Machine.needs("git", "mvn", "jq");
        BuiltImage before = imageBefore();
        installation = Installation.prepare("cluster.sh", Map.of(), delivery -> setTag(delivery, "built", "before"));
        before.push("docker://" + IMAGE + "before");
        installation.kubectl(Installation.APPLY + " -l 'imagegate.io/part!=gate'");
        installation.awaitRollout();
        installation.kubectl(Installation.APPLY);
    }

    @AfterAll
    void ends() throws IOException {
        if (installation != null) {
            installation.close();
        }
    }

    private static BuiltImage imageBefore() throws IOException, InterruptedException {
        Machine.needs(
                git("cat-file", "-e", BEFORE + "^{commit}").status() == 0, "the commit " + BEFORE + " in this clone");
        try {
            git("worktree", "remove", "--force", SOURCE.toString());
            succeed(git("worktree", "add", "--detach", SOURCE.toString(), BEFORE));
            succeed(Command.run(
                    SOURCE,
                    List.of(
                            "mvn",
                            "-o",
                            "-q",
                            "-B",
                            "-Dmaven.test.skip=true",
                            "-pl",
                            COMMAND_BEFORE,
                            "-am",
                            "package")));
            return BuiltImage.build(
                    SOURCE.resolve(COMMAND_BEFORE).resolve("Containerfile"),
                    Manifests.FOLDER.resolve("target/image-before"));
        } finally {
            git("worktree", "remove", "--force", SOURCE.toString());
        }
    }

    private static Command.Result git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        return Command.run(ROOT, command);
    }

    private static void succeed(Command.Result result) {
        assertThat(result.status()).as(result.output()).isZero();
    }

    private static void setTag(Delivery delivery, String from, String to) throws IOException {
        Path file = delivery.folder()
                .resolve("overlays")
                .resolve(Installation.OVERLAY)
                .resolve("kustomization.yaml");
        String text = Files.readString(file);
        assertThat(text).contains("newTag: " + from);
        Files.writeString(file, text.replace("newTag: " + from, "newTag: " + to));
    }

    @Test
    void losesNoAnswerOnTheWayThereAndBack() throws Exception {
        List<String> steps = BLOCK.matcher(Files.readString(Manifests.FOLDER.resolve("UPGRADE.md")))
                .results()
                .map(block -> block.group(1).replace("registry.example/imagegate:NEW", IMAGE + "built"))
                .toList();
        assertThat(steps).hasSize(4);
        try (Admissions asked = Admissions.start(installation.cluster(), folder)) {
            installation.kubectl(steps.get(0));
            awaitReviewsOfAll(steps.get(1));
            assertThat(images()).containsOnlyOnce(IMAGE + "built").contains(IMAGE + "before");
            // The version before gives no name of the policies beside their digest.
            List<String> digests = metric("imagegate_policies_info").stream()
                    .map(line -> line.replaceFirst(".*digest=\"([0-9a-f]{64})\".*", "$1"))
                    .toList();
            assertThat(digests).hasSize(3).allMatch(digest -> digest.length() == 64 && digest.equals(digests.get(0)));

            setTag(installation.delivery(), "before", "built");
            installation.kubectl(steps.get(2));
            assertThat(images()).hasSize(2).containsOnly(IMAGE + "built");

            installation.kubectl(steps.get(3));
            assertThat(images()).hasSize(2).containsOnly(IMAGE + "before");
            asked.stopAndExpectEveryAnswer();
        }
    }

    /** Which pod a new connection leads to is chance. */
    private void awaitReviewsOfAll(String restart) throws Exception {
        for (int i = 0; i < 10; i++) {
            installation.kubectl(restart);
            Thread.sleep(3_000);
            List<String> reviews = metric(
                    "imagegate_reviews_total{outcome=\"allowed\",policy_set=\"default\"}",
                    "-l",
                    "imagegate.io/track=next");
            if (!reviews.isEmpty() && !reviews.get(0).endsWith(" 0.0")) {
                return;
            }
        }
        throw new AssertionError("no review reached the pod of the new version");
    }

    private List<String> images() throws Exception {
        return installation
                .kubectl("kubectl -n imagegate get pods --field-selector=status.phase=Running -o json | jq -r "
                        + "'.items[] | select(.metadata.deletionTimestamp == null) | .spec.containers[0].image'")
                .lines()
                .toList();
    }

    /** The lines of a metric in all pods that are not about to end. */
    private List<String> metric(String name, String... selector) throws Exception {
        return installation
                .kubectl("for pod in $(kubectl -n imagegate get pods " + String.join(" ", selector)
                        + " -o json | jq -r '.items[] | select(.metadata.deletionTimestamp == null) | .metadata.name'); do "
                        + "kubectl get --raw /api/v1/namespaces/imagegate/pods/$pod:8080/proxy/metrics | grep -F '"
                        + name
                        + "' | grep -v '^#' || true; done")
                .lines()
                .toList();
    }
}
