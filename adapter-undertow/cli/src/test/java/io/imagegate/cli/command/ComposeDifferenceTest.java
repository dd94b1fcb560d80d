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
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code check} judges in random Compose files the images that {@code docker-compose config} prints. {@code -Dimagegate.composes}
 * says how many files hide some; a fifth as many hide none.
 */
@Tag("full")
class ComposeDifferenceTest {

    /** Projects that hide images. */
    private static final int HOSTILE = Integer.getInteger("imagegate.composes", 100);
    /** Projects that hide none. */
    private static final int FILES = HOSTILE / 5;

    private static final String UNKNOWN = "?";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder = Path.of("");

    /** The same in each build; {@code -Dimagegate.seed} takes another. */
    private final long seed = Long.getLong("imagegate.seed", 20261128);

    private final Random random = new Random(seed);

    @Test
    @DisplayName("the images that check judges are those that docker-compose config prints")
    void sameImages() throws Exception {
        Machine.needs("docker-compose");
        String policy = policy();
        int images = 0;
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            Path project = Files.createDirectories(folder.resolve("p" + i));
            Files.writeString(project.resolve("parts.yaml"), services(3, "p", false));
            Path file = Files.writeString(project.resolve("compose.yaml"), services(5, "s", true));
            Map<String, String> made = images(file);
            if (made == null) {
                refused++;
                continue;
            }
            assertThat(check(policy, file))
                    .as("seed " + seed + "\n" + Files.readString(file) + "\n"
                            + Files.readString(project.resolve("parts.yaml")))
                    .isEqualTo(made);
            images += made.size();
        }
        assertThat(images).isGreaterThan(FILES);
        System.out.println("docker-compose config and check agree on " + images + " images in " + (FILES - refused)
                + " Compose files");
    }

    @Test
    @DisplayName("of files that hide images no image is left out: what is not known is a problem or an unknown image")
    void hiddenImages() throws Exception {
        Machine.needs("docker-compose");
        String policy = policy();
        RandomCompose generator = new RandomCompose(random);
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < HOSTILE; i++) {
            Path project = Files.createDirectories(folder.resolve("h" + i));
            Files.createDirectory(project.resolve("part"));
            Map<String, String> files = generator.project();
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(project.resolve(file.getKey()), file.getValue());
            }
            counts.merge(
                    difference(policy, project, "seed " + seed + ", project " + i + "\n" + files), 1, Integer::sum);
        }
        System.out.println("docker-compose config and check of " + HOSTILE + " hostile projects: " + counts);
        assertThat(counts).containsKeys("equal", "unknown here", "refused by both");
        assertThat(counts.get("equal")).isGreaterThan(HOSTILE / 10);
    }

    /** Returns how {@code check} differs from Compose in a project. Only what is judged beside all images is no mistake. */
    private String difference(String policy, Path project, String as) throws Exception {
        List<String> paths = Stream.of("compose.yaml", "compose.override.yaml")
                .map(project::resolve)
                .filter(Files::exists)
                .map(Path::toString)
                .toList();
        Map<String, Set<String>> judged = judged(policy, paths);
        JsonNode config = config(project, "docker-compose", "--profile", "*", "config", "--format", "json");
        if (config == null) {
            return judged == null ? "refused by both" : "refused by docker-compose alone";
        }
        if (judged == null) {
            return "unknown here";
        }
        Path resolved = Files.createDirectory(project.resolve("resolved")).resolve("compose.yaml");
        Files.writeString(resolved, config.toString());
        Map<String, Set<String>> made = Objects.requireNonNull(judged(policy, List.of(resolved.toString())), as);
        boolean unknown = false;
        for (Map.Entry<String, Set<String>> service : made.entrySet()) {
            Set<String> own = judged.getOrDefault(service.getKey(), Set.of());
            if (own.contains(UNKNOWN)) {
                unknown = true;
            } else {
                assertThat(own).as(as + "\n" + service.getKey()).containsAll(service.getValue());
            }
        }
        config.path("services").properties().forEach(service -> {
            String image = service.getValue().path("image").asString("").replace("$$", "$");
            assertThat(made.getOrDefault("service " + service.getKey(), Set.of()))
                    .as(as)
                    .containsAll(image.isEmpty() ? Set.of() : Set.of(image));
        });
        return unknown ? "unknown here" : judged.equals(made) ? "equal" : "judged here, too, what Compose drops";
    }

    /** Returns the images of each service; null if there is a problem. */
    private static @Nullable Map<String, Set<String>> judged(String policy, List<String> paths) throws IOException {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("check", "-o", "json", "-p", policy));
        arguments.addAll(paths);
        int exit = ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments.toArray(String[]::new));
        if (exit == 2) {
            return null;
        }
        Map<String, Set<String>> images = new TreeMap<>();
        JSON.readTree(out.toString())
                .path("findings")
                .forEach(
                        finding -> images.computeIfAbsent(finding.path("object").asString(), each -> new TreeSet<>())
                                .add(
                                        finding.path("rule").asString("").equals("unknown-image")
                                                ? UNKNOWN
                                                : finding.path("image").asString("")));
        return images;
    }

    private String policy() throws IOException {
        return Files.writeString(folder.resolve("policy"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {rules: [{name: none, deny: ["**"]}]}
                        """).toString();
    }

    private String services(int count, String prefix, boolean others) {
        StringBuilder text = new StringBuilder("x-image: &image " + image() + "\nx-base: &base\n  image: " + image()
                + "\n  restart: always\nx-other: &other {image: " + image() + ", labels: {image: no}}\nservices:\n");
        for (int i = 0; i < count; i++) {
            text.append("  ").append(prefix).append(i).append(":\n    command: [a]\n");
            if (random.nextInt(4) == 0) {
                text.append("    profiles: [x]\n");
            }
            boolean extended = i > 0 && random.nextInt(3) == 0;
            if (extended) {
                String own = "    extends: {service: " + prefix + random.nextInt(i) + "}\n";
                String other = "    extends: {file: parts.yaml, service: p" + random.nextInt(3) + "}\n";
                text.append(others && random.nextBoolean() ? other : own);
            }
            switch (random.nextInt(extended ? 7 : 6)) {
                case 0 -> text.append("    image: *image\n");
                case 1 -> text.append("    <<: *base\n");
                case 2 -> text.append("    <<: [*other, *base]\n");
                case 3 ->
                    text.append("    build: {context: ., dockerfile_inline: \"FROM scratch\"}\n    image: ")
                            .append(image())
                            .append("\n");
                case 4 -> text.append("    image: >-\n      ").append(plain()).append("\n");
                case 5 -> text.append("    image: ").append(image()).append("\n");
                default -> text.append("    environment: {image: no}\n");
            }
        }
        return text.toString();
    }

    private String plain() {
        return List.of("nginx", "r.example/a/b", "redis").get(random.nextInt(3)) + ":" + random.nextInt(9) + tag();
    }

    private String tag() {
        return switch (random.nextInt(9)) {
            case 0 -> "${NONE:-1}";
            case 1 -> "${NONE-1}";
            case 2 -> "${NONE:-}";
            case 3 -> "${NONE-}";
            case 4 -> "${NONE:-${OTHER:-2}}";
            case 5 -> "${NONE:-a${OTHER-b}c}d";
            default -> "";
        };
    }

    private String image() {
        return switch (random.nextInt(3)) {
            case 0 -> "'" + plain() + "'";
            case 1 -> "\"" + plain() + "\"";
            default -> "\"${IMAGE:-" + plain() + "}\"";
        };
    }

    /** Returns the image of each service; null if Compose refuses. */
    private @Nullable Map<String, String> images(Path file) throws Exception {
        JsonNode config =
                config(folder, "docker-compose", "-f", file.toString(), "--profile", "*", "config", "--format", "json");
        if (config == null) {
            return null;
        }
        Map<String, String> images = new TreeMap<>();
        config.path("services").properties().forEach(service -> {
            String image = service.getValue().path("image").asString("");
            if (!image.isEmpty()) {
                images.put("service " + service.getKey(), image);
            }
        });
        return images;
    }

    /** Returns what Compose prints; null if it refuses. */
    private @Nullable JsonNode config(Path in, String... command) throws Exception {
        Path out = folder.resolve("config.json");
        Path err = folder.resolve("config.err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
        builder.environment().keySet().removeAll(List.of("NONE", "OTHER", "IMAGE", "TAG", "EMPTY"));
        int status = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            assertThat(Files.readString(err, UTF_8)).as("seed " + seed).isNotEmpty();
            return null;
        }
        return JSON.readTree(Files.readString(out));
    }

    private Map<String, String> check(String policy, Path path) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", "-o", "json", "-p", policy, path.toString());
        assertThat(err.toString()).as("seed " + seed + ", " + path).isEmpty();
        Map<String, String> images = new TreeMap<>();
        JsonNode report = JSON.readTree(out.toString());
        report.path("findings")
                .forEach(finding -> images.put(
                        finding.path("object").asString(), finding.path("image").asString("")));
        return images;
    }
}
