package io.imagegate.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random values of a chart in several layers, written as an object that gives them to Helm.
 *
 * @param name the name of the object
 * @param defaults those of the chart
 * @param layers those that win over them, the last over all
 * @param sets those of {@code --set}
 * @param texts those of {@code --set-string}
 */
record RandomValues(String name, String defaults, List<String> layers, List<String> sets, List<String> texts) {

    static final int MOST_LAYERS = 4;

    /** What begins with a brace is read as JSON. */
    private static final String DOCUMENT = "--- ";

    private static final List<String> TAGS =
            List.of("'1.2'", "7", "1.5", "1.10", "v3", "\"8\"", "null", "1e3", "010", "20261201", "true", "x");

    /** Helm refuses to set something below what is no object. */
    private static final List<String> PATHS = List.of(
            "web.image.tag",
            "web.image.repository",
            "sidecars[0].image",
            "sidecars[2].image",
            "extra.deep.er.image",
            "added.image",
            "list[1].image.repository",
            "a\\.b.image");

    private static final List<String> SET =
            List.of("r.io/set1", "r.io/set2", "null", "r.io/set:3", "8", "1.10", "true", "r.io/a\\,b");

    /** Writes an object and its files into a folder. */
    static RandomValues write(Random random, String name, Path folder) throws IOException {
        return switch (random.nextInt(3)) {
            case 0 -> application(random, name, folder);
            case 1 -> release(random, name, folder);
            default -> chart(random, name, folder);
        };
    }

    private static RandomValues application(Random random, String name, Path folder) throws IOException {
        String defaults = layer(random, true);
        String file = layer(random, false);
        String inline = layer(random, false);
        Map<String, String> set = sets(random, "");
        List<String> sets = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        StringBuilder parameters = new StringBuilder();
        set.forEach((path, value) -> {
            boolean isText = random.nextBoolean();
            (isText ? texts : sets).add(path + "=" + value);
            parameters.append("    - {name: '" + path + "', value: '" + value + "', forceString: " + isText + "}\n");
        });
        chart(name, defaults, folder);
        Files.writeString(folder.resolve("charts/" + name + "/prod.yaml"), DOCUMENT + file + "\n");
        Files.writeString(
                folder.resolve(name + ".yaml"),
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: " + name
                        + "}\nspec:\n source:\n  repoURL: r\n  path: charts/" + name
                        + "\n  helm:\n   valueFiles: [prod.yaml]\n"
                        + (random.nextBoolean()
                                ? "   valuesObject: " + inline
                                : "   values: |\n    " + DOCUMENT + inline)
                        + "\n   parameters:\n" + parameters);
        return new RandomValues(name, defaults, List.of(file, inline), sets, texts);
    }

    private static RandomValues release(Random random, String name, Path folder) throws IOException {
        String defaults = layer(random, true);
        String first = layer(random, false);
        String second = layer(random, false);
        String inline = layer(random, false);
        // Flux joins these again at last.
        Map<String, String> set = sets(random, inline);
        StringBuilder from = new StringBuilder();
        StringBuilder data =
                new StringBuilder("  one: |\n   " + DOCUMENT + first + "\n  two: |\n   " + DOCUMENT + second + "\n");
        for (String key : List.of("one", "two")) {
            from.append(" - {kind: ConfigMap, name: " + name + ", valuesKey: " + key + "}\n");
        }
        int number = 0;
        for (Map.Entry<String, String> entry : set.entrySet()) {
            String key = "set" + number++;
            data.append("  " + key + ": '" + entry.getValue() + "'\n");
            from.append(" - {kind: ConfigMap, name: " + name + ", valuesKey: " + key + ", targetPath: '"
                    + entry.getKey() + "'}\n");
        }
        chart(name, defaults, folder);
        Files.writeString(
                folder.resolve(name + ".yaml"),
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: " + name
                        + "}\nspec:\n chart: {spec: {chart: charts/" + name
                        + ", sourceRef: {kind: GitRepository, name: r}}}\n valuesFrom:\n" + from + " values: " + inline
                        + "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata:\n" + data);
        return new RandomValues(name, defaults, List.of(first, second, inline), joined(set), List.of());
    }

    private static RandomValues chart(Random random, String name, Path folder) throws IOException {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < MOST_LAYERS; i++) {
            layers.add(layer(random, false));
        }
        Map<String, String> set = sets(random, "");
        List<String> sets = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        StringBuilder written = new StringBuilder(" set:\n");
        set.forEach((path, value) -> {
            String text = value.replace("\\,", ",");
            (List.of("null", "true").contains(value) ? sets : texts).add(path + "=" + value);
            written.append("  '" + path + "': '" + text + "'\n");
        });
        String config = "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: {name: " + name
                + "}\nspec:\n valuesContent: |\n  " + DOCUMENT + layers.get(2) + "\n values: " + layers.get(3)
                + "\n---\n";
        Files.writeString(
                folder.resolve(name + ".yaml"),
                config + "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: " + name
                        + "}\nspec:\n chart: web\n valuesContent: |\n  " + DOCUMENT + layers.get(0) + "\n values: "
                        + layers.get(1)
                        + "\n" + (set.isEmpty() ? "" : written));
        return new RandomValues(name, "{}", layers, sets, texts);
    }

    private static void chart(String name, String defaults, Path folder) throws IOException {
        Path chart = Files.createDirectories(folder.resolve("charts/" + name));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("values.yaml"), DOCUMENT + defaults + "\n");
    }

    private static List<String> joined(Map<String, String> set) {
        return set.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static Map<String, String> sets(Random random, String without) {
        Map<String, String> sets = new LinkedHashMap<>();
        for (String path : PATHS) {
            if (random.nextInt(4) == 0 && !without.contains(path.split("[.\\[]", -1)[0] + ":")) {
                sets.put(path, of(random, path.endsWith("repository") ? SET.subList(0, 3) : SET));
            }
        }
        return sets;
    }

    private static String layer(Random random, boolean isDefault) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            fields.put(
                    "web", isDefault && random.nextInt(5) == 0 ? of(random, List.of("null", "no", "[]")) : web(random));
        }
        if (random.nextBoolean()) {
            fields.put("db", database(random));
        }
        if (random.nextBoolean()) {
            fields.put(
                    "image", of(random, List.of("'r.io/i:" + number(random) + "'", inParts(random, "r.io/i"), "null")));
        }
        if (random.nextBoolean()) {
            fields.put("sidecars", isDefault && random.nextInt(5) == 0 ? "null" : sidecars(random));
        }
        if (random.nextBoolean()) {
            fields.put("extra", "{deep: {er: {image: 'r.io/e:" + number(random) + "', on: true}}}");
        }
        return flow(fields);
    }

    private static String web(Random random) {
        Map<String, String> image = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            image.put("repository", "r.io/w" + number(random));
        }
        if (random.nextInt(4) > 0) {
            image.put("tag", of(random, TAGS));
        }
        return "{image: " + flow(image) + ", port: 80}";
    }

    private static String database(Random random) {
        return of(
                random,
                List.of(
                        "{image: " + inParts(random, "r.io/d") + "}",
                        "{image: 'r.io/d:" + number(random) + "'}",
                        "{image: null}",
                        "{image: {tag: " + of(random, TAGS) + "}}",
                        "none",
                        "null",
                        "{}"));
    }

    private static String sidecars(Random random) {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(
                    random.nextBoolean()
                            ? "{image: 'r.io/s:" + number(random) + "'}"
                            : "{image: " + inParts(random, "r.io/s") + "}");
        }
        return "[" + String.join(", ", elements) + "]";
    }

    private static String inParts(Random random, String repository) {
        return "{repository: " + repository + number(random) + ", tag: " + of(random, TAGS) + "}";
    }

    private static String flow(Map<String, String> fields) {
        List<String> all = new ArrayList<>();
        fields.forEach((name, value) -> all.add(name + ": " + value));
        return "{" + String.join(", ", all) + "}";
    }

    private static int number(Random random) {
        return random.nextInt(9);
    }

    private static <T> T of(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
