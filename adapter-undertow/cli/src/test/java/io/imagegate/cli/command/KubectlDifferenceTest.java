package io.imagegate.cli.command;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code check} finds the images in random manifests that kubectl reads there. {@code -Dimagegate.manifests} says how many
 * manifests.
 */
@Tag("full")
class KubectlDifferenceTest {

    private static final int MANIFESTS = Integer.getInteger("imagegate.manifests", 60);
    private static final int FOLDER = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Every image violates one of these. */
    private static final List<String> RULES = List.of("pinned", "invalid-reference", "no-registry");

    @TempDir
    Path folder = Path.of("");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void checkFindsTheImagesThatKubectlReads() throws Exception {
        Machine.needs("kubectl");
        String policy = Files.writeString(folder.resolve("policy"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {rules: [{name: pinned, digest: {required: true}}]}
                        """).toString();
        int images = 0;
        for (int from = 0; from < MANIFESTS; from += FOLDER) {
            Path manifests = Files.createDirectory(folder.resolve("from-" + from));
            for (int i = from; i < Math.min(from + FOLDER, MANIFESTS); i++) {
                Files.writeString(manifests.resolve("m" + i + ".yaml"), manifest("m" + i));
            }
            Map<String, List<String>> read = kubectl(manifests);
            assertThat(check(policy, manifests)).as("seed " + seed).isEqualTo(read);
            images += read.values().stream().mapToInt(List::size).sum();
        }
        assertThat(images).isGreaterThan(MANIFESTS);
        System.out.println("kubectl and check read the same " + images + " images in " + MANIFESTS + " manifests");
    }

    private String manifest(String name) {
        RandomManifest objects = new RandomManifest(random, name);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            documents.add(objects.document());
        }
        return new RandomYaml(random).file(documents);
    }

    private Map<String, List<String>> kubectl(Path manifests) throws Exception {
        Path out = folder.resolve("kubectl.json");
        Path err = folder.resolve("kubectl.err");
        int status = new ProcessBuilder(
                        "kubectl", "annotate", "--local", "-f", manifests.toString(), "x=y", "-o", "json")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(status)
                .as("seed " + seed + ": " + Files.readString(err, UTF_8))
                .isZero();
        Map<String, List<String>> images = new TreeMap<>();
        try (var objects = JSON.readerFor(JsonNode.class).<JsonNode>readValues(out.toFile())) {
            objects.forEachRemaining(object -> images(object, images));
        }
        images.values().forEach(found -> found.sort(null));
        return images;
    }

    private static void images(JsonNode object, Map<String, List<String>> images) {
        JsonNode spec = object;
        String[] path = RandomManifest.path(object.path("kind").asString(""));
        for (String step : path) {
            spec = spec.path(step);
        }
        String name = object.path("metadata").path("name").asString("");
        for (String list :
                path.length == 0 ? List.<String>of() : List.of("containers", "initContainers", "ephemeralContainers")) {
            spec.path(list).forEach(container -> {
                // One without an image is a part of a patch.
                if (container.has("image")) {
                    add(images, name, container.path("image"));
                }
            });
        }
        if (path.length > 0) {
            spec.path("volumes").forEach(volume -> {
                if (volume.has("image")) {
                    add(images, name, volume.path("image").path("reference"));
                }
            });
        }
    }

    private static void add(Map<String, List<String>> images, String name, JsonNode image) {
        images.computeIfAbsent(name, n -> new ArrayList<>()).add(image.asString(""));
    }

    private Map<String, List<String>> check(String policy, Path manifests) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", "-o", "json", "-p", policy, manifests.toString());
        assertThat(err.toString()).as("seed " + seed).isEmpty();
        Map<String, List<String>> images = new TreeMap<>();
        JSON.readTree(out.toString()).path("findings").forEach(finding -> {
            if (RULES.contains(finding.path("rule").asString())) {
                String object = finding.path("object").asString();
                add(images, object.replaceAll(".*[ /]", ""), finding.path("image"));
            }
        });
        images.values().forEach(found -> found.sort(null));
        return images;
    }
}
