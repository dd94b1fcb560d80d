package io.imagegate.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
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
        String policy = Files.writeString(folder.resolve("policy"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {rules: [{name: none, deny: ["**"]}]}
                        """).toString();
        int images = 0;
        int refused = 0;
        for (int i = 0; i < KUSTOMIZATIONS; i++) {
            Path root = new RandomKustomization(random, folder.resolve("k" + i)).write();
            Map<String, List<String>> made = kustomize(root);
            if (made == null) {
                refused++;
                continue;
            }
            assertThat(check(policy, root)).as("seed " + seed + ", " + root).isEqualTo(made);
            images += made.values().stream().mapToInt(List::size).sum();
        }
        assertThat(images).isGreaterThan(KUSTOMIZATIONS);
        System.out.println("kubectl kustomize and check agree on " + images + " images in " + (KUSTOMIZATIONS - refused)
                + " kustomizations");
    }

    /** Returns the images of each object; null if kustomize refuses. */
    private @Nullable Map<String, List<String>> kustomize(Path root) throws Exception {
        Path out = folder.resolve("kubectl.yaml");
        Path err = folder.resolve("kubectl.err");
        int status = new ProcessBuilder("kubectl", "kustomize", root.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            assertThat(Files.readString(err, UTF_8)).as("seed " + seed).contains("error");
            return null;
        }
        Path policy = folder.resolve("policy");
        return check(policy.toString(), out);
    }

    private Map<String, List<String>> check(String policy, Path path) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", "-o", "json", "-p", policy, path.toString());
        assertThat(err.toString()).as("seed " + seed + ", " + path).isEmpty();
        Map<String, List<String>> images = new TreeMap<>();
        JsonNode report = JSON.readTree(out.toString());
        report.path("findings").forEach(finding -> {
            String object = finding.path("object").asString();
            images.computeIfAbsent(object, name -> new ArrayList<>())
                    .add(finding.path("image").asString("") + " "
                            + finding.path("rule").asString());
        });
        images.values().forEach(found -> found.sort(null));
        return images;
    }
}
