package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Loading warns")
class PolicyWarningsTest {

    private static List<String> warnings(String spec) {
        List<String> warnings = new ArrayList<>();
        PolicySamples.documents()
                .withWarnings(warning -> warnings.add(warning.toString()))
                .read("p.yaml", PolicySamples.policy(spec));
        return warnings;
    }

    private static String rule(String match, String condition) {
        return "  - {name: r%d, match: {%s}, %s}\n".formatted(match.hashCode() & 0xFFFF, match, condition);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ghcr.io/*             | ghcr.io/**
            ghcr.io/acme*         | ghcr.io/acme*/**
            ghcr.io/*-prod:latest | ghcr.io/*-prod/**:latest
            registry:5000/a*@*    | registry:5000/a*/**@*
            *.azurecr.io/*        | *.azurecr.io/**
            docker.io/acme*       | docker.io/acme*/**
            localhost/*           | localhost/**
            r.io/{namespace}-*    | r.io/{namespace}-*/**
            """)
    @DisplayName("of a pattern in match that cannot reach deeper paths of its registry")
    void shallow(String pattern, String deeper) {
        String list = "rules:\n  - {name: r, match: {images: [%s]}, tag: {required: true}}\n";
        assertThat(warnings(list.formatted("\"" + pattern + "\"")))
                .containsExactly("p.yaml:6:33: spec.rules[0].match.images: \"" + pattern
                        + "\" leaves out deeper paths of its registry, which are then not checked: write \"" + deeper
                        + "\", too, if they are to be");
        assertThat(warnings(list.formatted("\"" + pattern + "\", \"" + deeper + "\"")))
                .isEmpty();
        assertThat(warnings("rules:\n  - {name: r, any: [{match: {images: [\"" + pattern
                        + "\"]}, tag: {required: true}}]}\n"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6:40: spec.rules[0].any[0].match.images: ");
        // They narrow an exception, and allow less.
        assertThat(warnings("rules:\n  - {name: r, match: {exceptImages: [\"" + pattern
                        + "\"]}, tag: {required: true}}\n  - {name: s, allow: [\"" + pattern + "\"]}\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/**",
        "ghcr.io/acme/*",
        "ghcr.io/*/api",
        "ghcr.io/api",
        "ghcr.io/api:1.*",
        "r.io/{namespace}/*",
        "r.io/team-{namespace}",
        "docker.io/library/*",
        "acme/*",
        "nginx*",
        "**/nginx*",
        "**"
    })
    @DisplayName("of no other pattern")
    void deepEnough(String pattern) {
        assertThat(warnings("rules:\n  - {name: r, match: {images: [\"" + pattern + "\"]}, tag: {required: true}}\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            users: [alice]                                                       | none of their service accounts is named
            groups: [sre]                                                        | none of their service accounts is named
            users: ["alice*"], groups: ["system:masters"]                        | none of their service accounts is named
            users: ["system:serviceaccount:kube-system:*"]                       | check all kinds of workloads
            users: [alice, "system:serviceaccount:argo-rollouts:argo-rollouts"]  | check all kinds of workloads
            users: ["system:kube-controller-manager"]                            | check all kinds of workloads
            users: [alice], groups: ["system:serviceaccounts:kube-system"]       | check all kinds of workloads
            groups: ["system:serviceaccounts:argo"]                              | check all kinds of workloads
            groups: ["*"]                                                        | check all kinds of workloads
            """)
    @DisplayName("of controllers, which create pods, where break-glass names users or groups")
    void controllers(String named, String expected) {
        String rules = "rules: [{name: r, tag: {required: true}}]\n";
        String glass = "breakGlass: {annotation: a, value: b, namespaces: [c]%s}\n";
        assertThat(warnings(rules + glass.formatted(", " + named)))
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("p.yaml:6:15: spec.breakGlass: ")
                                .contains(expected),
                        warning -> assertThat(warning)
                                .startsWith("p.yaml:6:")
                                .contains("ImagePolicyWebhook does not tell ")
                                .contains("an exception or break-glass that names them does not"));
        assertThat(warnings(rules + glass.formatted(""))).isEmpty();
    }

    @Test
    @DisplayName("of an exception from the day after it expired")
    void expired() {
        String spec = """
                rules: [{name: r, tag: {required: true}}]
                exceptions: [{rules: [r], images: [nginx], reason: old, expires: %s}]
                """;
        assertThat(warnings(spec.formatted("2026-11-24"))).isEmpty();
        assertThat(warnings(spec.formatted("2026-11-23")))
                .containsExactly("p.yaml:6:68: spec.exceptions[0].expires: the exception expired and allows nothing any"
                        + " more: remove it, or write a later date");
    }

    /** The columns: where a digest is required, and where content is looked at. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            images: ["ghcr.io/acme/**"]                           | images: ["ghcr.io/acme/api", "ghcr.io/acme/team/*:1"]
            exceptNamespaces: [dev]                               | exceptNamespaces: [dev, test]
            exceptNamespaces: [dev]                               | exceptNamespaces: ["d*"], images: [nginx]
            namespaces: ["prod-*", "*-prod"]                      | namespaces: [prod-eu, "*-prod"]
            namespaces: ["*"]                                     | namespaces: ["prod-*"]
            exceptImages: [nginx]                                 | exceptImages: ["docker.io/**"]
            exceptImages: [nginx]                                 | images: ["ghcr.io/**"]
            images: ["**"]                                        | namespaces: [prod]
            images: ["r.io/{namespace}/**"]                       | images: ["r.io/{namespace}/api"]
            images: ["r.io/*/**"]                                 | images: ["r.io/{namespace}/api"]
            exceptImages: ["r.io/{namespace}/**"]                 | exceptImages: ["r.io/**"]
            kinds: [Pod, "*.apps"]                                | kinds: [Deployment.apps, Pod], users: [a]
            labels: {a: "b*"}                                     | labels: {a: [b, bc], d: e}
            containers: {types: [init, container]}                | containers: {types: [init], names: [a]}
            exceptKinds: [Pod]                                    | exceptKinds: ["P*"], exceptNames: [a]
            exceptContainers: {types: [init], names: [a]}         | exceptContainers: {names: ["a*"]}
            """)
    @DisplayName("of no moving tag where another rule requires a digest of the same images")
    void pinned(String digest, String content) {
        assertThat(moving(digest, content)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            images: ["ghcr.io/acme/**"]                           | images: ["ghcr.io/acme/api", "ghcr.io/other/api"]
            images: ["ghcr.io/acme/**"]                           | namespaces: [prod]
            exceptNamespaces: [dev, test]                         | exceptNamespaces: [dev]
            exceptNamespaces: [dev]                               | images: [nginx]
            namespaces: ["prod-*"]                                | namespaces: ["prod*"]
            namespaces: ["prod-*"]                                | images: [nginx]
            exceptImages: ["docker.io/**"]                        | exceptImages: [nginx]
            exceptImages: ["ghcr.io/acme/api"]                    | images: ["ghcr.io/**"]
            images: ["r.io/{namespace}/**"]                       | images: ["r.io/*/**"]
            images: ["r.io/shop/**"]                              | images: ["r.io/{namespace}/**"]
            exceptImages: ["r.io/{namespace}/**"]                 | exceptImages: ["r.io/shop/**"]
            kinds: [Pod]                                          | images: [nginx]
            kinds: [Pod], users: [a]                              | kinds: [Pod]
            labels: {a: b}                                        | annotations: {a: b}
            labels: {a: b, c: d}                                  | labels: {a: b}
            exceptKinds: ["P*"]                                   | exceptKinds: [Pod]
            exceptContainers: {names: [a]}                        | exceptContainers: {types: [init], names: [a]}
            exceptUsers: [a]                                      | users: [b]
            """)
    @DisplayName("of a moving tag where no rule requires a digest of some of the images")
    void unpinned(String digest, String content) {
        assertThat(moving(digest, content)).singleElement().asString().startsWith("p.yaml:7:");
    }

    private static List<String> moving(String digest, String content) {
        return warnings("rules:\n" + rule(digest, "digest: {required: true}") + rule(content, "image: {exists: true}"))
                .stream()
                .filter(warning -> warning.contains("a tag can move"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enforce: deny                                         | false
            enforce: {deny: [prod]}                               | false
            enforce: {warn: [dev]}                                | true
            enforce: {default: warn, deny: [prod]}                | true
            enforce: warn, denyFrom: 2020-01-01                   | true
            """)
    @DisplayName("of a moving tag where the rule that requires a digest does not deny in all namespaces")
    void pinnedInSomeNamespaces(String enforce, boolean warns) {
        List<String> warnings = warnings("rules:\n  - {name: pinned, digest: {required: true}, " + enforce + "}\n"
                + rule("images: [\"**\"]", "image: {exists: true}"));
        assertThat(warnings.stream().anyMatch(warning -> warning.contains("a tag can move")))
                .isEqualTo(warns);
    }

    @Test
    @DisplayName("of no moving tag where several rules together require digests")
    void pinnedTogether() {
        assertThat(warnings("rules:\n" + rule("images: [\"ghcr.io/**\"]", "digest: {required: true}")
                        + rule("images: [\"quay.io/**\"]", "digest: {required: true}")
                        + rule("images: [\"ghcr.io/a/b\", \"quay.io/a/b\"]", "image: {exists: true}")))
                .isEmpty();
    }

    private static List<String> outages(String spec, String... hosts) {
        List<String> warnings = new ArrayList<>();
        PolicySamples.documents()
                .withWarnings(warning -> warnings.add(warning.toString()))
                .withRegistries(List.of(hosts))
                .read("p.yaml", PolicySamples.policy("rules:\n  - {name: pinned, digest: {required: true}}\n" + spec));
        return warnings;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            match: {images: ["ghcr.io/acme/**", "quay.io/**"]}  | quay.io/**
            match: {images: ["*.azurecr.io/**"]}                | *.azurecr.io/**
            match: {images: ["**/api"]}                         | **/api
            match: {images: ["registry.internal/**"]}           | registry.internal/**
            match: {namespaces: [prod]}                         | **
            match: {exceptImages: [nginx]}                      | **
            match: {images: ["r.io/{namespace}/**"]}            | r.io/{namespace}/**
            """)
    @DisplayName("of onUnavailable on a rule that applies beyond exactly named registries")
    void outages(String match, String beyond) {
        for (String effect : List.of("warn", "audit")) {
            String rule = "  - {onUnavailable: %s, name: r, %s, image: {exists: true}}\n".formatted(effect, match);
            assertThat(outages(rule, "ghcr.io", "docker.io", "registry.internal:5000", "localhost", "registry"))
                    .containsExactly(
                            "p.yaml:7:23: spec.rules[1].onUnavailable: only registries that are named exactly ever count as"
                                    + " down, and rule \"r\" also applies to images of others, which it denies during an"
                                    + " outage: name the registries of \"" + beyond
                                    + "\" exactly, or limit match to those that are");
            assertThat(warnings("rules:\n  - {name: pinned, digest: {required: true}}\n" + rule))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: r, match: {images: ["ghcr.io/acme/**", nginx, "registry-1.docker.io/a/b"]}, image: {exists: true}, onUnavailable: warn}
            {name: r, match: {images: ["registry.internal:5000/**"]}, any: [{image: {exists: true}}], onUnavailable: warn}
            {name: r, image: {exists: true}}
            {name: r, image: {exists: true}, onUnavailable: deny}
            {name: r, image: {exists: true}, enforce: warn, onUnavailable: audit}
            {name: r, tag: {required: true}, onUnavailable: warn}
            """)
    @DisplayName("of no onUnavailable on other rules")
    void noOutages(String rule) {
        assertThat(outages("  - " + rule + "\n", "ghcr.io", "docker.io", "registry.internal:5000"))
                .isEmpty();
    }
}
