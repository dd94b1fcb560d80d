package io.imagegate.input.gitlab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.Machine;
import io.imagegate.Repository;
import io.imagegate.input.FoundInText;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputObject;
import io.imagegate.text.SafeText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
@DisplayName("Images of configurations of GitLab CI are those that gitlab-ci-local finds")
class GitlabOracleTest {

    private static final int CONFIGURATIONS = 1_000;

    @TempDir
    Path folder = Path.of("");

    /** Makes configurations in the forms that people write. */
    private static final class Configurations {

        private static final List<String> TEMPLATES = List.of(".a", ".b", ".c");

        private final Random random;
        private int jobs;

        Configurations(Random random) {
            this.random = random;
        }

        /** {@return the files by their names} */
        Map<String, String> next() {
            jobs = 0;
            Map<String, String> files = new HashMap<>();
            files.put("ci/one.yml", includedFile());
            files.put("ci/two.yml", """
                    spec:
                      inputs:
                        image: {default: 'in:1'}
                        name: {default: n}
                    ---
                    $[[ inputs.name ]]-job:
                      script: [a]
                      image: $[[ inputs.image ]]
                    """);
            files.put(".gitlab-ci.yml", main());
            return files;
        }

        private String includedFile() {
            return "variables: {TAG: included, OTHER: \"x-$TAG\"}\n" + templates() + jobs();
        }

        private String main() {
            StringBuilder text = new StringBuilder();
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "include: ci/one.yml\n";
                        case 1 ->
                            "include: [{local: /ci/one.yml}, {local: ci/two.yml, inputs: {name: m, image: 'in:2'}}]\n";
                        case 2 -> "include:\n  - local: 'ci/*.yml'\n";
                        case 3 -> "include: {local: ci/two.yml}\n";
                        default -> "";
                    });
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "default:\n  image: " + image() + "\n  services: [" + image() + "]\n";
                        case 1 -> "image: " + image() + "\n";
                        case 2 -> "default: {services: [{name: " + image() + ", alias: a}]}\n";
                        default -> "";
                    });
            text.append(
                    "variables:\n  TAG: '1.0'\n  REGISTRY: {value: reg.example, description: a}\n  NESTED: $REGISTRY/n:$TAG\n");
            return text.append(templates()).append(jobs()).toString();
        }

        private String templates() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < TEMPLATES.size(); i++) {
                text.append(TEMPLATES.get(i) + ":\n" + (i == 0 ? "  &anchor" + jobs + "\n" : ""))
                        .append(i > 0 && random.nextBoolean() ? "  extends: " + TEMPLATES.get(i - 1) + "\n" : "")
                        .append("  stage: test\n  image: " + image() + "\n  services: [" + image() + "]\n")
                        .append(random.nextBoolean() ? "  variables: {TAG: t" + i + "}\n" : "");
            }
            return text.toString();
        }

        private String jobs() {
            StringBuilder text = new StringBuilder();
            int anchor = jobs;
            for (int i = 0; i <= random.nextInt(4); i++) {
                text.append("job" + jobs++ + ":\n  script: [a]\n" + body(anchor));
            }
            return text.toString();
        }

        private String body(int anchor) {
            String body = switch (random.nextInt(9)) {
                case 0 -> "  image: " + image() + "\n";
                case 1 -> "  extends: " + template() + "\n";
                case 2 -> "  extends: [" + template() + ", " + template() + "]\n  services: [" + image() + "]\n";
                case 3 -> "  <<: *anchor" + anchor + "\n";
                case 4 -> "  image: !reference [" + template() + ", image]\n";
                case 5 -> "  services:\n    - !reference [" + template() + ", services]\n    - " + image() + "\n";
                case 6 -> "  image:\n    name: " + image() + "\n    entrypoint: ['']\n";
                case 7 ->
                    "  inherit: {default: "
                            + List.of("false", "true", "[image]", "[services]").get(random.nextInt(4)) + "}\n";
                default -> "";
            };
            return body + (random.nextInt(3) == 0 ? "  variables: {TAG: j, OWN: 'own-$TAG'}\n" : "");
        }

        private String template() {
            return TEMPLATES.get(random.nextInt(TEMPLATES.size()));
        }

        private String image() {
            return List.of(
                            "alpine",
                            "'node:20'",
                            "\"ghcr.io/acme/api:$TAG\"",
                            "'$REGISTRY/a:${TAG}'",
                            "$NESTED",
                            "'a$$b'",
                            "localhost:5000/a")
                    .get(random.nextInt(7));
        }
    }

    /** Images of templates and defaults are found where they are written, so only those of jobs are compared in both directions. */
    @Test
    @DisplayName("in configurations that it finds valid")
    void same() throws IOException {
        Machine.needs("node");
        Machine.needs("git");
        Machine.needs(Machine.Library.GITLAB_CI_LOCAL);
        Configurations configurations = new Configurations(new Random(33));
        Process node = new ProcessBuilder(
                        "node",
                        Repository.core("src/test/node/gitlab-oracle.mjs").toString(),
                        Machine.Library.GITLAB_CI_LOCAL.place().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int compared = 0;
        try (BufferedWriter questions = node.outputWriter(UTF_8);
                BufferedReader answers = node.inputReader(UTF_8)) {
            for (int i = 0; i < CONFIGURATIONS; i++) {
                Map<String, String> files = configurations.next();
                for (Map.Entry<String, String> file : files.entrySet()) {
                    Files.createDirectories(folder.resolve(file.getKey()).resolveSibling(""));
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
                if (i == 0) {
                    // It includes only files that Git knows.
                    git("init", "-q");
                    git("add", ".");
                }
                questions.write("{\"folder\":\"" + SafeText.escape(folder.toString()) + "\"}\n");
                questions.flush();
                String answer = Objects.requireNonNull(answers.readLine(), "the program has ended");
                Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(answer));
                if (Boolean.TRUE.equals(fields.get("valid"))) {
                    compare((Map<?, ?>) Objects.requireNonNull(fields.get("jobs")), files.toString());
                    compared++;
                }
            }
        } finally {
            node.destroy();
        }
        assertThat(compared).isGreaterThan(CONFIGURATIONS / 2);
    }

    private void git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(git.onExit().join().exitValue()).isZero();
    }

    private void compare(Map<?, ?> jobs, String text) throws IOException {
        Path file = folder.resolve(".gitlab-ci.yml");
        FoundInText found =
                FoundInText.of(new GitlabFiles(), InputFile.named("f", file, () -> Files.newInputStream(file)));
        Set<String> all = new HashSet<>();
        for (InputObject object : found.objects) {
            List<String> images = new ArrayList<>();
            object.images().forEach(image -> images.add(image.text()));
            all.addAll(images);
            if (object.title().startsWith("job ")) {
                Object job = jobs.get(object.title().substring("job ".length()));
                assertThat(texts(Objects.requireNonNull(job, object.title())))
                        .as(object.title() + " of " + text)
                        .containsAll(images);
            }
        }
        for (Map.Entry<?, ?> job : jobs.entrySet()) {
            assertThat(all).as(job.getKey() + " of " + text).containsAll(texts(job.getValue()));
        }
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }
}
