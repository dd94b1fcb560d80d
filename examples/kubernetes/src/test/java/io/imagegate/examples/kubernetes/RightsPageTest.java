package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README.md lists each role with its verbs, and each NetworkPolicy with its ports. */
class RightsPageTest {

    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `((?:NetworkPolicy|ClusterRole|Role) [a-z-]+)` \\| ([a-z-]+)? ?\\| (?:`([A-Za-z.]+)`)? ?\\| (.*) \\|$");
    private static final Pattern CODE = Pattern.compile("`([a-z]+|[0-9]+(?:/UDP|/TCP)?)`");

    @Test
    void hasEachObjectOfTheOverlayWithAllComponents() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            assertThat(allowed(delivery.build(
                            "own-certificates",
                            "monitoring",
                            "registries",
                            "signatures",
                            "trusted-root",
                            "cluster-check",
                            "policy-reports",
                            "mutation")))
                    .isEqualTo(table(false));
        }
    }

    @Test
    void hasEachObjectOfTheChart() throws IOException {
        Manifests made = ChartForm.VALIDATING.manifests();
        Map<String, Set<String>> allowed = new TreeMap<>();
        allowed(made).forEach((object, allows) -> allowed.put(object.replace(".imagegate", ""), allows));
        assertThat(allowed).isEqualTo(table(true));
    }

    private static Map<String, Set<String>> table(boolean ofChart) throws IOException {
        return ROW.matcher(Files.readString(Manifests.FOLDER.resolve("README.md")))
                .results()
                .filter(row -> row.group(ofChart ? 3 : 2) != null)
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> CODE.matcher(row.group(4))
                                .results()
                                .map(code -> code.group(1).replace("/TCP", ""))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** Verbs of roles, ports of NetworkPolicies. */
    private static Map<String, Set<String>> allowed(Manifests manifests) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (Manifest object : manifests.all()) {
            String name = object.kind() + " " + object.find("metadata", "name");
            if (object.kind().endsWith("Role")) {
                allowed.put(
                        name,
                        object.each("rules").stream()
                                .flatMap(rule -> rule.texts("verbs").stream())
                                .collect(Collectors.toCollection(TreeSet::new)));
            } else if (object.kind().equals("NetworkPolicy")) {
                allowed.put(
                        name,
                        Stream.of("ingress", "egress")
                                .filter(direction -> object.find("spec", direction) != null)
                                .flatMap(direction -> object.each("spec", direction).stream())
                                .flatMap(rule -> rule.each("ports").stream())
                                .map(port -> port.text("port")
                                        + (port.text("protocol").equals("UDP") ? "/UDP" : ""))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return allowed;
    }
}
