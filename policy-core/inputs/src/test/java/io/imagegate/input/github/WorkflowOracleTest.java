package io.imagegate.input.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.Machine;
import io.imagegate.Repository;
import io.imagegate.input.FoundInText;
import io.imagegate.input.InputFile;
import io.imagegate.text.SafeText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
@DisplayName("Images of workflows are those that GitHub's own parser finds")
class WorkflowOracleTest {

    private static final int WORKFLOWS = 1_000;
    private static final String DOCKER = "(?i)^docker://";

    /** Makes workflows in the forms that people write. */
    private static final class Workflows {

        private final Random random;
        private int anchors;

        Workflows(Random random) {
            this.random = random;
        }

        String next() {
            anchors = 0;
            StringBuilder text = new StringBuilder("on: [push]\nenv: {image: no}\njobs:\n");
            for (int i = 0; i <= random.nextInt(4); i++) {
                text.append("  j" + i + ":\n    runs-on: x\n")
                        .append(container())
                        .append(services());
                text.append("    steps:\n      - run: docker run a\n");
                for (int step = random.nextInt(4); step > 0; step--) {
                    text.append(step());
                }
            }
            return text.toString();
        }

        private String container() {
            return switch (random.nextInt(6)) {
                case 0 -> "    container: " + image() + "\n";
                case 1 -> "    container: {env: {image: no}, image: " + image() + "}\n";
                case 2 ->
                    "    container:\n      # image: no\n      image: " + image() + " # a\n      options: --image=no\n";
                case 3 -> "    container:\n";
                case 4 -> "    container: >-\n      node:20\n";
                default -> "";
            };
        }

        private String services() {
            return switch (random.nextInt(5)) {
                case 0 -> "    services: {a: " + image() + ", \"b.c\": {image: " + image() + "}}\n";
                case 1 ->
                    "    services:\n      a:\n        image: " + image() + "\n        ports: ['80:80']\n      b: "
                            + image() + "\n";
                case 2 -> "    services: {}\n";
                case 3 -> "    services:\n      'a': { \"image\" : " + image() + " }\n";
                default -> "";
            };
        }

        private String step() {
            return switch (random.nextInt(7)) {
                case 0 -> "      - uses: docker://" + reference() + " # a\n";
                case 1 -> "      - {uses: 'DOCKER://" + reference() + "', with: {image: no}}\n";
                case 2 -> "      - uses: \"docker:\\x2f/" + reference() + "\"\n";
                case 3 -> "      - uses: actions/checkout@v4\n        with: {uses: \"docker://no\"}\n";
                case 4 -> "      - parallel:\n          - uses: docker://" + reference() + "\n          - run: a\n";
                case 5 -> "      - uses: ./docker://no\n";
                default -> "      - run: |\n          uses: docker://no\n";
            };
        }

        private String image() {
            return switch (random.nextInt(8)) {
                case 0 -> '"' + reference() + '"';
                case 1 -> '\'' + reference() + '\'';
                case 2 -> "&a" + anchors++ + " " + reference();
                case 3 -> anchors == 0 ? "b" : "*a" + random.nextInt(anchors) + " ";
                case 4 -> "'1." + random.nextInt(9) + "'";
                case 5 -> "docker://" + reference();
                case 6 -> "\"${{ github.ref }}\"";
                default -> reference();
            };
        }

        private String reference() {
            return List.of("alpine", "node:20", "ghcr.io/acme/api:1.2", "localhost:5000/a/b@sha256:" + "0".repeat(64))
                    .get(random.nextInt(4));
        }
    }

    @Test
    @DisplayName("in workflows that it finds valid")
    void same() throws IOException {
        Machine.needs("node");
        Machine.needs(Machine.Library.WORKFLOW_PARSER);
        Workflows workflows = new Workflows(new Random(33));
        Process node = new ProcessBuilder(
                        "node",
                        Repository.core("src/test/node/workflow-oracle.mjs").toString(),
                        Machine.Library.WORKFLOW_PARSER.place().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int compared = 0;
        try (BufferedWriter questions = node.outputWriter(UTF_8);
                BufferedReader answers = node.inputReader(UTF_8)) {
            for (int i = 0; i < WORKFLOWS; i++) {
                String text = workflows.next();
                questions.write("{\"text\":\"" + SafeText.escape(text) + "\"}\n");
                questions.flush();
                String answer = Objects.requireNonNull(answers.readLine(), "the program has ended");
                Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(answer));
                if (Boolean.TRUE.equals(fields.get("valid"))) {
                    List<String> images = ((List<?>) Objects.requireNonNull(fields.get("images")))
                            .stream()
                                    .map(image -> String.valueOf(image).replaceFirst(DOCKER, ""))
                                    .filter(image -> !image.isEmpty())
                                    .toList();
                    assertThat(read(text)).as(text).isEqualTo(images);
                    compared++;
                }
            }
        } finally {
            node.destroy();
        }
        assertThat(compared).isGreaterThan(WORKFLOWS / 2);
    }

    private static List<String> read(String text) throws IOException {
        List<String> images = new ArrayList<>();
        FoundInText found = FoundInText.of(
                new GithubFiles(), InputFile.stream("f", () -> new ByteArrayInputStream(text.getBytes(UTF_8))));
        found.objects.forEach(object ->
                object.images().forEach(image -> images.add(image.text().replaceFirst(DOCKER, ""))));
        return images;
    }
}
