package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Enforcement;
import io.imagegate.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Conditions on the content of images")
class ImageConditionsTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private static List<String> warnings(String rules) {
        List<String> warnings = new ArrayList<>();
        PolicySamples.documents()
                .withWarnings(warning -> warnings.add(warning.toString()))
                .read("p.yaml", PolicySamples.policy("rules:\n" + rules.indent(2)));
        return warnings;
    }

    @Test
    @DisplayName("become rules")
    void rules() {
        String text = PolicySamples.rule("""
                image:
                  maxAge: 180d
                  platforms: [linux/amd64, linux/arm64/v8]
                  maxSize: 2Gi
                  labels: {org.opencontainers.image.source: "https://github.com/acme/*", version: 1.20}
                  annotations: {team: payments}
                  exists: true
                onUnavailable: warn
                """);
        assertThat(PolicySchema.accepts(text)).isTrue();
        assertThat(PolicySamples.documents()
                        .read("p.yaml", text)
                        .policies()
                        .get(0)
                        .rules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.onUnavailable("", LocalDate.EPOCH)).isEqualTo(Enforcement.WARN);
                    assertThat(rule.rule())
                            .isEqualTo(Rules.allOf(
                                    Rules.exists(),
                                    Rules.maxAge(Duration.ofDays(180)),
                                    Rules.platforms("linux/amd64", "linux/arm64/v8"),
                                    Rules.maxSize(2L << 30),
                                    Rules.labels(Map.of(
                                            "org.opencontainers.image.source",
                                            "https://github.com/acme/*",
                                            "version",
                                            "1.20")),
                                    Rules.annotations(Map.of("team", "payments"))));
                });
    }

    @ParameterizedTest(name = "image: {0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "{} # 7:14: spec.rules[0].image: empty, expected at least one of maxAge, platforms, maxSize, labels, annotations, exists, denyDigests",
                "[] # 7:14: spec.rules[0].image: a list, expected a mapping with keys such as maxAge",
                "{maxage: 180d} # 7:15: spec.rules[0].image: unknown key \"maxage\", expected one of maxAge, platforms, maxSize, labels, annotations, exists, denyDigests (did you mean maxAge?)",
                "{maxAge: 180} # 7:23: spec.rules[0].image.maxAge: duration \"180\": expected a number above 0 and one of the units ms, s, m, h, d, such as 180d",
                "{maxSize: 2} # 7:24: spec.rules[0].image.maxSize: size \"2\": expected a number above 0 and one of the units Ki, Mi, Gi, such as 2Gi",
                "{maxAge: 6months} # 7:23: spec.rules[0].image.maxAge: duration \"6months\": expected a number above 0 and one of the units ms, s, m, h, d, such as 180d",
                "{maxAge: 0d} # 7:23: spec.rules[0].image.maxAge: duration \"0d\": expected a number above 0",
                "{maxSize: 2GB} # 7:24: spec.rules[0].image.maxSize: size \"2GB\": expected a number above 0 and one of the units Ki, Mi, Gi, such as 2Gi",
                "{platforms: linux/amd64} # 7:26: spec.rules[0].image.platforms: the text \"linux/amd64\", expected a list, such as [a, b]",
                "{platforms: []} # 7:26: spec.rules[0].image.platforms: an empty list, expected at least one element",
                "{platforms: [amd64]} # 7:27: spec.rules[0].image.platforms[0]: platform \"amd64\": expected an operating system and an architecture",
                "{platforms: [linux/x86_64]} # 7:27: spec.rules[0].image.platforms[0]: platform \"linux/x86_64\": expected an operating system and an architecture, such as linux/amd64, and perhaps a variant, such as linux/arm/v7 (did you mean amd64?)",
                "{platforms: [linux/aarch64]} # 7:27: spec.rules[0].image.platforms[0]: platform \"linux/aarch64\"",
                "{labels: {}} # 7:23: spec.rules[0].image.labels: empty, expected at least one key with a glob of its value",
                "{labels: [a]} # 7:23: spec.rules[0].image.labels: a list, expected a mapping",
                "{labels: {a: ''}} # 7:27: spec.rules[0].image.labels.a: a glob must not be empty: write * for any text",
                "{labels: {a: true}} # 7:27: spec.rules[0].image.labels.a: the value true, expected text: put it in quotes",
                "{annotations: {a: [x]}} # 7:32: spec.rules[0].image.annotations.a: a list, expected text",
                "{exists: false} # 7:23: spec.rules[0].image.exists: no condition, expected true",
                "{exists: yes} # 7:23: spec.rules[0].image.exists: the text \"yes\", expected true or false",
                "{denyDigests: [x]} # 7:28: spec.rules[0].image.denyDigests: a list, expected a mapping with the key file",
                "{denyDigests: {file: ../x}} # 7:35: spec.rules[0].image.denyDigests.file: a file, but this policy was not read from a folder; expected a list of digests",
            })
    @DisplayName("are refused if they are wrong or can never match, also by the schema")
    void mistakes(String image, String problem) {
        String rule = "image: " + image;
        assertThat(PolicySamples.problemOfRule(rule)).startsWith("p.yaml:" + problem);
        assertThat(PolicySchema.accepts(PolicySamples.rule(rule))).isFalse();
    }

    @Test
    @DisplayName("take denied digests from a file beside the policy")
    void deniedDigests() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("p.yaml"), PolicySamples.rule("image: {denyDigests: {file: revoked.txt}}"));
        Path revoked = Files.writeString(folder.resolve("revoked.txt"), "# CVE-2026-1234\n" + DIGEST + " # 2.3.0\n\n");
        assertThat(PolicySamples.documents().load(policy).policies()).hasSize(1);
        Files.writeString(revoked, "sha256:abc\n  sha512:" + "f".repeat(128) + "\n");
        assertThatThrownBy(() -> PolicySamples.documents().load(policy))
                .hasMessageContaining("revoked.txt:1:1: digest \"sha256:abc\": ")
                .hasMessageContaining("revoked.txt:2:3: denied digest \"sha512:");
        Files.writeString(revoked, "# none\n");
        assertThatThrownBy(() -> PolicySamples.documents().load(policy))
                .hasMessageContaining("revoked.txt: no digest, expected at least one");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "image: {exists: true} # true",
                "any: [{allow: [nginx]}, {image: {exists: true}}] # true",
                "all: [{not: {image: {exists: true}}}] # true",
                "any: [{allow: [nginx]}] # false",
                "any: [{custom: io.example.TeamOwnsRepository, with: {team: image}}] # false",
            })
    @DisplayName("are refused by a program that has no registries")
    void withoutContent(String rule, boolean refused) {
        PolicyDocuments documents = PolicySamples.documents().withoutContent("there are no registries");
        String text = PolicySamples.rule(rule);
        if (refused) {
            assertThatThrownBy(() -> documents.read("p.yaml", text))
                    .hasMessage("p.yaml:6:7: spec.rules[0]: rule \"r\" looks at the content of images:"
                            + " there are no registries");
        } else {
            assertThat(documents.read("p.yaml", text).policies()).hasSize(1);
        }
    }

    @Test
    @DisplayName("are named when no rule requires a digest of their images")
    void tagsThatMove() {
        assertThat(warnings("""
                - {name: a, image: {exists: true}}
                - {name: b, match: {images: [nginx]}, any: [{image: {exists: true}}, {allow: ["nginx:1"]}]}
                - {name: c, enforce: warn, digest: {required: true}}
                - {name: d, match: {namespaces: [prod]}, digest: {required: true}}
                - {name: e, any: [{digest: {required: true}}, {allow: [redis]}]}
                """))
                .containsExactly(
                        "p.yaml:6:7: rule \"a\" looks at the content of images that need no digest, so a tag can move"
                                + " between the check and the pull: add a rule with digest: {required: true} for them",
                        "p.yaml:7:7: rule \"b\" looks at the content of images that need no digest, so a tag can move"
                                + " between the check and the pull: add a rule with digest: {required: true} for them");
    }

    @Test
    @DisplayName("are not named when a rule requires a digest of their images")
    void tagsThatDoNotMatter() {
        assertThat(warnings("""
                - {name: a, match: {images: [nginx], namespaces: [prod]}, image: {exists: true}}
                - {name: b, match: {images: [nginx]}, digest: {required: true}}
                - {name: c, match: {images: [redis]}, all: [{digest: {required: true}}, {image: {exists: true}}]}
                """)).isEmpty();
        assertThat(warnings("- {name: a, allow: [nginx]}")).isEmpty();
    }
}
