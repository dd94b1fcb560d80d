package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chart's values, their schema and their page say the same, and its recorded output is what Kubernetes expects. */
class ChartTest {

    private static final Path CHART = Manifests.FOLDER.resolve("chart");
    private static final Path NAMES =
            Manifests.FOLDER.resolve("../../adapter-undertow/cli/names.txt").normalize();

    /** Options that the chart sets itself, or that do not start a server. */
    private static final Set<String> NOT_OF_VALUES = Set.of(
            "config",
            "dry-run",
            "help",
            "host",
            "last-good",
            "management-host",
            "management-port",
            "metrics-host",
            "metrics-port",
            "policy",
            "port",
            "print-config",
            "registries",
            "strict",
            "tls-cert",
            "tls-key",
            "unless-empty",
            "version");

    /** A row of the table: value, default, meaning. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\| (.*?) \\| (.+) \\|$");

    private static final Pattern VALUE = Pattern.compile("`([a-z][A-Za-z]*(?:\\.[A-Za-z-]+)*)`");

    private final Manifest values = read("values.yaml");
    private final Manifest schema = read("values.schema.json");
    private final Manifest chart = read("Chart.yaml");

    ChartTest() throws IOException {}

    private static Manifest read(String file) throws IOException {
        return Manifests.file(CHART.resolve(file)).all().get(0);
    }

    @ParameterizedTest
    @EnumSource
    void eachObjectIsWhatKubernetesExpects(ChartForm form) throws IOException {
        Manifests made = form.manifests();
        made.all().forEach(KubernetesModel::check);
        made.all().stream()
                .filter(manifest -> manifest.kind().equals("Deployment")
                        || "kube-system".equals(manifest.find("metadata", "namespace")))
                .flatMap(Manifest::podSpec)
                .forEach(PodRules::check);
        assertThat(made.all()).hasSizeGreaterThan(5);
    }

    @Test
    void eachValueHasASchemaAndNoSchemaIsWithoutAValue() {
        Map<String, Object> known = new TreeMap<>();
        collect("", values.tree(), known);
        assertThat(known.keySet()).isEqualTo(properties("", schema.tree()));
    }

    @Test
    void theTableHasEachValueWithItsDefault() throws IOException {
        String page = Files.readString(CHART.resolve("README.md"));
        Map<String, String> table = ROW.matcher(page.substring(page.indexOf("\n## Values\n")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        Map<String, Object> known = new TreeMap<>();
        collect("", values.tree(), known);
        assertThat(table.keySet()).isEqualTo(known.keySet());
        known.forEach((path, value) -> {
            if (isShort(value)) {
                assertThat(table.get(path)).as(path).isEqualTo("`" + text(value) + "`");
            } else {
                assertThat(table.get(path)).as(path).isEqualTo("[values.yaml](values.yaml)");
            }
        });
    }

    /** Values of which no part has a name of its own in the schema, by their paths. */
    private void collect(String path, Map<?, ?> here, Map<String, Object> found) {
        here.forEach((key, value) -> {
            String child = path.isEmpty() ? key.toString() : path + "." + key;
            if (value instanceof Map<?, ?> map && !map.isEmpty() && hasProperties(child)) {
                collect(child, map, found);
            } else {
                found.put(child, value);
            }
        });
    }

    private boolean hasProperties(String path) {
        Manifest here = schema;
        for (String name : path.split("\\.", -1)) {
            here = part(here.get("properties", name));
        }
        return here.find("properties") != null;
    }

    private static Set<String> properties(String path, Map<?, ?> here) {
        Set<String> found = new TreeSet<>();
        Map<?, ?> named = (Map<?, ?>) Objects.requireNonNull(here.get("properties"));
        named.forEach((key, value) -> {
            String child = path.isEmpty() ? key.toString() : path + "." + key;
            Map<?, ?> sub = (Map<?, ?>) value;
            if (child.equals("global")) {
                return;
            }
            if (sub.containsKey("properties") && !child.equals("options") && !child.equals("affinity")) {
                found.addAll(properties(child, sub));
            } else {
                found.add(child);
            }
        });
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Manifest part(Object tree) {
        return new Manifest("values.schema.json", (Map<String, ?>) tree);
    }

    private static boolean isShort(Object value) {
        return value instanceof List<?> list
                ? list.stream().allMatch(String.class::isInstance)
                : !(value instanceof Map<?, ?> map)
                        || map.size()
                                == map.values().stream()
                                        .filter(String.class::isInstance)
                                        .filter(text -> !text.toString().contains("\n"))
                                        .count();
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ChartTest::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text && (text.isEmpty() || text.matches("[0-9]+"))
                ? '"' + text + '"'
                : value.toString();
    }

    /** The objects in the page's blocks of YAML that are of other programs. */
    static List<Manifest> ofGitOps() throws IOException {
        List<Manifest> found = Pattern.compile("(?s)```yaml\\n(apiVersion: .*?)```")
                .matcher(Files.readString(CHART.resolve("README.md")))
                .results()
                .flatMap(block -> Manifests.parse("README.md", block.group(1)).all().stream())
                .toList();
        assertThat(found).extracting(Manifest::kind).containsExactly("Application", "Namespace", "HelmRelease");
        return found;
    }

    @Test
    void thePageHasWhatArgoAndFluxExpect() throws IOException {
        ofGitOps().forEach(KubernetesModel::check);
    }

    /** A value, or a part of one that has a schema of its own. */
    @Test
    void theValuesBesideThoseOfOtherChartsExist() throws IOException {
        Set<String> known = new TreeSet<>(properties("", schema.tree()));
        schema.labels("properties", "options", "properties").keySet().forEach(option -> known.add("options." + option));
        List<String> named = Files.readAllLines(CHART.resolve("OTHER-CHARTS.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(line.lastIndexOf(" | ")))
                .flatMap(cell -> VALUE.matcher(cell).results().map(value -> value.group(1)))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(40)
                .allMatch(name -> known.stream().anyMatch(value -> (value + ".").startsWith(name + ".")));
    }

    @Test
    void objectsOfTheSchemaAreClosed() {
        assertThat(openObjects("", schema.tree())).isEqualTo(Set.of("/properties/global"));
    }

    /** Objects that say nothing of the keys that they may have, but those that Kubernetes describes. */
    private static Set<String> openObjects(String path, Object here) {
        Set<String> open = new TreeSet<>();
        if (here instanceof Map<?, ?> map) {
            if ("object".equals(map.get("type"))
                    && !map.containsKey("additionalProperties")
                    && !path.contains("/affinity/")
                    && !path.contains("/registriesEgress/")) {
                open.add(path);
            }
            map.forEach((key, value) -> open.addAll(openObjects(path + "/" + key, value)));
        }
        return open;
    }

    @Test
    void theOptionsAreThoseOfTheServer() throws IOException {
        Set<String> options = Files.readAllLines(NAMES).stream()
                .filter(line -> line.startsWith("option serve "))
                .map(line -> line.substring(line.indexOf("--") + 2))
                .filter(name -> !NOT_OF_VALUES.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(schema.labels("properties", "options", "properties").keySet())
                .isEqualTo(options);
    }

    @Test
    void theDefaultPolicyIsThatOfTheBase() throws IOException {
        String policy = values.text("policy", "files", "policy.yaml");
        assertThat(new PolicyDocuments().read("policy.yaml", policy).isLoaded()).isTrue();
        assertThat(Manifests.parse("values.yaml", policy).all().get(0).tree())
                .isEqualTo(Manifests.file(Manifests.FOLDER.resolve("base/policy.yaml"))
                        .all()
                        .get(0)
                        .tree());
    }

    @Test
    void thePagesHaveTheOldestKubernetes() throws IOException {
        String oldest = chart.text("kubeVersion").replaceFirst("^>=(\\d+\\.\\d+)\\.0-0$", "$1");
        assertThat(Files.readString(CHART.resolve("README.md"))).contains("on Kubernetes\n" + oldest + " or newer");
        assertThat(Files.readString(Manifests.FOLDER.resolve("UPGRADE.md")))
                .contains("| Kubernetes | " + oldest + " and newer;");
        assertThat(Files.readString(Manifests.FOLDER.resolve("README.md"))).contains("any cluster from " + oldest);
    }

    @Test
    void theImageIsThatOfTheBase() throws IOException {
        assertThat(values.text("image", "repository") + ":" + values.text("image", "tag"))
                .isEqualTo(Manifests.folder(Manifests.FOLDER.resolve("base"))
                        .one("Deployment", "imagegate")
                        .text("spec", "template", "spec", "containers", 0, "image"));
        assertThat(values.text("image", "tag")).isEqualTo(chart.text("appVersion"));
    }
}
