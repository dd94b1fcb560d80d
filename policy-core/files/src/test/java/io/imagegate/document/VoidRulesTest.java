package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.NamedRule;
import io.imagegate.rule.Rules;
import io.imagegate.text.SafeText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What can never match")
class VoidRulesTest {

    private static final String TAG =
            " can never match: a tag has only letters, digits, '_', '.' and '-' and the wildcards '*' and '?'";
    private static final String NAMESPACE =
            " can never match: a namespace has only lower-case letters, digits and '-' and the wildcards '*' and '?'";

    @ParameterizedTest(name = "tag.deny: [{0}]{1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                ":latest # ` (did you mean \"latest\"?)`",
                "nginx:latest # ` (did you mean \"latest\"?)`",
                "^latest$ # ` (did you mean \"latest\"?)`",
                "^1.*-rc$ # ` (did you mean \"1*-rc\"?)`",
                "latest,edge # `; write each as an element of the list: [latest, edge]`",
                "latest, edge # `; write each as an element of the list: [latest, edge]`",
                "-rc # ``",
                "(a|b) # ``",
            })
    @DisplayName("is refused as a tag")
    void tags(String tag, String hint) {
        for (String list : new String[] {"deny", "allow"}) {
            assertRefused(
                    PolicySamples.rule("tag: {" + list + ": [\"" + tag + "\"]}"),
                    "p.yaml:7:" + (16 + list.length()) + ": spec.rules[0].tag." + list + "[0]: tag \"" + tag + "\""
                            + TAG + hint,
                    list);
        }
    }

    @ParameterizedTest(name = "namespaces: [{0}]{1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "prod-.* # ` (did you mean \"prod-*\"?)`",
                "Prod # ` (did you mean \"prod\"?)`",
                "prod- # ` (did you mean \"prod-*\"?)`",
                "!dev # `; to exclude a namespace, write exceptNamespaces: [\"dev\"] in a match`",
                "dev,test # `; write each as an element of the list: [dev, test]`",
                "a.b # ``",
            })
    @DisplayName("is refused as a namespace")
    void namespaces(String namespace, String hint) {
        String message = "[0]: namespace \"" + namespace + "\"" + NAMESPACE + hint;
        for (String list : new String[] {"namespaces", "exceptNamespaces"}) {
            String rule = "match: {" + list + ": [\"" + namespace + "\"]}\nallow: [nginx]";
            assertRefused(PolicySamples.rule(rule), "spec.rules[0].match." + list + message, list);
        }
        String exception = "exceptions: [{rules: [r], namespaces: [\"" + namespace
                + "\"], reason: x, expires: 2027-01-31}]\nrules: [{name: r, allow: [nginx]}]";
        assertRefused(PolicySamples.policy(exception), "spec.exceptions[0].namespaces" + message, "exception");
        String glass = "breakGlass: {annotation: a, value: b, namespaces: [\"" + namespace
                + "\"]}\nrules: [{name: r, allow: [nginx]}]";
        assertRefused(PolicySamples.policy(glass), "spec.breakGlass.namespaces" + message, "break-glass");
    }

    @ParameterizedTest(name = "match: {0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{exceptNamespaces: ['*']} # exceptNamespaces: every namespace",
                "{exceptNamespaces: [dev, '?*']} # exceptNamespaces: every namespace",
                "{namespaces: [prod], exceptNamespaces: ['prod*']} # exceptNamespaces: every namespace",
                "{namespaces: ['prod-*'], exceptNamespaces: ['prod-*']} # exceptNamespaces: every namespace",
                "{exceptImages: ['**']} # exceptImages: every image",
                "{namespaces: ['prod-*'], exceptNamespaces: ['prod*']} # exceptNamespaces: every namespace",
                "{namespaces: ['prod-?', a], exceptNamespaces: [a, 'prod-*']} # exceptNamespaces: every namespace",
                "{namespaces: ['a*?'], exceptNamespaces: ['a?*']} # exceptNamespaces: every namespace",
                "{namespaces: ['*'], exceptNamespaces: ['?*']} # exceptNamespaces: every namespace",
                "{exceptNamespaces: ['**?']} # exceptNamespaces: every namespace",
                "{images: ['ghcr.io/a/*'], exceptImages: ['ghcr.io/a/*']} # exceptImages: every image",
                "{images: ['ghcr.io/a/*'], exceptImages: [nginx, 'GHCR.io:443/**']} # exceptImages: every image",
                "{images: ['ghcr.io/a/*', nginx], exceptImages: ['**/a/**', 'docker.io/library/*']} # exceptImages: every image",
                "{images: ['docker.io/acme/*'], exceptImages: ['index.docker.io/acme/**']} # exceptImages: every image",
                "{images: [nginx], exceptImages: ['registry-1.docker.io/library/nginx']} # exceptImages: every image",
                "{images: ['acme/a:1.*'], exceptImages: ['acme/a']} # exceptImages: every image",
                "{images: ['a.example/x'], exceptImages: ['*.example/**']} # exceptImages: every image",
                "{exceptImages: ['**/*']} # exceptImages: every image",
                "{exceptImages: ['**/**']} # exceptImages: every image",
            })
    @DisplayName("is refused as a scope")
    void scopes(String match, String problem) {
        assertThat(PolicySamples.problems(PolicySamples.rule("match: " + match + "\nallow: [nginx]")))
                .matches("p\\.yaml:7:\\d+: spec\\.rules\\[0]\\.match\\." + problem
                        + " is excluded, so this never applies; expected .*");
        assertThat(PolicySamples.problems(PolicySamples.rule("any: [{allow: [nginx], match: " + match + "}]")))
                .matches("p\\.yaml:7:\\d+: spec\\.rules\\[0]\\.any\\[0]\\.match\\." + problem
                        + " is excluded, so this never applies; expected .*");
    }

    @ParameterizedTest(name = "match: {0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{namespaces: ['prod*'], exceptNamespaces: ['prod-*']}",
                "{namespaces: ['prod-*', a], exceptNamespaces: ['prod-*']}",
                "{namespaces: ['a*'], exceptNamespaces: ['a?*']}",
                "{exceptNamespaces: ['?']}",
                "{images: ['ghcr.io/a/**'], exceptImages: ['ghcr.io/a/*']}",
                "{images: ['ghcr.io/a/*', nginx], exceptImages: ['ghcr.io/a/*']}",
                "{images: ['ghcr.io/a/*'], exceptImages: ['ghcr.io:5000/**']}",
                "{images: ['acme/a'], exceptImages: ['acme/a:1.*']}",
                "{images: ['a.example/x'], exceptImages: ['*.a.example/**']}",
                "{exceptImages: ['**/*/*']}",
                "{images: ['ghcr.io/a'], exceptNamespaces: [a]}",
            })
    @DisplayName("is not a scope that leaves something")
    void scopesThatApply(String match) {
        assertThat(PolicySamples.problems(PolicySamples.rule("match: " + match + "\nallow: [nginx]")))
                .isEmpty();
    }

    @ParameterizedTest(name = "semver: {0}")
    @CsvSource(
            delimiter = '#',
            value = {
                ">=2 <1 # >=2 <1",
                ">1 <1.2 # >1 <1.2",
                "1.x || 2.1.0 2.2.0 # 2.1.0 2.2.0",
                ">1.2.3 <1.2.4 # >1.2.3 <1.2.4",
                ">1.2.3-rc <1.2.3-rc # >1.2.3-rc <1.2.3-rc",
                ">* # >*"
            })
    @DisplayName("is refused as a version range")
    void ranges(String range, String part) {
        assertThat(PolicySamples.problemOfRule("tag: {semver: \"" + range + "\"}"))
                .isEqualTo("p.yaml:7:21: spec.rules[0].tag.semver: version range \"" + range + "\": no version is in \""
                        + part + "\"; write || between alternatives");
    }

    @ParameterizedTest(name = "ignoredKinds: [{0}]: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "Pod # the images of a built-in workload are known",
                "Deployment.apps # the images of a built-in workload are known",
                "Deployment # the images of a built-in workload are known",
                "CronJob.batch # the images of a built-in workload are known",
                "argoproj.io/v1alpha1/Rollout # (did you mean \"Rollout.argoproj.io\"?)",
                "argoproj.io/Rollout # (did you mean \"Rollout.argoproj.io\"?)",
                "argoproj.io/v1alpha1 # expected Kind.group, without a version, such as Dashboard.example.com",
                "Rollout.argoproj.io,Task.tekton.dev # ; write each as an element of the list",
                "Rollout.argoproj.io, Task.tekton.dev # ; write each as an element of the list",
                "Rollout argoproj.io # can never match: expected Kind.group of letters",
                "R\u043ellout.argoproj.io # can never match: expected Kind.group of letters",
                "Rollout.argoproj.\u0456o # can never match: expected Kind.group of letters",
                "Rollout.Argoproj.io # can never match: expected Kind.group of letters",
                "Rollout. # can never match: expected Kind.group of letters",
                "Rollout..io # can never match: expected Kind.group of letters",
                "Roll[oa]ut.argoproj.io # can never match: expected Kind.group of letters",
                "^Rollout.argoproj.io$ # can never match: expected Kind.group of letters",
            })
    @DisplayName("is refused as an ignored kind")
    void ignoredKinds(String kind, String problem) {
        String text = PolicySamples.policy("ignoredKinds: [\"" + kind + "\"]\nrules: [{name: r, allow: [nginx]}]");
        assertRefused(text, "p.yaml:5:18: spec.ignoredKinds[0]: ignored kind " + SafeText.quote(kind, 60), problem);
        assertThat(PolicySamples.problems(text)).contains(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a b", "a/b/c", "/a", "a/", "-a", "'a,b'", "a_b.example/c"})
    @DisplayName("is refused as the key of the break-glass annotation")
    void annotationKeys(String key) {
        String text = PolicySamples.policy("breakGlass: {annotation: \"" + key
                + "\", value: \"INC-*\", namespaces: [a]}\nrules: [{name: r, allow: [nginx]}]");
        assertRefused(
                text,
                "p.yaml:5:15: spec.breakGlass: break-glass annotation \"" + key
                        + "\": expected a key such as example.com/team: ",
                key);
    }

    @ParameterizedTest(name = "{0}: did you mean {1}?")
    @CsvSource({"Image, image", "containerName, container", "image_name, image", "image.tag, tag", "IMAGE, image"})
    @DisplayName("is refused as a placeholder")
    void placeholders(String written, String meant) {
        String text = PolicySamples.rule("allow: [nginx]\nmessage: \"{" + written + "} is bad\"");
        assertRefused(text, "spec.rules[0].message: unknown placeholder {" + written + "} in a message", written);
        assertThat(PolicySamples.problems(text)).endsWith(" (did you mean {" + meant + "}?)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no-images",
        "unknown-image",
        "chart-default",
        "invalid-reference",
        "no-registry",
        "unknown-kind",
        "no-policy",
        "pin",
        "break-glass"
    })
    @DisplayName("is refused as the name of a rule: that of a requirement")
    void namesOfRequirements(String name) {
        String text = PolicySamples.policy("rules: [{name: " + name + ", allow: [nginx]}]");
        assertRefused(
                text,
                "p.yaml:5:18: spec.rules[0].name: rule \"" + name
                        + "\": this is the name of a built-in requirement, expected another, such as \"own-" + name
                        + "\"",
                name);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "docker.io/* # p.yaml:7:26: spec.rules[0].allow[0]: pattern \"docker.io/*\": '*' alone after Docker Hub could mean its official images or all images: write 'docker.io/library/*' for the official ones, or 'docker.io/**' for all",
                "index.docker.io:443/*:1.2 # p.yaml:7:36: spec.rules[0].allow[0]: pattern \"index.docker.io:443/*:1.2\": '*' alone after Docker Hub",
                "* # p.yaml:7:16: spec.rules[0].allow[0]: pattern \"*\": '*' at the start could mean any registry or any Docker Hub name: write '**' for any registry, 'docker.io/**' for all of Docker Hub, or 'docker.io/library/*' for its official images",
            })
    @DisplayName("is refused as a pattern: what has two readings")
    void patterns(String pattern, String problem) {
        assertThat(PolicySamples.problemOfRule("allow: [\"" + pattern + "\"]")).startsWith(problem);
    }

    @Test
    @DisplayName("is not what can match")
    void nearMissesLoad() {
        String text = PolicySamples.policy("""
                ignoredKinds: ["*", "*.*", "?ollout.*", Roll-out2.a-b.io, Rollout, Rollout.argoproj.io, PodGroup.scheduling.example, Deployment.apps.example, Job.batch.volcano.sh]
                breakGlass: {annotation: Ticket.Example/break_glass.1, value: "INC-*", namespaces: [1, "*-prod", "??"]}
                exceptions: [{rules: [no-image], namespaces: ["*"], reason: x, expires: 2027-01-31}]
                rules:
                  - {name: no-image, tag: {deny: [latest, "*-latest", 1.20, v?.*, _x, "*"]}}
                  - {name: b, tag: {semver: ">=1 <2 || >1.2.3-rc <1.2.3 || >=1.2.3 <=1.2.3 || >1.2.3 <1.2.5 || 0"}}
                  - {name: c, tag: {semver: ">1.2.3-rc <1.2.3-rc.1"}}
                  - {name: d, tag: {semver: "<1.2.3-0 || *"}}
                  - {name: e, match: {namespaces: ["prod-*"], exceptNamespaces: [prod-x, "?", 7]}, allow: [nginx]}
                  - {name: f, match: {exceptImages: ["**/nginx"]}, allow: [docker.io/library/*, "docker.io/*/*", "docker.io/n*"]}
                  - {name: g, message: "{ image } {0} {} {image} {a b}", allow: [nginx]}
                """);
        assertThat(PolicySamples.problems(text)).isEmpty();
        assertThat(PolicySchema.accepts(text)).isTrue();
    }

    @Test
    @DisplayName("is refused in Java where a policy could not tell it from its own")
    void fromJava() {
        assertThatThrownBy(() -> NamedRule.of("unknown-kind", Rules.fixedTag()))
                .hasMessageContaining("this is the name of a built-in requirement");
    }

    /** The schema must refuse it, too. */
    private static void assertRefused(String text, String problem, String what) {
        assertThat(PolicySamples.problems(text)).as(what).contains(problem);
        assertThat(PolicySchema.accepts(text))
                .as("%s: accepted by the schema", what)
                .isFalse();
    }

    @Test
    @DisplayName("is counted beyond the problems that are kept, and no policy is built of it")
    void moreProblemsThanAreKept() {
        String text = PolicySamples.policy("rules: [" + "x, ".repeat(1_500) + "x]\nlocale: fr");
        assertThatThrownBy(() -> PolicySamples.documents().read("p.yaml", text + "---\n" + text))
                .isInstanceOfSatisfying(
                        PolicyDocumentException.class,
                        e -> assertThat(e.problems()).hasSize(1_000));
    }
}
