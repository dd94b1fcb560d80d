package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.review.ImageReview;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, folders, and what they name. */
class PolicyFilesTest {

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private static String named(String name) {
        return PolicySamples.rule("allow: [nginx]").replace("{name: p}", "{name: " + name + "}");
    }

    private PolicySet load() {
        return PolicySamples.documents().load(folder);
    }

    @Test
    void aFolderIsReadInOrderWithoutWhatIsHidden() throws IOException {
        write("b.yml", named("b"));
        write("a.yaml", named("a1") + "---\n" + named("a2") + "---\n");
        write(
                "c.json",
                "{\"apiVersion\":\"imagegate.io/v1alpha1\",\"kind\":\"ImagePolicy\",\"metadata\":{\"name\":\"c\"},"
                        + "\"spec\":{\"rules\":[{\"name\":\"r\",\"digest\":{\"required\":true}}]}}");
        write("d-test.yaml", "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicyTest\nmetadata: {name: t}\nspec: {}");
        write("README.md", "not a policy");
        write(".hidden.yaml", "not a policy");
        write("folder.yaml/inner.yaml", "not a policy");
        assertThat(load().policies()).extracting(Policy::name).containsExactly("a1", "a2", "b", "c");
        assertThat(load().decide(
                                ImageReview.of("nginx@sha256:" + "a".repeat(64)).inNamespace("default"))
                        .allowed())
                .isTrue();
        assertThat(load().decide(ImageReview.of("nginx").inNamespace("default")).allowed())
                .isFalse();
    }

    @Test
    void aMountedConfigMapIsReadOnce() throws IOException {
        write("..2026_11_24/p.yaml", named("p"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_24"));
        Files.createSymbolicLink(folder.resolve("p.yaml"), Path.of("..data/p.yaml"));
        assertThat(load().policies()).extracting(Policy::name).containsExactly("p");
    }

    @Test
    void aNameStandsForOnePolicy() throws IOException {
        write("a.yaml", named("p"));
        write("b.yaml", named("q") + "---\n" + named("p"));
        assertThatThrownBy(this::load)
                .hasMessage(folder.resolve("b.yaml") + ":11:11: metadata: policy \"p\" is already defined in "
                        + folder.resolve("a.yaml") + " line 1, expected another name");
    }

    @Test
    void mistakesInAllFilesComeTogether() throws IOException {
        write("a.yaml", named("a").replace("rules", "ruls"));
        write("b.yaml", named("b").replace("allow", "alow"));
        write("c.yaml", named("c") + "---\na: [");
        write("d.yaml", named("d"));
        Files.write(folder.resolve("e.yaml"), "é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        PolicyDocumentException.class,
                        e -> assertThat(e.problems())
                                .extracting(DocumentProblem::toString)
                                .map(line -> line.substring(folder.toString().length() + 1))
                                .containsExactly(
                                        "a.yaml:5:3: spec: unknown key \"ruls\", expected one of rules, sets, trust, signers, "
                                                + "exceptions, expiryWarning, breakGlass, onUpdate, ignoredKinds, workloads, locale, mutate (did you mean rules?)",
                                        "a.yaml:5:3: spec: missing key \"rules\"",
                                        "b.yaml:7:7: spec.rules[0]: unknown key \"alow\", expected one of name, tag, version, digest, "
                                                + "image, signature, attestation, allow, deny, any, all, not, cel, custom, with, match, enforce, denyFrom, onUnavailable, message, "
                                                + "… (23 in all) (did you mean allow?)",
                                        "c.yaml:9:5: not YAML or JSON: while parsing a flow node, expected the node content, "
                                                + "but found '<stream end>'",
                                        "e.yaml: expected text in UTF-8"));
    }

    @Test
    void nothingIsNoPolicy() throws IOException {
        assertThatThrownBy(this::load)
                .hasMessage(folder + ": no policy in this folder, expected files *.yaml, *.yml or *.json");
        Path empty = write("a.yaml", "# nothing\n");
        assertThatThrownBy(this::load)
                .hasMessage(empty
                        + ": an empty file, expected kind: ImagePolicy or kind: ImagePolicyTest or kind: ImageSets");
        Files.writeString(empty, "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicyTest\n");
        assertThatThrownBy(this::load).hasMessage(folder + ": no policy, expected a document of kind: ImagePolicy");
        assertThatThrownBy(() -> new PolicyDocuments().load("nowhere.yaml"))
                .hasMessage("nowhere.yaml: no such file or folder");
        assertThatThrownBy(() -> new PolicyDocuments().load("a\0b")).hasMessageContaining("not the name of a file");
        assertThatThrownBy(() -> new PolicyDocuments().load("builtin:fixed-tag"))
                .hasMessage(
                        "builtin:fixed-tag: there is no such built-in policy, expected one of builtin:fixed-tags, "
                                + "builtin:no-local-registry, builtin:baseline, builtin:restricted, builtin:signed (did you mean builtin:fixed-tags?)");
    }

    @Test
    void aSetIsReadFromAFileBesideThePolicy() throws IOException {
        Path policy = write(
                "p.yaml", PolicySamples.policy("sets: {ours: {file: ours.txt}}\nrules: [{name: r, allow: [$ours]}]"));
        assertThatThrownBy(this::load)
                .hasMessage(policy + ":5:23: spec.sets.ours.file: " + folder.resolve("ours.txt")
                        + ": no such file or folder");
        write("ours.txt", "# nothing yet\n\n");
        assertThatThrownBy(this::load).hasMessage(folder.resolve("ours.txt") + ": no pattern, expected at least one");
        write("ours.txt", "nginx\n  gcr.io  # everything\r\ndocker/X\n");
        assertThatThrownBy(this::load)
                .hasMessageStartingWith(folder.resolve("ours.txt") + ":2:3: pattern \"gcr.io\": looks like a registry")
                .hasMessageContaining("\n" + folder.resolve("ours.txt") + ":3:8: pattern \"docker/X\": ");
        write("ours.txt", "nginx\n  gcr.io/**  # everything\r\n");
        PolicySet policies = PolicySamples.documents().load(policy.toString());
        assertThat(policies.decide(ImageReview.of("gcr.io/x").inNamespace("default"))
                        .allowed())
                .isTrue();
        assertThat(policies.decide(ImageReview.of("redis").inNamespace("default"))
                        .allowed())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"p.yaml", "ours.txt", "revoked.txt", "cosign.pub", "t.yaml"})
    void aByteOrderMarkAtTheStartOfAnyFileIsSkipped(String marked) throws IOException {
        write("ours.txt", "nginx\n");
        write("revoked.txt", "sha256:" + "a".repeat(64) + "\n");
        write("cosign.pub", Files.readString(SampleKeys.path("p256.pub")));
        write("p.yaml", PolicySamples.policy("""
                sets: {ours: {file: ours.txt}}
                signers: {us: {keys: [{file: cosign.pub}]}}
                rules:
                  - {name: r, allow: [$ours]}
                  - {name: s, image: {denyDigests: {file: revoked.txt}}}
                  - {name: t, signature: {by: [$us]}}
                """));
        String test = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec: {policy: p.yaml, cases: [{name: c, image: redis, expect: {decision: denied}}]}
                """;
        Path tests = write("t.yaml", test);
        write(marked, "\uFEFF" + Files.readString(folder.resolve(marked)));
        assertThat(new PolicyTests(PolicySamples.documents()).run(tests.toString()))
                .extracting(PolicyTestResult::passed)
                .containsExactly(true);
    }

    @Test
    void aSetIsNotReadFromElsewhere() throws IOException {
        for (String file : new String[] {"../ours.txt", "/etc/passwd", "a/b.txt", "..", "''"}) {
            write("p.yaml", PolicySamples.policy("sets: {o: {file: " + file + "}}\nrules: [{name: r, allow: [$o]}]"));
            assertThatThrownBy(this::load)
                    .hasMessageContaining(":5:20: spec.sets.o.file: ")
                    .hasMessageEndingWith("expected the name of a file in the same folder");
        }
    }
}
