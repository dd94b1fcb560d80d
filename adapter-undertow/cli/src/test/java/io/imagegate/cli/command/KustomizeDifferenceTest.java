package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.Tier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code check} judges in random kustomizations the images that {@code kubectl kustomize} prints.
 * {@code -Dimagegate.kustomizations} says how many.
 */
@Tag("full")
class KustomizeDifferenceTest {

    private static final int KUSTOMIZATIONS = Integer.getInteger("imagegate.kustomizations", 60);
    private static final int HOSTILE = Tier.tries("imagegate.kustomizations", 60, 60, 500);

    /** Rules that see images, namespaces and labels, so that findings differ where one of these does. */
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              workloads:
              - {kind: Rollout.acme.io, podSpec: spec.template.spec}
              - {kind: Workflow.argoproj.io, images: ["spec.templates[*].container.image"]}
              - {kind: Task.tekton.dev, images: ["spec.steps[*].image"]}
              rules:
              - {name: none, deny: ["**"]}
              - {name: tier, match: {labels: {tier: evil}}, deny: ["**"]}
              - {name: annotated, match: {annotations: {image: one}}, deny: ["**"]}
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder = Path.of("");

    /** The same in each build; {@code -Dimagegate.seed} takes another. */
    private final long seed = Long.getLong("imagegate.seed", 20261127);

    private final Random random = new Random(seed);

    @Test
    @DisplayName("the images that check judges are those that kubectl kustomize prints")
    void sameImages() throws Exception {
        Machine.needs("kubectl");
        String policy = Files.writeString(folder.resolve("policy"), POLICY).toString();
        int images = 0;
        int refused = 0;
        int unknown = 0;
        for (int i = 0; i < KUSTOMIZATIONS; i++) {
            Path root = new RandomKustomization(random, folder.resolve("k" + i)).write();
            Path printed = kustomize(root);
            Map<String, List<String>> judged = judge(policy, root);
            if (printed == null) {
                refused++;
            } else if (judged == null) {
                unknown++;
            } else {
                assertThat(judged).as("seed " + seed + ", " + root).isEqualTo(judge(policy, printed));
                images += judged.values().stream().mapToInt(List::size).sum();
            }
        }
        System.out.println("kubectl kustomize and check agree on " + images + " findings in "
                + (KUSTOMIZATIONS - refused - unknown) + " kustomizations; " + unknown + " are unknown to check, "
                + refused
                + " refused by kustomize");
        assertThat(images).isGreaterThan(KUSTOMIZATIONS);
        assertThat(unknown)
                .as("images of volumes that have the name of an entry")
                .isLessThan(KUSTOMIZATIONS / 3);
    }

    @Test
    @DisplayName(
            "of hostile kustomizations, check judges the images that kubectl kustomize prints, or says that they are unknown")
    void hostile() throws Exception {
        Machine.needs("kubectl");
        String policy = Files.writeString(folder.resolve("policy"), POLICY).toString();
        Map<String, Integer> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < HOSTILE; i++) {
            Path root = new HostileKustomization(random, folder.resolve("h" + i)).write();
            Path printed = kustomize(root);
            Map<String, List<String>> made = printed == null ? null : judge(policy, printed);
            Map<String, List<String>> judged = judge(policy, root);
            String outcome = printed == null
                    ? judged == null ? "refused by both" : "refused by kustomize"
                    : judged == null ? "unknown here" : judged.equals(made) ? "equal" : "wrong";
            counts.merge(outcome, 1, Integer::sum);
            if (outcome.equals("wrong")) {
                wrong.add(root + ": expected " + made + ", got " + judged);
            }
        }
        System.out.println("hostile kustomizations, seed " + seed + ": " + counts);
        assertThat(wrong).as("seed " + seed).isEmpty();
        assertThat(counts.get("equal")).isGreaterThan(HOSTILE / 20);
        assertThat(counts).containsKeys("unknown here", "refused by both");
    }

    /** Returns the file with what kustomize prints; null if it refuses. */
    private @Nullable Path kustomize(Path root) throws Exception {
        Path out = folder.resolve("kubectl.yaml");
        Path err = folder.resolve("kubectl.err");
        Process process = new ProcessBuilder("kubectl", "kustomize", root.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        // Definitions that lead to each other keep kustomize busy for ever.
        assertThat(process.waitFor(60, TimeUnit.SECONDS)
                        || process.destroyForcibly().waitFor() < 0)
                .as("kubectl kustomize " + root + " ends")
                .isTrue();
        if (process.exitValue() != 0) {
            assertThat(Files.readString(err, UTF_8)).as("seed " + seed).isNotEmpty();
            return null;
        }
        return out;
    }

    /** Returns the findings of each object; null if the input is not usable. */
    private static @Nullable Map<String, List<String>> judge(String policy, Path path) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", "--allow-empty", "-o", "json", "-p", policy, path.toString());
        assertThat(status).as(path + ": " + err).isBetween(0, 2);
        if (status == 2) {
            return null;
        }
        Map<String, List<String>> images = new TreeMap<>();
        JsonNode report = JSON.readTree(out.toString());
        report.path("findings").forEach(finding -> {
            String object = finding.path("object").asString();
            String image = finding.path("image").asString("");
            // A container without an image is a mistake in what kustomize makes, and a part of a patch in a file.
            if (!image.isEmpty()) {
                images.computeIfAbsent(object, name -> new ArrayList<>())
                        .add(image + " " + finding.path("rule").asString());
            }
        });
        images.values().forEach(found -> found.sort(null));
        return images;
    }
}
