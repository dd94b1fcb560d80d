package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicySamples;
import io.imagegate.document.PolicySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases of policy tests give facts of images, and an instant. */
class CaseFactsTest {

    private static final String HEAD =
            "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicyTest\nmetadata: {name: t}\nspec:\n";

    @TempDir
    Path folder;

    private List<String> run(String rule, String spec) throws IOException {
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, PolicySamples.rule(rule) + "---\n" + HEAD + spec.indent(2));
        List<PolicyTestResult> results = new PolicyTests(PolicySamples.documents()).run(file.toString());
        assertThat(PolicySchema.accepts(Files.readString(file))).isTrue();
        return results.stream()
                .flatMap(result -> result.failures().stream().map(failure -> result.testCase() + ": " + failure))
                .toList();
    }

    @Test
    void aCaseGivesFacts() throws IOException {
        assertThat(run("image: {maxAge: 180d, platforms: [linux/amd64], maxSize: 2Gi, labels: {team: pay*}}", """
                at: 2026-11-25T12:00:00Z
                cases:
                  - name: fresh
                    image: acme/api:1
                    facts:
                      "acme/api:1":
                        created: 2026-11-01T00:00:00Z
                        platforms: [linux/arm64, linux/amd64]
                        size: 500Mi
                        labels: {team: payments}
                    expect: {decision: allowed}
                  - name: old at another instant
                    at: 2027-11-25T12:00:00Z
                    image: acme/api:1
                    facts: {"acme/api:1": {created: 2026-11-01T00:00:00Z, platforms: [linux/amd64]}}
                    expect: {decision: denied, reason: was created on 2026-11-01T00:00:00Z}
                  - name: large
                    image: acme/api:1
                    facts: {"acme/api:1": {created: 2026-11-01T00:00:00Z, platforms: [linux/amd64], size: 3Gi}}
                    expect: {decision: denied, reason: expected at most 2Gi}
                  - name: what is not given is absent
                    image: acme/api:1
                    facts: {"acme/api:1": {created: 2026-11-01T00:00:00Z, platforms: [linux/amd64], size: 1Gi}}
                    expect: {decision: denied, reason: does not have the label}
                  - name: without facts
                    image: acme/api:1
                    expect: {decision: denied, reason: the test case does not give its metadata}
                  - name: one of two images
                    review: {images: ["acme/api:1", "acme/other:1"]}
                    facts:
                      "acme/api:1": {created: 2026-11-01T00:00:00Z, platforms: [linux/amd64], size: 1Ki, labels: {team: pay}}
                    expect: {decision: denied, rules: [r], reason: acme/other}
                """))
                .isEmpty();
    }

    @Test
    void aCaseGivesDigestsAndOutages() throws IOException {
        String digest = "sha256:" + "a".repeat(64);
        Files.writeString(folder.resolve("revoked.txt"), digest);
        Files.writeString(folder.resolve("pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {containers: [{name: web, image: "nginx:1"}]}
                """);
        assertThat(run("""
                all: [{image: {exists: true, denyDigests: {file: revoked.txt}}}, {deny: [redis]}]
                onUnavailable: warn
                """, """
                cases:
                  - name: good
                    image: nginx:1
                    facts: {"nginx:1": {digest: "sha256:%s"}}
                    expect: {decision: allowed, warnings: []}
                  - name: revoked
                    image: nginx:1
                    facts: {"nginx:1": {digest: "%s"}}
                    expect: {decision: denied, reason: denied digests}
                  - {name: does not exist, image: "nginx:1", expect: {decision: denied, reason: does not give its digest}}
                  - name: down
                    image: nginx:1
                    facts: {"nginx:1": {unavailable: true}}
                    expect: {decision: allowed, warnings: [r]}
                  - name: down, but the name says enough
                    image: nginx:1@%s
                    facts: {"nginx:1@%s": {unavailable: true}}
                    expect: {decision: denied}
                  - name: down, but another condition is violated
                    image: redis:1
                    facts: {"redis:1": {unavailable: true}}
                    expect: {decision: denied}
                  - name: a manifest
                    manifest: pod.yaml
                    facts: {"nginx:1": {digest: "sha256:%s"}}
                    expect: {decision: allowed}
                """.formatted("b".repeat(64), digest, digest, digest, "b".repeat(64))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "at: 2026-11-25, image: nginx # at: the text \"2026-11-25\", expected an instant such as 2026-11-25T12:00:00Z",
                "at: '2026-11-25T12:00:00+01:00', image: nginx # at: the text \"2026-11-25T12:00:00+01:00\", expected an instant",
                "at: '2026-02-30T12:00:00Z', image: nginx # at: the text \"2026-02-30T12:00:00Z\", expected an instant",
                "at: '2026-11-25T12:00:00Z', date: 2026-11-25, image: nginx # at: an instant beside a date, expected only one of them",
                "image: nginx, facts: [] # facts: a list, expected a mapping",
                "image: nginx, facts: {nginx: {}} # facts.nginx: empty, expected at least one of digest, created,",
                "image: nginx, facts: {nginx: {creatd: x}} # facts.nginx: unknown key \"creatd\"",
                "image: nginx, facts: {nginx: {created: 2026-11-25}} # facts.nginx.created: the text \"2026-11-25\", expected an instant",
                "image: nginx, facts: {nginx: {digest: 'sha256:a'}} # facts.nginx.digest: digest \"sha256:a\": ",
                "image: nginx, facts: {nginx: {size: 7}} # facts.nginx.size: size \"7\": expected a number above 0",
                "image: nginx, facts: {nginx: {platforms: []}} # facts.nginx.platforms: an empty list",
                "image: nginx, facts: {nginx: {platforms: [linux]}} # facts.nginx.platforms[0]: platform \"linux\": expected an operating system and an architecture",
                "image: nginx, facts: {nginx: {labels: {a: 7}}} # facts.nginx.labels.a: the number 7, expected text: put it in quotes",
                "image: nginx, facts: {nginx: {unavailable: false}} # facts.nginx.unavailable: no condition, expected true",
                "image: nginx, facts: {nginx: {unavailable: true, size: 1Ki}} # facts.nginx: facts beside unavailable, expected either",
            })
    void mistakesInFacts(String fields, String problem) {
        String spec = "cases: [{name: a, " + fields + ", expect: {decision: allowed}}]";
        assertThatThrownBy(() -> run("image: {exists: true}", spec)).hasMessageContaining("spec.cases[0]." + problem);
        assertThat(PolicySchema.accepts(HEAD + spec.indent(2))).isFalse();
    }

    @Test
    void factsAreOfImagesOfTheCase() {
        String digest = "sha256:" + "a".repeat(64);
        assertThatThrownBy(() -> run("image: {exists: true}", """
                cases:
                  - {name: a, image: nginx, facts: {ngnix: {size: 1Ki}}, expect: {decision: allowed}}
                  - {name: b, image: "n@%s", facts: {"n@%s": {digest: "sha256:%s"}}, expect: {decision: allowed}}
                  - {name: c, image: "A:1", facts: {"A:1": {size: 1Ki}}, expect: {decision: denied}}
                """.formatted(digest, digest, "b".repeat(64))))
                .hasMessageContaining("there is no image \"ngnix\", expected nginx")
                .hasMessageContaining("the name of the image has another digest")
                .hasMessageContaining("facts.A:1: image \"A:1\": character 1 'A': ");
    }
}
