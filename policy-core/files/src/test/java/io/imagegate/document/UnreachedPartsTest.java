package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.PolicySet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A part of a policy that the match around it leaves out")
class UnreachedPartsTest {

    private static final String EXCEPTION =
            "exceptions: [{rules: [%s], %s, reason: x, expires: 2027-01-31}]\nrules:\n%s";

    private static List<String> mistakes(String text) {
        List<String> warnings = new ArrayList<>();
        try {
            PolicySamples.documents().read("p.yaml", text);
            PolicySamples.documents().strict().read("p.yaml", text);
        } catch (PolicyDocumentException e) {
            e.problems().forEach(problem -> warnings.add(problem.message()));
        }
        return warnings;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {namespaces: [prod]}           # all: [{match: {namespaces: [dev]}, tag: {required: true}}]  # all[0].match # namespaces
            match: {namespaces: ["prod-*"]}       # any: [{match: {namespaces: ["*-dev-?"]}, tag: {required: true}}, {match: {namespaces: [x]}, tag: {required: true}}] # any[1].match # namespaces
            match: {exceptNamespaces: ["dev*"]}   # not: {match: {namespaces: [dev-1]}, tag: {required: true}}   # not.match # namespaces
            match: {namespaces: [prod]}           # all: [{match: {exceptNamespaces: ["p*"]}, tag: {required: true}}] # all[0].match # namespaces
            match: {images: ["ghcr.io/**"]}       # all: [{match: {images: ["quay.io/**"]}, tag: {required: true}}] # all[0].match # images
            match: {exceptImages: ["quay.io/**"]} # all: [{match: {images: ["QUAY.io/a"]}, tag: {required: true}}] # all[0].match # images
            match: {kinds: [Pod]}                 # all: [{match: {kinds: ["*.apps"]}, tag: {required: true}}] # all[0].match # kinds
            match: {exceptKinds: [Pod]}           # all: [{match: {kinds: [Pod]}, tag: {required: true}}] # all[0].match # kinds
            match: {labels: {a: "x*"}}            # all: [{match: {labels: {a: y}}, tag: {required: true}}] # all[0].match # labels
            match: {users: [alice]}               # all: [{match: {users: [bob]}, tag: {required: true}}] # all[0].match # users
            match: {namespaces: [a], kinds: [Deployment.apps]} # all: [{match: {containers: {types: [ephemeral]}}, tag: {required: true}}] # all[0].match # containers.types
            match: {namespaces: [prod]}           # all: [{any: [{match: {namespaces: [dev]}, tag: {required: true}}]}, {tag: {required: true}}] # all[0].any[0].match # namespaces
            """)
    @DisplayName("is refused as a condition")
    void conditions(String match, String condition, String at, String key) {
        if (condition.contains("*-dev-?")) {
            // One of two is only a warning.
            assertThat(mistakes(PolicySamples.rule(match + "\n" + condition)))
                    .singleElement()
                    .asString()
                    .startsWith("spec.rules[0]." + at + ": never applies: ");
            return;
        }
        assertThat(PolicySamples.problems(PolicySamples.rule(match + "\n" + condition)))
                .contains("spec.rules[0]." + at
                        + ": never applies: no image is in it and in the match around it, because of " + key
                        + ", expected ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {namespaces: ["prod-*"]}       # all: [{match: {namespaces: ["*-dev"]}, tag: {required: true}}]
            match: {exceptNamespaces: ["dev-*"]}  # all: [{match: {namespaces: ["dev*"]}, tag: {required: true}}]
            match: {images: ["ghcr.io/**"]}       # all: [{match: {images: ["**/api"]}, tag: {required: true}}]
            match: {images: ["ghcr.io/*/a"]}      # deny: ["ghcr.io/x/*"]
            match: {images: ["docker.io/**"]}     # deny: [nginx]
            match: {images: ["r.io/{namespace}/**"]} # deny: ["r.io/prod/x"]
            match: {images: ["127.0.0.1:*/**"]}   # deny: ["2130706433:5000/**"]
            match: {images: ["0x7f.1/**"]}        # deny: ["127.*:*/**"]
            match: {groups: [sre]}                # all: [{match: {groups: [dev]}, tag: {required: true}}]
            match: {labels: {a: x}}               # all: [{match: {labels: {b: y}}, tag: {required: true}}]
            match: {exceptContainers: {types: [init], names: [a]}} # all: [{match: {containers: {types: [init]}}, tag: {required: true}}]
            match: {kinds: [Pod, Deployment.apps]} # all: [{match: {containers: {types: [ephemeral, init]}}, tag: {required: true}}]
            match: {kinds: [Rollout.argoproj.io]} # all: [{match: {containers: {types: [ephemeral]}}, tag: {required: true}}]
            match: {kinds: ["*.apps"]}            # all: [{match: {containers: {types: [ephemeral]}}, tag: {required: true}}]
            match: {images: ["ghcr.io/**"]}       # not: {deny: ["quay.io/**"]}
            match: {images: ["ghcr.io/**"]}       # allow: ["**/api"]
            """)
    @DisplayName("is no other condition")
    void reachedConditions(String match, String condition) {
        assertThat(mistakes(PolicySamples.rule(match + "\n" + condition))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {images: ["ghcr.io/**"]}         # deny: [docker.io/acme/x, nginx]            # deny
            match: {exceptImages: ["docker.io/**"]} # deny: ["acme/*"]                           # deny
            match: {images: ["ghcr.io/**"]}         # not: {allow: ["quay.io/a/**"]}             # not.allow
            match: {images: ["ghcr.io/**"]}         # all: [{deny: ["quay.io/a"]}, {tag: {required: true}}] # all[0].deny
            match: {namespaces: [a]}                # all: [{match: {images: ["ghcr.io/**"]}, deny: ["quay.io/a"]}] # all[0].deny
            """)
    @DisplayName("is refused as a list of denied images")
    void denied(String match, String condition, String at) {
        assertThat(PolicySamples.problems(PolicySamples.rule(match + "\n" + condition)))
                .endsWith(
                        "spec.rules[0]." + at
                                + ": denies nothing: the match around it has none of these images, expected some of its images");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {images: ["ghcr.io/**"]}  # deny: [ghcr.io/evil/x, nginx]           # deny[1]: "nginx" never matches here
            match: {images: ["ghcr.io/**"]}  # allow: ["ghcr.io/acme/**", nginx]       # allow[1]: "nginx" never matches here
            match: {images: ["ghcr.io/**"]}  # allow: ["quay.io/acme/**"]              # allow: allows nothing: the match around it has none
            match: {images: ["ghcr.io/**"]}  # all: [{match: {images: [ghcr.io/a, nginx]}, digest: {required: true}}] # all[0].match.images[1]: "nginx" never applies here
            match: {namespaces: ["prod-*"]}  # all: [{match: {namespaces: [dev, prod-1]}, digest: {required: true}}] # all[0].match.namespaces[0]: "dev" never applies here
            match: {kinds: [Pod, Deployment.apps], namespaces: [a], containers: {types: [ephemeral]}} # digest: {required: true} # match.kinds[1]: "Deployment.apps" has no ephemeral containers
            match: {kinds: [Job.batch], namespaces: [a], containers: {types: [init, ephemeral]}} # digest: {required: true} # match.containers.types[1]: none of the kinds has ephemeral
            """)
    @DisplayName("is warned of as one entry of a list, or where it denies more")
    void entries(String match, String condition, String warning) {
        assertThat(mistakes(PolicySamples.rule(match + "\n" + condition)))
                .singleElement()
                .asString()
                .startsWith("spec.rules[0]." + warning);
        assertThat(PolicySamples.problems(PolicySamples.rule(match + "\n" + condition)))
                .isEmpty();
    }

    @Test
    @DisplayName("is no entry of a set, which other lists have, too")
    void sets() {
        String sets = "sets: {bad: [nginx, quay.io/x], good: ['ghcr.io/a/**', redis]}\nrules:\n";
        assertThat(mistakes(PolicySamples.policy(
                        sets + "  - {name: r, match: {images: ['ghcr.io/**']}, deny: [$bad, ghcr.io/x]}\n"
                                + "  - {name: s, match: {images: ['ghcr.io/**']}, allow: [$good]}")))
                .isEmpty();
        assertThat(PolicySamples.problems(
                        PolicySamples.policy(sets + "  - {name: r, match: {images: ['ghcr.io/**']}, deny: [$bad]}")))
                .contains("spec.rules[0].deny: denies nothing");
    }

    @Test
    @DisplayName("is refused as ephemeral containers of kinds that have none")
    void ephemeralContainers() {
        assertThat(
                        PolicySamples.problemOfRule(
                                "match: {images: [nginx], kinds: [Deployment.apps, CronJob.batch], containers: {types: [ephemeral]}}\ndigest: {required: true}"))
                .endsWith(
                        "spec.rules[0].match.containers: never applies: only pods have ephemeral containers, expected Pod among"
                                + " kinds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            namespaces: [dev]         # match: {namespaces: [prod]}            # namespaces
            images: [nginx]           # match: {images: ["ghcr.io/**"]}        # images
            images: [nginx]           # match: {exceptImages: ["docker.io/**"]} # images
            "images: [nginx], kinds: [Pod]" # match: {exceptKinds: [Pod]}      # kinds
            """)
    @DisplayName("is refused as an exception")
    void exceptions(String scope, String match, String key) {
        String inside = scope.replace("\"", "");
        String outside = "  - {name: r, " + match + ", tag: {required: true}}\n  - {name: s, tag: {required: true}}";
        assertThat(PolicySamples.problems(PolicySamples.policy(EXCEPTION.formatted("r", inside, outside))))
                .contains(
                        "spec.exceptions[0]: never applies: no image is in it and in the match of its rules, because of "
                                + key);
        // One of its rules alone.
        assertThat(mistakes(PolicySamples.policy(EXCEPTION.formatted("s, r", inside, outside))))
                .singleElement()
                .asString()
                .startsWith(
                        "spec.exceptions[0].rules[1]: no image of the exception is in the match of the rule \"r\", because of "
                                + key);
        assertThat(mistakes(PolicySamples.policy(EXCEPTION.formatted("s", inside, outside))))
                .isEmpty();
    }

    @Test
    @DisplayName("is warned of as an image or a namespace of an exception")
    void entriesOfExceptions() {
        String rules = "  - {name: r, match: {images: ['ghcr.io/**'], namespaces: [prod]}, tag: {required: true}}";
        assertThat(mistakes(PolicySamples.policy(
                        EXCEPTION.formatted("r", "images: [ghcr.io/a, nginx], namespaces: [dev, prod]", rules))))
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("spec.exceptions[0].images[1]: \"nginx\" never applies here"),
                        warning -> assertThat(warning)
                                .startsWith("spec.exceptions[0].namespaces[0]: \"dev\" never applies here"));
    }

    @Test
    @DisplayName("is not looked for among very many patterns")
    void limit() {
        assertThat(mistakes(lists(3))).singleElement().asString().contains("denies nothing");
        assertThat(mistakes(lists(600))).isEmpty();
    }

    private static String lists(int size) {
        return PolicySamples.policy("sets: {s: [%s], t: [%s]}\nrules: [{name: r, match: {images: [$s]}, deny: [$t]}]"
                .formatted(patterns("a", size), patterns("b", size)));
    }

    private static String patterns(String prefix, int size) {
        return IntStream.range(0, size).mapToObj(i -> prefix + i + "*x").collect(Collectors.joining(", "));
    }

    // A law: what is refused because nothing is in both is never in both.

    private static final List<String> NAMESPACES = List.of("prod", "prod-1", "dev", "dev-1", "x");
    private static final List<String> NAMESPACE_GLOBS =
            List.of("prod", "prod*", "prod-?", "dev", "*-1", "d*", "?", "*");
    private static final List<String> IMAGES = List.of(
            "nginx:1",
            "Docker.io/nginx",
            "acme/api:2",
            "ghcr.io/acme/api:1",
            "ghcr.io:5000/acme/api",
            "GHCR.io/x",
            "a.b.io/dev/x",
            "127.0.0.1:5000/x",
            "127.1:5000/x",
            "2130706433:5000/x");
    private static final List<String> PATTERNS = List.of(
            "nginx",
            "nginx:1",
            "registry-1.docker.io/**",
            "acme/*",
            "**/api",
            "ghcr.io/**",
            "ghcr.io:*/**",
            "ghcr.io/*/api:1",
            "*.io/**",
            "*.b.io:*/**",
            "a.b.io/{namespace}/*",
            "127.*:*/**",
            "2130706433:5000/**",
            "127.0.0.1:5000/x",
            "**");
    private static final List<String> KINDS = List.of("Pod", "Deployment.apps", "Job.batch");
    private static final List<String> KIND_GLOBS =
            List.of("Pod", "Deployment.apps", "*.apps", "*.batch", "*", "Job.batch");
    private static final List<String> USERS = List.of("alice", "bob");

    private record Drawn(String namespace, String image, String kind, ContainerType type, String user) {

        ImageReview review() {
            return ImageReview.builder()
                    .namespace(namespace)
                    .kind(kind)
                    .user(user)
                    .groups(List.of("sre", "dev"))
                    .labels(Map.of("tier", user))
                    .images(List.of(
                            ReviewedImage.of(image, "spec.containers", 0).withContainer(type, "c")))
                    .build();
        }
    }

    private static String draw(Random random, List<String> globs) {
        return random.ints(1 + random.nextInt(2), 0, globs.size())
                .mapToObj(i -> "'" + globs.get(i) + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String match(Random random, boolean excluding) {
        Map<String, String> keys = new HashMap<>();
        for (int i = random.nextInt(2); i < 2; i++) {
            String except = excluding && random.nextInt(3) == 0 ? "except" : "";
            switch (random.nextInt(6)) {
                case 0 -> keys.put(key(except, "namespaces"), draw(random, NAMESPACE_GLOBS));
                case 1 -> keys.put(key("", "images"), draw(random, PATTERNS));
                case 2 -> keys.put(key(except, "kinds"), draw(random, KIND_GLOBS));
                case 3 -> keys.put(key(except, "users"), draw(random, USERS));
                case 4 -> keys.put(key(except, "groups"), draw(random, List.of("sre", "dev", "ops")));
                default ->
                    keys.put(
                            key(except, "containers"),
                            "{types: " + draw(random, List.of("ephemeral", "init", "container")) + "}");
            }
        }
        return keys.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String key(String except, String key) {
        return except.isEmpty() ? key : except + Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }

    @Test
    @DisplayName("has no image that the match around it has, whatever it is")
    void law() {
        Random random = new Random(11);
        List<Drawn> drawn = new ArrayList<>();
        NAMESPACES.forEach(namespace -> IMAGES.forEach(image -> KINDS.forEach(kind -> USERS.forEach(
                user -> List.of(ContainerType.CONTAINER, ContainerType.INIT, ContainerType.EPHEMERAL).stream()
                        .filter(type -> type != ContainerType.EPHEMERAL || kind.equals("Pod"))
                        .forEach(type -> drawn.add(new Drawn(namespace, image, kind, type, user)))))));
        int refused = 0;
        int tries = 400;
        for (int i = 0; i < tries; i++) {
            String outer = match(random, true);
            boolean denying = random.nextInt(3) == 0;
            String inner = denying ? draw(random, PATTERNS) : match(random, true);
            String condition = denying ? "deny: " + inner : "all: [{match: {" + inner + "}, tag: {deny: ['*']}}]";
            String problems = PolicySamples.problems(PolicySamples.rule("match: {" + outer + "}\n" + condition));
            boolean never = problems.contains("no image is in it and") || problems.contains("denies nothing");
            if (!never) {
                continue;
            }
            refused++;
            PolicySet around = policies("match: {" + outer + "}\ndeny: ['**']");
            PolicySet inside = policies(denying ? condition : "match: {" + inner + "}\ndeny: ['**']");
            for (Drawn each : drawn) {
                ImageReview review = each.review();
                assertThat(around.decide(review).allowed()
                                || inside.decide(review).allowed())
                        .as("%s: %s, %s", each, outer, condition)
                        .isTrue();
            }
        }
        assertThat(refused).isBetween(tries / 20, tries / 2);
    }

    private static PolicySet policies(String rule) {
        return PolicySamples.documents().read("p.yaml", PolicySamples.rule(rule));
    }
}
