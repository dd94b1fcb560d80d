package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A match")
class ScopesTest {

    private static final ImageReview TOLD = told().build();
    private static final ImageReview UNTOLD = ImageReview.of("nginx").inNamespace("prod");

    private static ImageReviewBuilder told() {
        return ImageReview.builder()
                .namespace("prod")
                .kind("Deployment.apps")
                .name("web-1")
                .labels(Map.of("tier", "frontend", "app.kubernetes.io/name", "web"))
                .annotations(Map.of("example.com/sidecar", "yes, please"))
                .operation("UPDATE")
                .user("system:serviceaccount:ci:deployer")
                .groups(List.of("developers", "system:serviceaccounts:ci"))
                .images(List.of(ReviewedImage.of("nginx", "spec.template.spec.initContainers", 0)
                        .withContainer(ContainerType.INIT, "istio-proxy")));
    }

    private static PolicySet load(String spec) {
        return PolicySamples.documents().read("p.yaml", PolicySamples.policy(spec));
    }

    private static Decision decide(String spec, ImageReview review) {
        return load(spec).decide(review);
    }

    private static List<String> warnings(String spec) {
        List<String> warnings = new ArrayList<>();
        PolicySamples.documents()
                .withWarnings(warning -> warnings.add(warning.toString()))
                .read("p.yaml", PolicySamples.policy(spec));
        return warnings;
    }

    /** What matches the image that is told, and what nearly does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds       | [Pod, Deployment.apps]                     | [Pod, Deployment.extensions]
            kinds       | ["Deployment*"]                            | ["*.batch", "Deployment?"]
            names       | ["web-?"]                                  | [web, web-2, "web-??"]
            labels      | {tier: "front*"}                           | {tier: front}
            labels      | {tier: [backend, frontend]}                | {tier: [backend, "frontend?"]}
            labels      | {tier: "*", app.kubernetes.io/name: web}   | {tier: "*", app.kubernetes.io/name: api}
            labels      | {tier: "*"}                                | {Tier: "*"}
            annotations | {example.com/sidecar: "yes,*"}             | {example.com/sidecar: "yes"}
            annotations | {example.com/sidecar: [no, "*"]}           | {example.com/sidecars: "*"}
            operations  | [CREATE, UPDATE]                           | [CREATE]
            users       | ["system:serviceaccount:ci:*"]             | ["system:serviceaccount:c:*", deployer]
            groups      | [sre, developers]                          | [developer, "system:serviceaccounts"]
            groups      | ["system:serviceaccounts:*"]               | ["system:serviceaccounts"]
            containers  | {types: [init]}                            | {types: [container, ephemeral, volume]}
            containers  | {names: ["istio-*"]}                       | {names: [istio, proxy]}
            containers  | {types: [init, volume], names: ["*"]}      | {types: [init], names: [proxy]}
            """)
    @DisplayName("includes and excludes by what is told about the request")
    void criteria(String key, String hit, String miss) {
        String except = "except" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
        String rule = "rules: [{name: r, match: {%s: %s}, deny: [nginx]}]";
        assertThat(decide(rule.formatted(key, hit), TOLD).allowed()).isFalse();
        assertThat(decide(rule.formatted(key, miss), TOLD).allowed()).isTrue();
        String excluding = "rules: [{name: r, match: {namespaces: [prod], %s: %s}, deny: [nginx]}]";
        boolean everything = key.equals("operations");
        if (!everything) {
            assertThat(decide(excluding.formatted(except, hit), TOLD).allowed()).isTrue();
        }
        assertThat(decide(excluding.formatted(except, miss), TOLD).allowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds       | [Pod]
            names       | [web]
            labels      | {tier: frontend}
            annotations | {example.com/sidecar: yes}
            operations  | [CREATE]
            users       | [alice]
            groups      | [sre]
            containers  | {types: [init]}
            containers  | {names: [proxy]}
            """)
    @DisplayName(
            "includes what is not told and never excludes it; inside of a rule it is unknown, and exceptions leave it out")
    void untold(String key, String value) {
        String except = "except" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
        for (String match : List.of(key, except)) {
            String rule =
                    "rules: [{name: r, match: {namespaces: [prod], %s: %s}, deny: [nginx]}]".formatted(match, value);
            assertThat(decide(rule, UNTOLD).allowed()).as(match).isFalse();
            String inside = "rules: [{name: r, any: [{match: {namespaces: [prod], %s: %s}, allow: [nginx]}]}]"
                    .formatted(match, value);
            assertThat(decide(inside, UNTOLD).reason()).as(match).contains("does not tell what");
        }
        String exception = "rules: [{name: r, deny: [nginx]}]\n"
                + "exceptions: [{rules: [r], namespaces: [prod], %s: %s, reason: x, expires: 2027-01-31}]";
        assertThat(decide(exception.formatted(key, value), UNTOLD).allowed()).isFalse();
        assertThat(decide(exception.formatted("images", "[nginx]"), UNTOLD).allowed())
                .isTrue();
    }

    @Test
    @DisplayName("of an exception takes the same properties")
    void exceptions() {
        String spec =
                "rules: [{name: r, deny: [nginx]}]\nexceptions: [{rules: [r], %s, reason: x, expires: 2027-01-31}]";
        String sidecar = spec.formatted("images: [nginx], containers: {types: [%s], names: [istio-proxy]}");
        assertThat(decide(sidecar.formatted("init"), TOLD).allowed()).isTrue();
        assertThat(decide(sidecar.formatted("container"), TOLD).allowed()).isFalse();
        String ofCi = spec.formatted("users: [\"system:serviceaccount:%s:*\"]");
        assertThat(decide(ofCi.formatted("ci"), TOLD).allowed()).isTrue();
        assertThat(decide(ofCi.formatted("cd"), TOLD).allowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds: [Pod]
            names: [web]
            labels: {tier: frontend}
            annotations: {a: b}
            operations: [CREATE]
            containers: {names: [proxy]}
            containers: {types: [init]}, labels: {tier: frontend}
            """)
    @DisplayName(
            "of an exception does not rest on what the author of a pod chooses alone, and loading warns of such a rule")
    void chosen(String scope) {
        String exception = PolicySamples.policy("rules: [{name: r, deny: [nginx]}]\nexceptions: [{rules: [r], " + scope
                + "%s, reason: x, expires: 2027-01-31}]");
        assertThat(PolicySamples.problems(exception.formatted("")))
                .isEqualTo(
                        "p.yaml:6:16: spec.exceptions[0]: exception: whoever writes a pod chooses what it depends on,"
                                + " expected images, namespaces, users or groups, too");
        assertThat(PolicySchema.accepts(exception.formatted(""))).isFalse();
        for (String more : List.of("images: [nginx]", "namespaces: [a]", "users: [a]", "groups: [a]")) {
            assertThat(PolicySamples.problems(exception.formatted(", " + more)))
                    .as(more)
                    .isEmpty();
            assertThat(PolicySchema.accepts(exception.formatted(", " + more)))
                    .as(more)
                    .isTrue();
        }
        for (String rule : List.of("deny: [nginx], match: {%s}", "any: [{deny: [nginx], match: {%s}}]")) {
            String spec = "rules: [{name: r, " + rule + "}]";
            assertThat(warnings(spec.formatted(scope)))
                    .filteredOn(warning -> warning.contains("whoever writes a pod"))
                    .singleElement()
                    .asString()
                    .contains("match: ");
            assertThat(warnings(spec.formatted(scope + ", namespaces: [a]")))
                    .noneMatch(warning -> warning.contains("whoever writes a pod"));
        }
    }

    @Test
    @DisplayName("makes loading say once what ImagePolicyWebhook does not tell")
    void untoldByImagePolicyWebhook() {
        String rules = "rules: [{name: r, match: {namespaces: [a], %s}, deny: [nginx]}, "
                + "{name: s, match: {namespaces: [a], %s}, deny: [nginx]}]";
        assertThat(warnings(rules.formatted("users: [a], exceptUsers: [b]", "exceptLabels: {a: b}")))
                .containsExactly(
                        "p.yaml:5:53: spec.rules[0].match.users: ImagePolicyWebhook does not tell users, labels."
                                + " Behind it, a rule applies whatever they are, an exception or break-glass that names them does not, and a"
                                + " condition inside of a rule that depends on them is unknown, which denies");
        assertThat(warnings(rules.formatted("annotations: {a.image-policy.k8s.io/b: c}", "kinds: [Pod]")))
                .isEmpty();
        assertThat(warnings(rules.formatted("annotations: {a: c}", "exceptKinds: [Pod]")))
                .singleElement()
                .asString()
                .contains("does not tell annotations without .image-policy.k8s.io/ in their keys. Behind");
        assertThat(warnings("rules: [{name: r, deny: [nginx]}]\nexceptions: [{rules: [r], groups: [a],"
                        + " reason: x, expires: 2027-01-31}]"))
                .singleElement()
                .asString()
                .contains("spec.exceptions[0].groups: ImagePolicyWebhook does not tell groups.");
    }

    @Test
    @DisplayName("of a kind in which no images are found makes loading warn")
    void kindsWithoutImages() {
        String spec = "rules: [{name: r, match: {namespaces: [a], %s}, deny: [nginx]}]\n";
        assertThat(warnings(spec.formatted("kinds: [Pod, Rollot.argoproj.io]")))
                .containsExactly("p.yaml:5:59: spec.rules[0].match.kinds[1]: no images are found in objects of the kind"
                        + " \"Rollot.argoproj.io\", so this never matches: say in workloads where they stand"
                        + " (did you mean \"Rollout.argoproj.io\"?)");
        assertThat(warnings(spec.formatted("exceptKinds: [Own.example.com]")))
                .singleElement()
                .asString()
                .endsWith("say in workloads where they stand");
        assertThat(warnings(spec.formatted("kinds: [Pod, Rollout.argoproj.io, \"Rollot*\", Deployment.extensions]")))
                .isEmpty();
        assertThat(warnings(spec.formatted("kinds: [Own.example.com]")
                        + "workloads: [{kind: Own.example.com, podSpec: spec.template.spec}]"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            kinds: [Deployment] # kinds[0]: kind "Deployment" can never match: expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io (did you mean "Deployment.apps"?)
            kinds: [Deploymnet.apps] # kinds[0]: kind "Deploymnet.apps" can never match: expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io (did you mean "Deployment.apps"?)
            kinds: [pod] # kinds[0]: kind "pod" can never match: expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io (did you mean "Pod"?)
            kinds: [Service] # kinds[0]: kind "Service" can never match: expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io
            kinds: [rollout.argoproj.io] # kinds[0]: kind "rollout.argoproj.io" can never match: expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io (did you mean "Rollout.argoproj.io"?)
            kinds: [apps/v1/Deployment] # kinds[0]: kind "apps/v1/Deployment" can never match: expected Kind.group, without a version (did you mean "Deployment.apps"?)
            kinds: ["Pod,Job.batch"] # kinds[0]: kind "Pod,Job.batch" can never match: expected Kind.group of letters, digits and '-', with the wildcards '*' and '?'; write each as an element of the list
            kinds: [Deployment.batch] # kinds[0]: kind "Deployment.batch" can never match: expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io (did you mean "Deployment.apps"?)
            names: [Web] # names[0]: name "Web" can never match: the name of an object has only lower-case letters, digits, '-' and '.' and the wildcards '*' and '?' (did you mean "web"?)
            names: ["!web"] # names[0]: name "!web" can never match: the name of an object has only lower-case letters, digits, '-' and '.' and the wildcards '*' and '?'; to exclude a name, write exceptNames: ["web"] in a match
            labels: {} # labels: empty, expected at least one of KEY: GLOB
            labels: {"a b": c} # labels.a b: label "a b": expected a key such as example.com/team: at most 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit, optionally after a DNS name and '/'
            labels: {a: b c} # labels.a: value of a label "b c" can never match: the value of a label has only letters, digits, '_', '.' and '-', with a letter or digit at both ends, and the wildcards '*' and '?'
            labels: {a: []} # labels.a: an empty list, expected at least one element
            annotations: {a: ""} # annotations.a: a glob must not be empty: write * for any text
            operations: [create] # operations[0]: "create", expected one of CREATE, UPDATE (did you mean CREATE?)
            operations: [DELETE] # operations[0]: "DELETE" can never match: it runs no image, expected one of CREATE, UPDATE
            users: ["system:serviceaccount:ci"] # users[0]: user "system:serviceaccount:ci" can never match: expected system:serviceaccount:NAMESPACE:NAME (did you mean "system:serviceaccount:ci:*"?)
            users: ["system:serviceaccounts:ci"] # users[0]: user "system:serviceaccounts:ci" can never match: this is the name of a group; write it as one of groups
            groups: ["system:serviceaccount:ci:a"] # groups[0]: group "system:serviceaccount:ci:a" can never match: this is the name of a user; write it as one of users
            containers: {} # containers: empty, expected at least one of types, names
            containers: {types: [ephemerals]} # containers.types[0]: "ephemerals", expected one of container, init, ephemeral, volume (did you mean ephemeral?)
            containers: {types: [Init]} # containers.types[0]: "Init", expected one of container, init, ephemeral, volume (did you mean init?)
            containers: {names: ["!a"]} # containers.names[0]: container "!a" can never match: the name of a container has only lower-case letters, digits and '-' and the wildcards '*' and '?'; to exclude a container, write exceptContainers: {names: ["a"]} in a match
            containers: {names: [A_b]} # containers.names[0]: container "A_b" can never match: the name of a container has only lower-case letters, digits and '-' and the wildcards '*' and '?'
            containers: {name: [a]} # containers: unknown key "name", expected one of types, names (did you mean names?)
            """)
    @DisplayName("with what can never match is refused")
    void refused(String match, String problem) {
        String rule = PolicySamples.rule("match: {" + match + "}\ndeny: [nginx]");
        assertThat(PolicySamples.problems(rule)).endsWith("spec.rules[0].match." + problem);
        assertThat(PolicySchema.accepts(rule)).isFalse();
        String exception =
                PolicySamples.policy("rules: [{name: r, deny: [nginx]}]\nexceptions: [{rules: [r], images: [nginx], "
                        + match + ", reason: x, expires: 2027-01-31}]");
        assertThat(PolicySamples.problems(exception)).endsWith("spec.exceptions[0]." + problem);
        assertThat(PolicySchema.accepts(exception)).isFalse();
        String excluding = PolicySamples.rule(
                "match: {except" + Character.toUpperCase(match.charAt(0)) + match.substring(1) + "}\ndeny: [nginx]");
        assertThat(PolicySamples.problems(excluding)).contains(problem.substring(problem.indexOf(": ")));
        assertThat(PolicySchema.accepts(excluding)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            kinds: [Pod, Job.batch, Deployment.extensions, PodTemplate, Rollout.argoproj.io, "*", "Rollout*", "*.argoproj.io", "?ob.batch"]
            names: [web, web.example, 1, "*-x"]
            labels: {example.com/a: 1, b: ["x_y", A.b]}
            annotations: {example.com/a: "any text, of course", b: ["x", 1.20]}
            operations: [CREATE, UPDATE]
            users: [alice@example.com, "system:serviceaccount:ci:a", "system:serviceaccount:*", "*", "CN=x, O=y"]
            groups: ["system:serviceaccounts", "system:serviceaccounts:ci", "a b"]
            containers: {types: [container, init, ephemeral, volume], names: [a-b, "istio-*"]}
            containers: {types: [init]}
            """)
    @DisplayName("with what can match loads")
    void accepted(String match) {
        String rule = PolicySamples.rule("match: {" + match + "}\ndeny: [nginx]");
        assertThat(PolicySamples.problems(rule)).isEmpty();
        assertThat(PolicySchema.accepts(rule)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            {exceptKinds: ["*"]} # exceptKinds
            {kinds: [Pod], exceptKinds: ["P*"]} # exceptKinds
            {exceptOperations: [UPDATE, CREATE]} # exceptOperations
            {operations: [UPDATE], exceptOperations: [UPDATE]} # exceptOperations
            {exceptContainers: {types: [container, init, ephemeral, volume]}} # exceptContainers
            {containers: {types: [init], names: [a]}, exceptContainers: {types: [init]}} # exceptContainers
            {labels: {a: b, c: d}, exceptLabels: {a: "*"}} # exceptLabels
            {groups: [a], exceptGroups: [a, b]} # exceptGroups
            {exceptUsers: ["?*"]} # exceptUsers
            """)
    @DisplayName("that leaves nothing is refused")
    void nothingLeft(String match, String key) {
        assertThat(PolicySamples.problems(PolicySamples.rule("match: " + match + "\ndeny: [nginx]")))
                .endsWith(
                        "match." + key + ": every image is excluded, so this never applies; expected images that do not"
                                + " have to comply");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            {kinds: [Pod, Job.batch], exceptKinds: ["P*"]}
            {containers: {types: [init]}, exceptContainers: {types: [init], names: [a]}}
            {exceptLabels: {a: "*"}}
            {labels: {a: b}, exceptLabels: {a: "*", c: d}}
            {labels: {a: b}, exceptAnnotations: {a: b}}
            {exceptGroups: ["*"]}
            {exceptUsers: ["?"]}
            """)
    @DisplayName("that leaves something loads")
    void somethingLeft(String match) {
        assertThat(PolicySamples.problems(PolicySamples.rule("match: " + match + "\ndeny: [nginx]")))
                .isEmpty();
    }
}
