package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Mutation;
import io.imagegate.policytest.PolicyTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How policy files rewrite and pin images. */
class MutationDocumentsTest {

    private static final String MIRROR = "mutate: {rewrite: [{from: \"docker.io/**\", to: \"m.io/hub/**\"}]}";
    private static final String RULES = "rules: [{name: r, tag: {required: true}}]";

    private static String problem(String... policies) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < policies.length; i++) {
            text.append(i == 0 ? "" : "---\n")
                    .append(PolicySamples.policy(policies[i]).replace("name: p", "name: p" + i));
        }
        try {
            PolicySamples.documents().read("p", text.toString());
            return "";
        } catch (PolicyDocumentException mistakes) {
            return String.valueOf(mistakes.getMessage());
        }
    }

    @Test
    void readsWhatIsWritten() {
        Mutation mutation = PolicySamples.documents()
                .read("p", PolicySamples.policy(RULES + """

                        mutate:
                          kinds: [Pod, Deployment, CronJob.batch]
                          rewrite: [{from: "docker.io/**", to: "m.io/hub/**"}, {from: quay.io/a/*, to: m.io/a/*}]
                          pin: ["m.io/**", "ghcr.io/acme/**"]
                          onUnavailable: warn
                        """))
                .mutation()
                .orElseThrow();
        assertThat(mutation.kinds()).containsExactlyInAnyOrder("Pod", "Deployment.apps", "CronJob.batch");
        assertThat(mutation.rewrites())
                .extracting(Object::toString)
                .containsExactly("docker.io/** to m.io/hub/**", "quay.io/a/* to m.io/a/*");
        assertThat(mutation.pin().orElseThrow()).hasToString("[m.io/**, ghcr.io/acme/**]");
        assertThat(mutation.onUnavailable()).isEqualTo(Enforcement.WARN);
        Mutation byDefault = PolicySamples.documents()
                .read("p", PolicySamples.policy(RULES + "\n" + MIRROR))
                .mutation()
                .orElseThrow();
        assertThat(byDefault.kinds()).containsExactly("Pod");
        assertThat(byDefault.onUnavailable()).isEqualTo(Enforcement.DENY);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "{} # spec.mutate: nothing to change, expected rewrite or pin",
                "{kinds: [Pod]} # spec.mutate: nothing to change, expected rewrite or pin",
                "{pin: [nginx], kinds: [ReplicaSet]} # spec.mutate.kinds[0]: mutated kind \"ReplicaSet\": its owner would create it again for ever, expected Pod or the kind of the owner",
                "{pin: [nginx], kinds: [ReplicationController]} # its owner would create it again for ever",
                "{pin: [nginx], kinds: [Rollout]} # spec.mutate.kinds[0]: mutated kind \"Rollout\", expected one of Pod, PodTemplate, Deployment, DaemonSet, StatefulSet, Job, CronJob",
                "{pin: [nginx], kinds: []} # spec.mutate.kinds: an empty list",
                "{pin: []} # spec.mutate.pin: an empty list",
                "{pin: [nginx], onUnavailable: allow} # spec.mutate.onUnavailable: \"allow\", expected one of deny, warn, audit",
                "{rewrite: [{from: docker.io/a/*, to: m.io/*}], onUnavailable: warn} # spec.mutate.onUnavailable: has no effect, expected pin beside it",
                "{rewrite: [{from: docker.io/a/*}]} # spec.mutate.rewrite[0]: missing key \"to\"",
                "{rewrite: [{from: docker.io/a/*, to: m.io/**}]} # spec.mutate.rewrite[0]: pattern \"m.io/**\": expected the wildcards of \"docker.io/a/*\" in the same order, *",
                "{rewrite: [{from: 'docker.io/a**', to: m.io/b}]} # spec.mutate.rewrite[0].from: pattern \"docker.io/a**\": '**' must be a whole path segment",
                "{rewrite: [{from: quay.io/**, to: quay.io/x/**}]} # spec.mutate.rewrite: pattern \"quay.io/x/**\" would be rewritten again: it overlaps \"quay.io/**\", expected a place that no rewrite begins at",
                "{rewrite: [{from: quay.io/a/*, to: gcr.io/a/*}, {from: gcr.io/**, to: m.io/**}]} # spec.mutate.rewrite: pattern \"gcr.io/a/*\" would be rewritten again",
                "{pin: ['m.io/**@*']} # spec.mutate.pin: pattern \"m.io/**@*\" never applies: its images have a digest, expected a pattern without one",
                "{pin: [nginx, 'm.io/a:1@sha256:*']} # spec.mutate.pin: pattern \"m.io/a:1@sha256:*\" never applies",
                "{rewrite: [{from: quay.io/a/*, to: m.io/a/*}, {from: quay.io/a/*, to: m.io/b/*}]} # spec.mutate.rewrite[1]: pattern \"quay.io/a/*\" never applies: the rewrite of \"quay.io/a/*\" before it takes all its images, expected the narrower one first",
                "{rewrite: [{from: quay.io/**, to: m.io/**}, {from: gcr.io/a, to: m.io/b}, {from: 'QUAY.io:443/a/b*', to: m.io/b*}]} # spec.mutate.rewrite[2]: pattern \"QUAY.io:443/a/b*\" never applies",
                "{rewrite: [{from: docker.io/**, to: m.io/**}, {from: nginx, to: n.io/nginx}]} # spec.mutate.rewrite[1]: pattern \"nginx\" never applies",
                "{rewrite: [{from: docker.io/a/**, to: m.io/**}, {from: index.docker.io/a/**, to: n.io/**}]} # spec.mutate.rewrite[1]: pattern \"index.docker.io/a/**\" never applies",
                "{pin: ['m.io/{namespace}/**']} # spec.mutate.pin: pattern \"m.io/{namespace}/**\" depends on the namespace: an image whose namespace is not told would get no digest, expected a pattern without {namespace}",
                "{rewrite: [{from: 'docker.io/{namespace}/*', to: 'm.io/{namespace}/*'}]} # spec.mutate.rewrite[0]: pattern \"docker.io/{namespace}/*\": expected no {namespace}: an image has one name, whatever namespace it is used in",
                "{pin: [nginx], pins: [nginx]} # spec.mutate: unknown key \"pins\"",
            })
    void ofAMutation(String mutate, String problem) {
        String text = PolicySamples.policy(RULES + "\nmutate: " + mutate);
        assertThat(problem(RULES + "\nmutate: " + mutate)).contains(problem);
        assertThat(PolicySchema.accepts(text)).as("accepted by the schema").isEqualTo(PolicySchema.isBeyond(problem));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "rules: [{name: r, deny: [\"docker.io/evil/**\"]}] # spec.rules[0].deny: pattern \"docker.io/evil/**\" names images that mutate.rewrite gives another name, which rules see: expected \"m.io/hub/evil/**\" in the same list, too",
                "rules: [{name: r, deny: [\"docker.io/evil/**\", \"m.io/hub/evil/**\"]}] #",
                "rules: [{name: r, deny: [\"docker.io/evil/**\", \"m.io/hub/evi/**\"]}] # expected \"m.io/hub/evil/**\" in the same list",
                "rules: [{name: r, deny: [\"**/evil\"]}] #",
                "rules: [{name: r, deny: [\"docker.io/{namespace}/**\"]}] # expected \"m.io/hub/{namespace}/**\" in the same list, too",
                "rules: [{name: r, deny: [\"docker.io/{namespace}/**\", \"m.io/hub/{namespace}/**\"]}] #",
                "rules: [{name: r, deny: [\"docker.io/{namespace}/**\", \"m.io/hub/a-{namespace}/**\"]}] # expected \"m.io/hub/{namespace}/**\" in the same list, too",
                "rules: [{name: r, deny: [\"quay.io/evil/**\"]}] #",
                "rules: [{name: r, tag: {required: true}, match: {images: [\"docker.io/**\"]}}] # spec.rules[0].match.images",
                "rules: [{name: r, tag: {required: true}, match: {images: [\"docker.io/**\", \"m.io/hub/**\"]}}] #",
                "rules: [{name: r, tag: {required: true}, match: {exceptImages: [nginx]}}] # spec.rules[0].match.exceptImages",
                "rules: [{name: r, any: [{deny: [nginx]}]}] # spec.rules[0].any[0].deny",
                "rules: [{name: r, all: [{tag: {required: true}, match: {images: [nginx]}}]}] # spec.rules[0].all[0].match.images",
                "rules: [{name: r, not: {allow: [nginx]}}] # spec.rules[0].not.allow",
                "rules: [{name: r, not: {any: [{allow: [nginx]}]}}] # spec.rules[0].not.any[0].allow",
                "rules: [{name: r, allow: [nginx]}] #",
                "{sets: {evil: [nginx]}, rules: [{name: r, deny: [$evil]}]} # spec.rules[0].deny: pattern \"nginx\"",
                "{rules: [{name: r, tag: {required: true}}], exceptions: [{rules: [r], images: [nginx], reason: x, expires: 2027-01-31}]} # spec.exceptions[0].images",
            })
    void listsNameTheNewPlaceToo(String policy, String problem) {
        String spec = policy.startsWith("{") ? policy.substring(1, policy.length() - 1) : policy;
        String lines = spec.replace(", rules: [{name", "\nrules: [{name").replace(", exceptions:", "\nexceptions:");
        String expected = problem == null ? "" : problem;
        assertThat(problem(lines + "\n" + MIRROR)).contains(expected);
        assertThat(problem(lines + "\n" + MIRROR).isEmpty()).isEqualTo(problem == null);
        // The mutation of any policy counts for the lists of all.
        assertThat(problem(lines, RULES + "\n" + MIRROR)).contains(expected);
        assertThat(problem(RULES + "\n" + MIRROR, lines).isEmpty()).isEqualTo(problem == null);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "m.io/{namespace}/**, true",
        "m.io/acme/**, true",
        "m.io/a-{namespace}/**, false",
        "m.io/other/**, false"
    })
    void theNewPlaceOfOneNamespaceIsThatOfAll(String place, boolean covered) {
        assertThat(problem("rules: [{name: r, deny: [\"docker.io/{namespace}/**\", \"" + place + "\"]}]\n"
                                + MIRROR.replace("docker.io/**", "docker.io/acme/**")
                                        .replace("m.io/hub/**", "m.io/acme/**"))
                        .isEmpty())
                .isEqualTo(covered);
    }

    @ParameterizedTest(name = "{0}, {1} to {2}: {3}")
    @CsvSource(
            delimiter = '#',
            value = {
                "q.io/a # q.io/a* # m.io/* # m.io/",
                "q.io/a:1 # q.io/a* # m.io/* # m.io/:1",
                "q.io/a # q.io/a* # m.io/x-* # m.io/x-",
                "q.io/a-b # q.io/a* # m.io/* # m.io/-b",
                "q.io/a/** # q.io/a*/** # m.io/*/** # m.io//**",
            })
    void aPatternWhoseNewNameNoImageCanHaveIsRefused(String pattern, String from, String to, String name) {
        assertThat(problem("rules: [{name: r, deny: [\"" + pattern + "\"]}]\n"
                        + MIRROR.replace("docker.io/**", from).replace("m.io/hub/**", to)))
                .isEqualTo("p:5:27: spec.rules[0].deny: pattern \"" + pattern + "\" names images that mutate.rewrite"
                        + " gives the name \"" + name + "\", which no image can have, so they are always denied:"
                        + " leave the pattern out");
    }

    @ParameterizedTest(name = "{0}, q.io/a* to m.io/*: {1}")
    @CsvSource({"q.io/**, m.io/*", "q.io/a*, m.io/*", "q.io/ab, m.io/b", "q.io/b,"})
    void ofSeveralNewNamesThoseThatImagesCanHaveAreExpected(String pattern, String expected) {
        String problem = problem("rules: [{name: r, deny: [\"" + pattern + "\"]}]\n"
                + MIRROR.replace("docker.io/**", "q.io/a*").replace("m.io/hub/**", "m.io/*"));
        assertThat(problem)
                .endsWith(expected == null ? "" : "expected \"" + expected + "\" in the same list, too")
                .matches(text -> text.isEmpty() == (expected == null));
    }

    @Test
    void whatIsPinnedIsNamedByItsNewName() {
        assertThat(problem(RULES + "\n" + MIRROR.replace("}]}", "}], pin: [nginx]}")))
                .contains("spec.mutate.pin: pattern \"nginx\"")
                .contains("expected \"m.io/hub/library/nginx\" in the same list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: nginx, to: n.io/nginx}, {from: docker.io/**, to: m.io/**}",
                "{from: quay.io/a/*, to: m.io/a/*}, {from: quay.io/a/**, to: m.io/a/**}",
                "{from: quay.io/a/*, to: m.io/a/*}, {from: 'quay.io:5000/a/*', to: m.io/a/*}",
            })
    void aWiderRewriteMayFollow(String rewrites) {
        assertThat(problem(RULES + "\nmutate: {rewrite: [" + rewrites + "]}")).isEmpty();
    }

    @Test
    void onePolicyAtMostChangesImages() {
        assertThat(problem(RULES + "\n" + MIRROR, RULES + "\n" + MIRROR))
                .isEqualTo(
                        "p:13:11: spec.mutate: images are already changed in p line 6, expected one policy with mutate");
    }

    @Test
    void pinningNeedsRegistries() {
        PolicyDocuments documents = PolicySamples.documents().withoutContent("this needs --registries FILE");
        assertThatThrownBy(() -> documents.read("p", PolicySamples.policy(RULES + "\nmutate: {pin: [\"**\"]}")))
                .hasMessage("p:6:11: spec.mutate: pin looks up digests: this needs --registries FILE");
        assertThat(documents
                        .read("p", PolicySamples.policy(RULES + "\n" + MIRROR))
                        .mutation())
                .isPresent();
    }

    @Test
    void allowingAllOfTheNewPlaceWarns() {
        List<String> warnings = new ArrayList<>();
        PolicyDocuments documents = PolicySamples.documents().withWarnings(warning -> warnings.add(warning.toString()));
        documents.read("p", PolicySamples.policy("rules: [{name: r, allow: [\"m.io/hub/acme/**\"]}]\n" + MIRROR));
        assertThat(warnings).isEmpty();
        documents.read("p", PolicySamples.policy("rules: [{name: r, allow: [\"m.io/**\"]}]\n" + MIRROR));
        assertThat(warnings)
                .containsExactly("p:5:28: spec.rules[0].allow: allows \"m.io/**\", and with that every image of"
                        + " \"docker.io/**\", which mutate.rewrite sends there: allow the parts of it that you trust");
    }

    @Test
    void mistakesOfTestedPoliciesAreToldOnce(@TempDir Path folder) throws Exception {
        String test = """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec: {cases: [{name: c, image: nginx, expect: {decision: denied}}]}
                """;
        Path file = Files.writeString(
                folder.resolve("t.yaml"),
                PolicySamples.policy("rules: [{name: r, deny: [nginx]}]\n" + MIRROR + "\n")
                        + test
                        + test.replace("{name: t}", "{name: u}"));
        assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents()).run(file.toString()))
                .isInstanceOfSatisfying(
                        PolicyDocumentException.class,
                        mistakes -> assertThat(mistakes.problems()).hasSize(1));
    }

    @Test
    void casesAreCheckedByTheNewNamesWithTheFactsOfTheWrittenOnes(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("t.yaml"), PolicySamples.policy("""
                rules: [{name: pinned, digest: {required: true}}, {name: mirror, allow: ["m.io/hub/library/*"]}]
                mutate: {rewrite: [{from: "docker.io/**", to: "m.io/hub/**"}], pin: ["m.io/**"]}
                """) + """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec:
                  cases:
                    - name: known
                      image: nginx:1
                      facts: {"nginx:1": {digest: "sha256:%1$s"}}
                      expect: {decision: allowed}
                    - name: down
                      image: nginx:1
                      facts: {"nginx:1": {unavailable: true}}
                      expect: {decision: denied, rules: [pin]}
                    - name: absent
                      image: nginx:1
                      expect: {decision: denied, rules: [pin]}
                    - name: a review is of a pod as it will be
                      review: {images: ["nginx:1"]}
                      expect: {decision: denied, rules: [pinned, mirror]}
                """.formatted("a".repeat(64)));
        assertThat(new PolicyTests(PolicySamples.documents()).run(file.toString()))
                .allSatisfy(result ->
                        assertThat(result.failures()).as(result.testCase()).isEmpty());
    }
}
