package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policytest.PolicyTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is valid, and by its text alone not what was meant")
class ProbableMistakesTest {

    private static List<DocumentProblem> warnings(String rule) {
        List<DocumentProblem> warnings = new ArrayList<>();
        String text = PolicySamples.rule(rule);
        PolicySamples.documents().withWarnings(warnings::add).read("p.yaml", text);
        List<DocumentProblem> refused = refused(text);
        assertThat(warnings).as("strict loading refuses them").containsAll(refused);
        // What ImagePolicyWebhook does not tell, and what controllers do, are no mistakes.
        return refused;
    }

    private static List<DocumentProblem> refused(String text) {
        try {
            PolicySamples.documents().strict().read("p.yaml", text);
            return List.of();
        } catch (PolicyDocumentException e) {
            return e.problems();
        }
    }

    private static void assertMeant(String rule, String message, String meant) {
        assertThat(warnings(rule)).singleElement().satisfies(warning -> {
            assertThat(warning.message()).contains(message).contains(meant);
            assertThat(warning.suggestion().orElse("")).isEqualTo(meant);
            assertThat(warning.line()).isEqualTo(7);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "evil.io/*, evil.io/**, deeper paths of its registry allowed",
        "evil.io:5000/*:1, evil.io:5000/**:1, deeper paths of its registry allowed",
        "registry.k8s.io/*, registry.k8s.io/**, deeper paths of its registry allowed",
        "evil.io/**, evil.io:*/**, the same host with another port allowed",
        "*.evil.io/**, *.evil.io:*/**, the same host with another port allowed",
        "10.*/**, 10.*:*/**, the same host with another port allowed",
        "'[::1]/**', '[::1]:*/**', the same host with another port allowed",
        "localhost/**, localhost:*/**, the same host with another port allowed",
    })
    @DisplayName("is a denied pattern that leaves images of its registry")
    void denied(String pattern, String meant, String left) {
        String list = "[nginx, \"" + pattern + "\"]";
        assertMeant("deny: " + list, "spec.rules[0].deny[1]: \"" + pattern + "\" leaves " + left, meant);
        assertMeant("not: {allow: " + list + "}", "spec.rules[0].not.allow[1]: ", meant);
        assertMeant("all: [{deny: " + list + "}]", "spec.rules[0].all[0].deny[1]: ", meant);
        assertThat(warnings("allow: " + list)).isEmpty();
        assertThat(warnings("not: {deny: " + list + "}")).isEmpty();
        assertThat(warnings("deny: [\"" + meant.replace("evil.io/**", "evil.io:*/**") + "\", \"" + pattern + "\"]"))
                .isEmpty();
    }

    @Test
    @DisplayName("is one beside which another is to be written")
    void beside() {
        assertThat(warnings("deny: [\"evil.io/acme*\"]")).singleElement().satisfies(warning -> {
            assertThat(warning.message())
                    .endsWith("leaves deeper paths of its registry allowed: write \"evil.io/acme*/**\", too");
            assertThat(warning.suggestion()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.io/acme/*",
                "evil.io/acme/**",
                "evil.io:*/**",
                "evil.io:5000/**",
                "evil.io/**:1",
                "evil.io/x",
                "**/x",
                "**",
                "ghcr.io/**",
                "docker.io/**",
                "registry-1.docker.io/**",
                "*.docker.io/**",
                "*.gcr.io/**",
                "eu.gcr.io/**",
                "123.dkr.ecr.eu-west-1.amazonaws.com/**",
                "docker.io/library/*",
                "acme/*",
                "nginx*"
            })
    @DisplayName("is no other denied pattern")
    void deniedEnough(String pattern) {
        assertThat(warnings("deny: [\"" + pattern + "\"]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.0/8          | 10.*:*/**            | is the repository "8" of the registry "10.0.0.0" and no network
            172.16.0.0/16       | 172.16.*:*/**        | and no network
            192.168.7.0/24      | 192.168.7.*:*/**     | and no network
            192.168.7.9/32      | 192.168.7.9:*/**     | and no network
            myregistry:5000     | myregistry:5000/**   | is an image of Docker Hub with a tag
            my-registry:443     | my-registry:443/**   | is an image of Docker Hub with a tag
            registry:30500      | registry:30500/**    | or "docker.io/library/registry:30500" for the image
            """)
    @DisplayName("is a network, or a registry without a repository, in any list of patterns")
    void patterns(String pattern, String meant, String message) {
        for (String rule : List.of(
                "allow: [\"%s\"]",
                "deny: [\"%s\"]",
                "match: {images: [\"%s\"]}\ntag: {required: true}",
                "match: {exceptImages: [\"%s\"]}\ntag: {required: true}")) {
            assertThat(warnings(rule.formatted(pattern))).singleElement().satisfies(warning -> {
                assertThat(warning.message()).contains("\"" + pattern + "\" ", message, "write \"" + meant + "\"");
                assertThat(warning.suggestion()).contains(meant);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/x",
                "10.0.0.0/8/x",
                "10.0.0.256/8",
                "10.0.0.0/33",
                "10.0.0.0:5000/8",
                "node:20",
                "postgres:16.1",
                "amazonlinux:2023",
                "myregistry:5000/**",
                "docker.io/library/myregistry:5000",
                "acme/app:5000",
                "app:70000"
            })
    @DisplayName("is no other pattern")
    void otherPatterns(String pattern) {
        assertThat(warnings("allow: [\"" + pattern + "\"]")).isEmpty();
    }

    @Test
    @DisplayName("is a network that no pattern matches")
    void oddNetwork() {
        assertThat(warnings("deny: [172.16.0.0/12]")).singleElement().satisfies(warning -> {
            assertThat(warning.message())
                    .endsWith("write patterns such as \"10.1.*:*/**\", which end after a whole number");
            assertThat(warning.suggestion()).isEmpty();
        });
    }

    @Test
    @DisplayName("is told of sets where they are defined, in files by their lines, and of long lists in a few words")
    void sets(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("list.txt"), "nginx\n  10.0.0.0/8 # ours\n");
        Files.writeString(folder.resolve("p.yaml"), PolicySamples.policy("""
                sets: {a: [10.1.0.0/16], b: {file: list.txt}, c: [%s]}
                rules: [{name: r, allow: [$a, $b]}, {name: s, deny: [$c]}]
                """.formatted(
                IntStream.range(0, 50).mapToObj(i -> "evil" + i + ".io/**").collect(Collectors.joining(", ")))));
        List<String> warnings = new ArrayList<>();
        PolicySamples.documents()
                .withWarnings(warning -> warnings.add(warning.toString()))
                .load(folder);
        assertThat(warnings)
                .hasSize(13)
                .anyMatch(warning -> warning.contains("p.yaml:5:14: spec.sets.a[0]: \"10.1.0.0/16\" is"))
                .anyMatch(warning -> warning.contains("list.txt:2:3: \"10.0.0.0/8\" is"))
                .anyMatch(warning -> warning.contains("spec.rules[1].deny[0]: \"evil9.io/**\" leaves"))
                .anyMatch(warning -> warning.contains("spec.rules[1].deny: 40 more patterns leave images"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {users: ["%s"]}                      # system:serviceaccount:ci:.* # system:serviceaccount:ci:*
            match: {users: ["%s"]}                      # ^alice$                     # alice
            match: {users: ["%s"]}                      # .*@example.com              # *@example.com
            match: {exceptUsers: ["%s"]}                # dev-[0-9]+                  # dev-*
            match: {users: ["%s"]}                      # alice|bob                   # ''
            match: {groups: ["%s"]}                     # team-.+                     # team-*
            match: {groups: ["%s"]}                     # (dev|ops)-x                 # ''
            match: {exceptGroups: ["%s"]}               # admin.*                     # admin*
            match: {images: [nginx], names: ["%s"]}     # web-.*                      # web-*
            """)
    @DisplayName("is a regular expression among users, groups and names")
    void regularExpressions(String match, String written, String meant) {
        assertThat(warnings(match.formatted(written) + "\ntag: {required: true}"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message())
                            .contains("\"" + written + "\" looks like a regular expression, and is compared as a glob")
                            .contains(
                                    meant.isEmpty()
                                            ? "each alternative as an element of the list"
                                            : "write \"" + meant + "\"");
                    assertThat(warning.suggestion().orElse("")).isEqualTo(meant);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {".*", "[0-9]+", "^.+$", "\\d+"})
    @DisplayName("is no advice to let in everybody")
    void everybody(String written) {
        assertThat(warnings("match: {groups: ['" + written + "']}\ntag: {required: true}"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message()).endsWith("are wildcards: write one such as \"ci-*\"");
                    assertThat(warning.suggestion()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:ci:*",
                "*@example.com",
                "*.*@example.com",
                "alice.smith",
                "https://dev.auth0.com/#auth0|5f7c8ec7c33c6c004bbafe82",
                "google-oauth2|1234",
                "samlp|acme|jane",
                "WORKSTATION$",
                "arn:aws:iam::123456789012:role/ci",
                "oidc:[team]",
                "system:node:*",
                "system:node*",
                "jane+ci@example.com"
            })
    @DisplayName("is no other name")
    void names(String name) {
        assertThat(warnings("match: {users: [\"" + name + "\"]}\ntag: {required: true}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"v.*, v*", "release-.*, release-*", "main.*, main*"})
    @DisplayName("is a regular expression as a tag")
    void tags(String written, String meant) {
        for (String list : List.of("allow", "deny")) {
            assertMeant(
                    "tag: {" + list + ": [latest, \"" + written + "\"]}",
                    "spec.rules[0].tag." + list + "[1]: \"" + written + "\" looks like a regular expression",
                    meant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.*", "v1.25.*", "v?.*", "*.*.*", "*-latest", "v*"})
    @DisplayName("is no other tag")
    void otherTags(String tag) {
        assertThat(warnings("tag: {allow: [\"" + tag + "\"]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:masters",
                "system:authenticated",
                "system:nodes",
                "system:bootstrappers:kubeadm:default-node-token",
                "kubeadm:cluster-admins"
            })
    @DisplayName("is a group among users")
    void groups(String group) {
        assertThat(warnings("match: {exceptUsers: [alice, \"" + group + "\"]}\ntag: {required: true}"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("spec.rules[0].match.exceptUsers[1]: \"" + group
                                + "\" is the name of a group, and no user has it: compare groups"));
        assertThat(warnings("match: {exceptGroups: [\"" + group + "\"]}\ntag: {required: true}"))
                .isEmpty();
    }

    private static List<String> breakGlass(String value, String more) {
        return refused(PolicySamples.policy(
                        "rules: [{name: r, tag: {required: true}}]\nbreakGlass: {annotation: a, value: '" + value
                                + "', namespaces: [b]" + more + "}"))
                .stream()
                .map(DocumentProblem::message)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^INC", "INC-[0-9]+", "INC-.*", "INC-1|INC-2", "INC-\\d"})
    @DisplayName("is a regular expression as the value of break-glass, which may be a password and is not told")
    void breakGlassValues(String value) {
        assertThat(breakGlass(value, ""))
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .startsWith("spec.breakGlass.value: this looks like a regular expression")
                        .doesNotContain(value));
    }

    @Test
    @DisplayName("is what users and groups of break-glass are compared with, too")
    void breakGlassUsers() {
        assertThat(breakGlass("INC-*", ", users: ['system:masters'], groups: ['sre|ops']"))
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("is the name of a group"),
                        message -> assertThat(message).contains("each alternative as an element"));
        for (String value : List.of("INC-*", "s3cret", "a+b(c)", "kP$9.x", "ticket.1*")) {
            assertThat(breakGlass(value, ", users: [alice]")).as(value).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {namespaces: ["prod-*"]}        # {default: warn, audit: ["dev-*"]}          # audit[0] # dev-*
            match: {namespaces: ["prod-*"]}        # {warn: ["prod-eu", "prod"]}                # warn[1]  # prod
            match: {exceptNamespaces: ["dev-*"]}   # {audit: [sandbox, "dev-a*"]}               # audit[1] # dev-a*
            """)
    @DisplayName("is an enforcement for namespaces that the rule does not apply to")
    void enforcement(String match, String enforce, String entry, String namespaces) {
        assertThat(warnings(match + "\nenforce: " + enforce + "\ntag: {required: true}"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("spec.rules[0].enforce." + entry
                                + ": the match of the rule leaves out the namespaces of \"" + namespaces
                                + "\", so this has no effect: write it in match.namespaces, too, or leave it out"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            match: {namespaces: ["prod-*"]}        # {default: warn, audit: ["*-dev"]}
            match: {namespaces: ["prod-*", dev]}   # {audit: ["d??"]}
            match: {exceptNamespaces: ["dev-*"]}   # {audit: ["dev*"]}
            match: {images: [nginx]}               # {audit: ["dev-*"]}
            """)
    @DisplayName("is no other enforcement")
    void reachedEnforcement(String match, String enforce) {
        assertThat(warnings(match + "\nenforce: " + enforce + "\ntag: {required: true}"))
                .isEmpty();
    }

    @Test
    @DisplayName("is refused only by strict loading, which refuses nothing that depends on the day or the protocol")
    void strict() {
        String text = PolicySamples.policy("""
                rules:
                  - {name: r, match: {users: [alice], images: ["ghcr.io/*"]}, tag: {required: true}}
                  - {name: c, match: {kinds: [Pod]}, tag: {required: true}}
                exceptions: [{rules: [r], images: ["ghcr.io/x"], reason: old, expires: 2026-01-31}]
                """);
        List<DocumentProblem> warnings = new ArrayList<>();
        PolicyDocuments strict =
                PolicySamples.documents().withWarnings(warnings::add).strict();
        strict.read("p.yaml", text);
        assertThat(warnings).hasSize(4);
        assertThatThrownBy(() -> strict.read("p.yaml", PolicySamples.rule("deny: [\"evil.io/*\"]")))
                .hasMessage(
                        "p.yaml:7:14: spec.rules[0].deny[0]: \"evil.io/*\" leaves deeper paths of its registry allowed: write"
                                + " \"evil.io/**\"");
        // Reading with another clock finds the same.
        assertThat(strict.withClock(InstantSource.fixed(Instant.parse("2040-01-01T00:00:00Z")))
                        .read("p.yaml", text)
                        .policies())
                .hasSize(1);
    }

    @Test
    @DisplayName("is told of the policies of policy tests, and refused by strict ones")
    void policyTests(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("p.yaml"), PolicySamples.rule("deny: [\"evil.io/*\"]"));
        Path test = Files.writeString(folder.resolve("t-test.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec: {policy: p.yaml, cases: [{name: c, image: evil.io/x, expect: {decision: denied}}]}
                """);
        for (Path tested : List.of(test, folder)) {
            List<String> warnings = new ArrayList<>();
            assertThat(new PolicyTests(
                                    PolicySamples.documents().withWarnings(warning -> warnings.add(warning.toString())))
                            .run(tested.toString()))
                    .singleElement()
                    .satisfies(result -> assertThat(result.passed()).isTrue());
            assertThat(warnings).singleElement().asString().contains("p.yaml:7:14: spec.rules[0].deny[0]: ");
            assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents().strict()).run(tested.toString()))
                    .isInstanceOf(PolicyDocumentException.class)
                    .hasMessageContaining("write \"evil.io/**\"");
        }
    }
}
