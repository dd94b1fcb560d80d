package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.SharedPrograms;
import io.imagegate.cli.Program;
import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of random layers of values {@code check} judges the images that {@code helm template} makes of them. {@code -Dimagegate.values} says how
 * many cases, {@code -Dimagegate.seed} takes others.
 */
@Tag("full")
class ValuesDifferenceTest {

    private static final int CASES = Integer.getInteger("imagegate.values", 600);

    /** How many cases one run of Helm takes, each below its own name. */
    private static final int TOGETHER = 30;

    /** Prints a comment for each image. */
    private static final String TEMPLATE = """
            {{- define "walk" -}}
            {{- $case := index . 0 }}{{ $value := index . 1 }}
            {{- if kindIs "map" $value }}
            {{- if kindIs "string" $value.repository }}
            # {{ $case }} {{ $value.repository }}{{ if not (kindIs "invalid" $value.tag) }}:{{ $value.tag }}{{ end }}
            {{- end }}
            {{- range $name, $below := $value }}
            {{- if and (eq $name "image") (kindIs "string" $below) }}
            # {{ $case }} {{ $below }}
            {{- else }}{{ include "walk" (list $case $below) }}{{ end }}
            {{- end }}
            {{- else if kindIs "slice" $value }}
            {{- range $value }}{{ include "walk" (list $case .) }}{{ end }}
            {{- end }}
            {{- end }}
            kind: ConfigMap
            {{- range $case, $value := .Values }}{{ include "walk" (list $case $value) }}{{ end }}
            """;

    private static final Pattern PRINTED = Pattern.compile("# (c[0-9]+) (\\S+)");

    @TempDir
    Path folder = Path.of("");

    private final long seed = Long.getLong("imagegate.seed", 20261201);

    private final Random random = new Random(seed);

    @Test
    @DisplayName("the images of values that check judges are those that helm template makes")
    void sameImages() throws Exception {
        Path helm = SharedPrograms.get("helm");
        Files.createDirectories(folder.resolve("repository/.git"));
        List<RandomValues> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(RandomValues.write(random, "c" + i, folder.resolve("repository")));
        }
        Map<String, Set<String>> made = new HashMap<>();
        for (int i = 0; i < CASES; i += TOGETHER) {
            render(helm, cases.subList(i, Math.min(CASES, i + TOGETHER)), folder.resolve("chart" + i), made);
        }
        Map<String, List<ReviewedImage>> judged = judge();
        int images = 0;
        int unknown = 0;
        for (RandomValues one : cases) {
            Set<String> expected = made.getOrDefault(one.name(), Set.of());
            Set<String> known = new LinkedHashSet<>();
            List<String> unclear = new ArrayList<>();
            for (ReviewedImage image : judged.getOrDefault(one.name(), List.of())) {
                if (image.unknown().isEmpty()) {
                    known.add(image.text());
                } else {
                    unclear.add(repository(image.text()));
                }
            }
            String context = "seed " + seed + ", " + one;
            assertThat(expected).as(context).containsAll(known);
            assertThat(known)
                    .as(context + ", unknown: " + unclear)
                    .containsAll(expected.stream()
                            .filter(image -> !unclear.contains(repository(image)))
                            .toList());
            images += known.size();
            unknown += unclear.size();
        }
        System.out.println("helm template and check agree on " + images + " images in " + CASES + " cases; " + unknown
                + " are unknown to check");
        assertThat(images).isGreaterThan(CASES);
        assertThat(unknown)
                .as("images without a tag, or with one that Helm prints in another way")
                .isLessThan(images / 2);
    }

    private static String repository(String image) {
        int colon = image.lastIndexOf(':');
        return colon < 0 ? image : image.substring(0, colon);
    }

    private static void render(Path helm, List<RandomValues> cases, Path chart, Map<String, Set<String>> made)
            throws IOException, InterruptedException {
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("templates/all.yaml"), TEMPLATE);
        List<String> command = new ArrayList<>(List.of(helm.toString(), "template", "name", chart.toString()));
        StringBuilder defaults = new StringBuilder();
        cases.forEach(one -> defaults.append(one.name() + ": " + one.defaults() + "\n"));
        Files.writeString(chart.resolve("values.yaml"), defaults);
        for (int layer = 0; layer < RandomValues.MOST_LAYERS; layer++) {
            StringBuilder values = new StringBuilder("{}\n");
            for (RandomValues one : cases) {
                if (layer < one.layers().size()) {
                    values.append(one.name() + ": " + one.layers().get(layer) + "\n");
                }
            }
            Path file = chart.resolve("layer" + layer);
            Files.writeString(file, values.length() == 3 ? values : values.substring(3));
            command.addAll(List.of("--values", file.toString()));
        }
        for (RandomValues one : cases) {
            one.sets().forEach(set -> command.addAll(List.of("--set", one.name() + "." + set)));
            one.texts().forEach(set -> command.addAll(List.of("--set-string", one.name() + "." + set)));
        }
        Program.Result printed = Program.run(command);
        assertThat(printed.status()).as(printed.err()).isZero();
        Matcher line = PRINTED.matcher(printed.out());
        while (line.find()) {
            made.computeIfAbsent(line.group(1), name -> new LinkedHashSet<>()).add(line.group(2));
        }
    }

    private Map<String, List<ReviewedImage>> judge() throws IOException {
        Map<String, List<ReviewedImage>> judged = new HashMap<>();
        Inputs.read(folder.resolve("repository"), Workloads.wellKnown(), new InputListener() {
            @Override
            public void object(InputObject object) {
                String title = object.title();
                judged.computeIfAbsent(title.substring(title.indexOf(' ') + 1), name -> new ArrayList<>())
                        .addAll(object.images());
            }

            @Override
            public void unreadPart(String what, String where, String why) {
                assertThat(what).as(where).isEqualTo(InputListener.CHART);
            }

            @Override
            public void problem(InputException problem) {
                throw new AssertionError(problem);
            }
        });
        return judged;
    }
}
