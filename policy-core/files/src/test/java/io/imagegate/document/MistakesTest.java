package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> PolicySamples.documents()
                        .read("production.yaml", PolicySamples.text("bad/eight-mistakes.yaml")))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessage("""
                        production.yaml:6:48: spec.sets.trusted[1]: pattern "ghcr.io/acme**": '**' must be a whole path segment: \
                        write '*' for a part of one
                        production.yaml:9:13: spec.rules[0].tag: unknown key "requird", expected one of required, allow, deny, \
                        semver, unlessDigest (did you mean required?)
                        production.yaml:11:26: spec.rules[1].digest.required: the text "yes", expected true or false
                        production.yaml:12:13: spec.rules[2].name: rule "fixed-tag" is already defined in line 8, expected another name
                        production.yaml:13:15: spec.rules[2].allow[0]: unknown set "$trustd", expected $trusted
                        production.yaml:16:16: spec.rules[3].message: unknown placeholder {imgae} in a message, expected one of \
                        {container} {digest} {image} {namespace} {policy} {registry} {repository} {rule} {tag}
                        production.yaml:18:15: spec.exceptions[0].rules[0]: there is no rule "fixed-tags" in this policy, expected \
                        one of fixed-tag, pinned, supported (did you mean fixed-tag?)
                        production.yaml:20:16: spec.exceptions[0].expires: the text "2027-02-30", expected a date such as 2027-01-31""");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "enforce: warning # :7:16: spec.rules[0].enforce: \"warning\", expected one of deny, warn, audit (did you mean warn?)",
                "tag: latest # :7:12: spec.rules[0].tag: the text \"latest\", expected a mapping with keys such as required",
                "tag: {} # :7:12: spec.rules[0].tag: no condition, expected required: true, allow, deny or semver",
                "tag: {required: false} # :7:12: spec.rules[0].tag: no condition, expected required: true, allow, deny or semver",
                "tag: {required: yes} # :7:23: spec.rules[0].tag.required: the text \"yes\", expected true or false",
                "tag: {deny: latest} # :7:19: spec.rules[0].tag.deny: the text \"latest\", expected a list, such as [a, b]",
                "tag: {deny: []} # :7:19: spec.rules[0].tag.deny: an empty list, expected at least one element",
                "tag: {deny: [~]} # :7:20: spec.rules[0].tag.deny[0]: it has no value, expected text",
                "tag: {deny: [true]} # :7:20: spec.rules[0].tag.deny[0]: the value true, expected text: put it in quotes",
                "tag: {deny: ['']} # :7:20: spec.rules[0].tag.deny[0]: a glob must not be empty: write * for any text",
                "tag: {semver: '>=1.02'} # :7:26: spec.rules[0].tag.semver: version range \">=1.02\": character 5 '0': expected a number without a leading zero",
                "version: '>=1.25 <2' # :7:16: spec.rules[0].version: the text \">=1.25 <2\", expected a mapping with keys such as in",
                "version: {} # :7:16: spec.rules[0].version: missing key \"in\"",
                "version: {range: '1'} # :7:17: spec.rules[0].version: unknown key \"range\", expected one of in, partial, variants",
                "version: {in: '>=1.02'} # :7:26: spec.rules[0].version.in: version range \">=1.02\": character 5 '0': expected a number without a leading zero",
                "version: {in: '>=2 <1'} # :7:21: spec.rules[0].version.in: version range \">=2 <1\": no version is in \">=2 <1\"; write || between alternatives",
                "version: {in: 1.25, partial: maybe} # :7:36: spec.rules[0].version.partial: the text \"maybe\", expected true or false",
                "version: {in: 1.25, variants: alpine} # :7:37: spec.rules[0].version.variants: the text \"alpine\", expected a list, such as [a, b]",
                "version: {in: 1.25, variants: []} # :7:37: spec.rules[0].version.variants: an empty list, expected at least one element",
                "version: {in: 1.25, variants: [~]} # :7:38: spec.rules[0].version.variants[0]: it has no value, expected text",
                "version: {in: 1.25, variants: ['', '-alpine']} # :7:42: spec.rules[0].version.variants[1]: variant \"-alpine\" can never match: a variant follows the first '-' after a version and has only letters, digits, '_', '.' and '-' and the wildcards '*' and '?' (did you mean \"alpine\"?)",
                "version: {in: 1.25, variants: ['alpine|slim']} # :7:38: spec.rules[0].version.variants[0]: variant \"alpine|slim\" can never match: a variant follows the first '-' after a version and has only letters, digits, '_', '.' and '-' and the wildcards '*' and '?'",
                "tag: {version: '1'} # :7:13: spec.rules[0].tag: unknown key \"version\", expected one of required, allow, deny, semver, unlessDigest",
                "digest: {} # :7:15: spec.rules[0].digest: missing key \"required\"",
                "digest: {required: false} # :7:26: spec.rules[0].digest.required: no condition, expected true",
                "digest: {required: true, algorithms: [md5]} # :7:45: spec.rules[0].digest.algorithms[0]: \"md5\", expected one of sha256, sha384, sha512",
                "digest: {required: true, algorithms: [sha-256]} # :7:45: spec.rules[0].digest.algorithms[0]: \"sha-256\", expected one of sha256, sha384, sha512 (did you mean sha256?)",
                "allow: [gcr.io] # :7:15: spec.rules[0].allow[0]: pattern \"gcr.io\": looks like a registry without a repository: write '/**' after it for everything in it, or 'docker.io/library/' before it for an image of that name",
                "allow: [docker/Nginx] # :7:22: spec.rules[0].allow[0]: pattern \"docker/Nginx\": repository must be lowercase",
                "allow: [\"docker/\\x4eginx\"] # :7:15: spec.rules[0].allow[0]: pattern \"docker/Nginx\": repository must be lowercase",
                "allow: [$trusted] # :7:15: spec.rules[0].allow[0]: unknown set \"$trusted\", expected one of spec.sets, but there are none",
                "alow: [nginx] # :7:7: spec.rules[0]: unknown key \"alow\", expected one of name, tag, version, digest, image, signature, attestation, allow, deny, any, all, not, cel, custom, with, match, enforce, denyFrom, onUnavailable, message, … (23 in all) (did you mean allow?)",
                "match: {images: [nginx]} # :6:7: spec.rules[0]: no condition, expected exactly one of tag, version, digest, image, signature, attestation, allow, deny, any, all, not, cel, custom",
                "{allow: [nginx], deny: [redis]} # :5:11: spec.rules[0]: several conditions (allow, deny), expected exactly one of tag, version, digest, image, signature, attestation, allow, deny, any, all, not, cel, custom; write all: [{…}, {…}] if all of them must be satisfied",
                "any: [] # :7:12: spec.rules[0].any: an empty list, expected at least one element",
                "any: [{allow: [nginx], name: x}] # :7:30: spec.rules[0].any[0]: unknown key \"name\", expected one of tag, version, digest, image, signature, attestation, allow, deny, any, all, not, cel, custom, with, match",
                "not: [nginx] # :7:12: spec.rules[0].not: a list, expected a mapping with keys such as tag",
                "{allow: [nginx], match: {}} # :6:26: spec.rules[0].match: empty, expected at least one of images, exceptImages, namespaces, exceptNamespaces, kinds, exceptKinds, names, exceptNames, labels, exceptLabels, annotations, exceptAnnotations, operations, exceptOperations, users, exceptUsers, groups, exceptGroups, containers, exceptContainers",
                "{allow: [nginx], match: {namespace: [a]}} # :6:27: spec.rules[0].match: unknown key \"namespace\", expected one of images, exceptImages, namespaces, exceptNamespaces, kinds, exceptKinds, names, exceptNames, labels, exceptLabels, annotations, exceptAnnotations, operations, exceptOperations, users, exceptUsers, groups, exceptGroups, containers, exceptContainers (did you mean namespaces?)",
                "{allow: [nginx], message: ' '} # :6:28: spec.rules[0].message: a blank message, expected a sentence",
                "{allow: [nginx], message: 7} # :6:28: spec.rules[0].message: the number 7, expected text: put it in quotes",
                "{allow: [nginx], description: ' '} # :6:32: spec.rules[0].description: a blank description, expected a sentence",
                "{allow: [nginx], severity: hihg} # :6:29: spec.rules[0].severity: \"hihg\", expected one of low, medium, high, critical (did you mean high?)",
                "{allow: [nginx], link: example.com/rule} # :6:25: spec.rules[0].link: link \"example.com/rule\": expected a URL that begins with https:// or http://",
                "{allow: [nginx], link: 'https:// x'} # :6:25: spec.rules[0].link: link \"https:// x\": expected a URL that begins with https:// or http://",
                "{allow: [nginx], allow: [redis]} # :6:19: spec.rules[0]: duplicate key \"allow\", already defined in line 6, expected each key once",
                "{allow: [nginx], with: {a: 1}} # :6:25: spec.rules[0].with: parameters without a rule written in Java, expected custom with them",
                "cel: image.tag == 'x' # :7:12: spec.rules[0].cel: CEL needs the artifact io.imagegate:policy-cel, which is not on the class path of this program",
                "cel: {expression: 'true', messageExpression: '1'} # :7:52: spec.rules[0].cel.messageExpression: CEL needs the artifact io.imagegate:policy-cel, which is not on the class path of this program",
                "cel: true # :7:12: spec.rules[0].cel: the value true, expected text: put it in quotes",
                "cel: [a] # :7:12: spec.rules[0].cel: a list, expected text",
                "cel: {} # :7:12: spec.rules[0].cel: missing key \"expression\"",
                "cel: {expr: x} # :7:13: spec.rules[0].cel: unknown key \"expr\", expected one of expression, messageExpression (did you mean expression?)",
                "{cel: x, with: {a: 1}} # :6:17: spec.rules[0].with: parameters without a rule written in Java, expected custom with them",
                "custom: io.example.TeamOwnRepository # :7:15: spec.rules[0].custom: unknown rule \"io.example.TeamOwnRepository\", expected io.example.TeamOwnsRepository",
                "custom: io.example.TeamOwnsRepository # :7:15: spec.rules[0].custom: rule io.example.TeamOwnsRepository rejects its parameters: expected team, the name of a team",
                "{custom: io.example.TeamOwnsRepository, with: {team: 7}} # :6:48: spec.rules[0].with: rule io.example.TeamOwnsRepository rejects its parameters: expected team, the name of a team",
                "{custom: io.example.TeamOwnsRepository, with: {team: }} # :6:54: spec.rules[0].with.team: it has no value, expected text, a number, true, false, a list or a mapping",
            })
    void ofARule(String rule, String problem) {
        // What is written in braces shares them with the name of the rule.
        String text = rule.startsWith("{")
                ? PolicySamples.policy("rules: [{name: r, \n" + rule.substring(1) + "]")
                : PolicySamples.rule(rule);
        assertRefused(text, problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "locale: fr # :5:11: spec.locale: \"fr\", expected one of en, zh-CN",
                "onUpdate: changed # :5:13: spec.onUpdate: \"changed\", expected one of changed-images, new-images, all (did you mean changed-images?)",
                "ignoredKinds: [''] # :5:18: spec.ignoredKinds[0]: ignored kind: expected Kind.group, got a blank text",
                "rule: [] # :5:3: spec: unknown key \"rule\", expected one of rules, sets, trust, signers, exceptions, expiryWarning, breakGlass, onUpdate, ignoredKinds, workloads, locale, mutate (did you mean rules?)",
                "breakGlass: {annotation: a} # :5:15: spec.breakGlass: missing key \"value\"",
                "breakGlass: {annotation: a, value: b, namespaces: [a], user: [c]} # :5:58: spec.breakGlass: unknown key \"user\", expected one of annotation, value, namespaces, users, groups (did you mean users?)",
                "breakGlass: {annotation: a, value: b, namespaces: [a], users: []} # :5:65: spec.breakGlass.users: an empty list, expected at least one element",
                "breakGlass: {annotation: a, value: b, namespaces: [a], groups: sre} # :5:66: spec.breakGlass.groups: the text \"sre\", expected a list, such as [a, b]",
                "breakGlass: {annotation: a, value: b, namespaces: [a], groups: [\"\"]} # :5:67: spec.breakGlass.groups[0]: a glob must not be empty: write * for any text",
                "breakGlass: {annotation: a, value: '*', namespaces: [a]} # :5:15: spec.breakGlass: break-glass value \"*\": expected a pattern that an empty value does not match, such as INC-*",
                "breakGlass: {annotation: alpha.image-policy.k8s.io/failed-open, value: 'x', namespaces: [a]} # :5:15: spec.breakGlass: break-glass annotation \"alpha.image-policy.k8s.io/failed-open\": expected the key of an annotation that only users write",
                "exceptions: [{rules: [r], reason: x}] # :5:16: spec.exceptions[0]: missing key \"expires\"",
                "exceptions: [{rules: [r], reason: ' ', expires: 2027-01-31}] # :5:37: spec.exceptions[0].reason: the text \" \", expected a reason",
                "exceptions: [{rules: [r], reason: x, expires: 31.1.2027}] # :5:49: spec.exceptions[0].expires: the text \"31.1.2027\", expected a date such as 2027-01-31",
                "sets: {A: [nginx]} # :5:13: spec.sets.A: set \"A\": expected a name of 1 to 63 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit",
                "sets: {\u0430: [nginx], b: [$c]} # :5:13: spec.sets.\\u0430: set \"\\u0430\": expected a name of 1 to 63 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit",
                "sets: {a: [$b]} # :5:14: spec.sets.a[0]: a set within a set, expected a pattern",
                "sets: {a: {file: a.txt}} # :5:20: spec.sets.a.file: a file, but this policy was not read from a folder; expected a list of patterns",
                "sets: {a: {path: a.txt}} # :5:13: spec.sets.a: missing key \"file\"",
            })
    void ofAPolicy(String line, String problem) {
        String text = PolicySamples.policy(line + "\nrules: [{name: r, allow: [nginx]}]");
        assertRefused(text, problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "metadata: {name: Production} # :3:18: metadata.name: policy \"Production\": expected a name of 1 to 63 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit",
                "metadata: {name: \"p\\e[31m\u0440\"} # :3:18: metadata.name: policy \"p\\u001b[31m\\u0440\": expected a name of 1 to 63 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit",
                "metadata: {name: 7} # :3:18: metadata.name: the number 7, expected text: put it in quotes",
                "metadata: {} # :3:11: metadata: missing key \"name\"",
                "metadata: {name: p, label: {}} # :3:21: metadata: unknown key \"label\", expected one of name, labels, annotations (did you mean labels?)",
                "metadata: {name: p, labels: {team: 7}} # :3:36: metadata.labels.team: the number 7, expected text: put it in quotes",
                "metadata: {name: p, labels: {team: a b}} # :3:36: metadata.labels.team: value of a label \"a b\": expected at most 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit",
                "metadata: {name: p, annotations: {a/b/c: x}} # :3:42: metadata.annotations.a/b/c: annotation \"a/b/c\": expected a key such as example.com/team: at most 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit, optionally after a DNS name and '/'",
                "metdata: {name: p} # :1:1: missing key \"metadata\"",
            })
    void ofAHead(String line, String problem) {
        String text = PolicySamples.rule("allow: [nginx]").replace("metadata: {name: p}", line);
        assertRefused(text, problem);
    }

    /** The schema must refuse it, too, if it can. */
    private static void assertRefused(String text, String problem) {
        assertThat(PolicySamples.problems(text).lines()).contains("p.yaml" + problem);
        assertThat(PolicySchema.accepts(text)).as("accepted by the schema").isEqualTo(PolicySchema.isBeyond(problem));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "imagegate.io/v1 # ImagePolicy # 1:13: apiVersion: \"imagegate.io/v1\", expected imagegate.io/v1alpha1",
                "imagegate.io/v1alpha1 # ImagePolcy # 2:7: kind: \"ImagePolcy\", expected one of ImagePolicy, ImagePolicyTest, ImageSets (did you mean ImagePolicy?)",
                "imagegate.io/v1alpha1 # Pod # 2:7: kind: \"Pod\", expected one of ImagePolicy, ImagePolicyTest, ImageSets",
            })
    void otherDocumentsAreNotLookedInto(String version, String kind, String problem) {
        assertThat(PolicySamples.problems("apiVersion: " + version + "\nkind: " + kind + "\ndata: {a: b}"))
                .isEqualTo("p.yaml:" + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alow: [nginx]",
                "any: [{alow: [nginx]}]",
                "tag: {requird: true}",
                "not: {tag: {denny: [latest]}}",
            })
    void anUnknownKeyIsTheOnlyProblem(String condition) {
        assertThat(PolicySamples.problems(PolicySamples.rule(condition)))
                .contains("unknown key")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ .Values.x }}: a", "any: [{{ .Values.x }}]", "tag: {{ .Values.x }}"})
    void aKeyOfATemplateIsTheOnlyProblem(String condition) {
        assertThat(PolicySamples.problems(PolicySamples.rule(condition)))
                .contains("a template must be rendered first")
                .doesNotContain("\n");
    }

    @Test
    void allMistakesOfAHeadAreReported() {
        assertThat(PolicySamples.problems("kind: ImagePolcy\nspec: {}"))
                .isEqualTo(
                        "p.yaml:1:1: missing key \"apiVersion\", expected imagegate.io/v1alpha1\n"
                                + "p.yaml:1:7: kind: \"ImagePolcy\", expected one of ImagePolicy, ImagePolicyTest, ImageSets (did you mean ImagePolicy?)");
        assertThat(PolicySamples.problems("nginx"))
                .isEqualTo(
                        "p.yaml:1:1: the text \"nginx\", expected a mapping with apiVersion, kind, metadata and spec");
    }

    @Test
    void aFactoryThatBreaksIsAProblemOfTheDocument() {
        RuleFactory broken = new RuleFactory() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Rule create(Map<String, Object> parameters) {
                throw new IllegalStateException("no");
            }
        };
        assertThatThrownBy(() -> new PolicyDocuments()
                        .withFactories(List.of(broken))
                        .read("p.yaml", PolicySamples.rule("custom: broken")))
                .hasMessage(
                        "p.yaml:7:15: spec.rules[0].custom: rule broken cannot be made: java.lang.IllegalStateException: no");
        assertThatThrownBy(() -> new PolicyDocuments().read("p.yaml", PolicySamples.rule("custom: broken")))
                .hasMessageContaining("expected the name of a RuleFactory, and none was found");
    }

    @Test
    void whatAFactoryThrowsIsTheCause() {
        for (Throwable thrown : List.of(
                new IllegalArgumentException("no"), new IllegalStateException("no"), new NoClassDefFoundError("no"))) {
            RuleFactory broken = new RuleFactory() {
                @Override
                public String name() {
                    return "broken";
                }

                @Override
                public Rule create(Map<String, Object> parameters) {
                    if (thrown instanceof RuntimeException exception) {
                        throw exception;
                    }
                    throw (Error) thrown;
                }
            };
            PolicyDocuments documents = new PolicyDocuments().withFactories(List.of(broken));
            assertThatThrownBy(() -> documents.read("p.yaml", PolicySamples.rule("custom: broken")))
                    .isInstanceOf(PolicyDocumentException.class)
                    .hasCause(thrown);
        }
        assertThatThrownBy(() -> new PolicyDocuments().read("p.yaml", PolicySamples.rule("custom: broken")))
                .hasNoCause();
    }

    @Test
    void whereThereAreNoChoicesTheMessageSaysSo() {
        assertThat(PolicySamples.problems(
                        PolicySamples.policy("rules: []\nexceptions: [{rules: [r], reason: x, expires: 2027-01-31}]")))
                .endsWith("there is no rule \"r\" in this policy, expected one of spec.rules, but there are none");
    }

    @Test
    void longListsOfChoicesAreCut() {
        StringBuilder rules =
                new StringBuilder("exceptions: [{rules: [rule-100], reason: x, expires: 2027-01-31}]\nrules:\n");
        for (int i = 0; i < 100; i++) {
            rules.append("- {name: rule-").append(i).append(", allow: [nginx]}\n");
        }
        assertThat(PolicySamples.problems(PolicySamples.policy(rules.toString())))
                .startsWith("p.yaml:5:25: spec.exceptions[0].rules[0]: there is no rule \"rule-100\" in this policy, "
                        + "expected one of rule-0, rule-1, ")
                .endsWith(", rule-19, … (100 in all) (did you mean rule-10?)");
    }

    @Test
    void aHostileFileDoesNotFloodTheScreen() {
        assertThat(PolicySamples.problems(PolicySamples.policy("rules: [" + "x,".repeat(5_000) + "x]")))
                .hasLineCount(101)
                .endsWith("and 900 more");
    }

    @Test
    @DisplayName("name long keys by their beginning: a key is in the path of everything below it")
    void belowALongKey() {
        String key = "a".repeat(100_000);
        String text = PolicySamples.policy(
                "sets:\n  ? " + key + "\n  : [b/**c, b/**c]\nrules: [{name: r, digest: {required: true}}]");
        assertThatThrownBy(() -> PolicySamples.documents().read("p", text))
                .hasMessageContaining("spec.sets." + "a".repeat(400) + "[1]: pattern \"b/**c\"")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(5_000));
    }
}
