package io.imagegate;

import static io.imagegate.RepositoryCopy.ROOT;
import static io.imagegate.RepositoryCopy.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.RepositoryCopy.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of CONTRIBUTING. A sample of each is kept as a patch; all are applied to {@link ReleasedCopy}, and tried. */
@Tag("full")
class ContributionsTest {

    private static final Path RECORDED = ROOT.resolve("policy-core/signature/src/test/resources/recorded/cosign2");

    @TempDir
    static Path folder = Path.of("");

    private static Path jar = Path.of("");

    @BeforeAll
    static void buildsACopyWithAllPatches() throws Exception {
        Machine.needs("git", "mvn");
        jar = ReleasedCopy.get().folder().resolve("adapter-undertow/cli/target/imagegate.jar");
    }

    private static Result imagegate(String... arguments) throws IOException, InterruptedException {
        return java("-jar", arguments);
    }

    /** Runs a class of the built jar, or the jar: for seconds, which earn back little of what the optimizing compiler costs. */
    private static Result java(String option, String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option, jar.toString()));
        words.addAll(List.of(arguments));
        return run(folder, words.toArray(String[]::new));
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String policy(String rule) {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: tried}
                spec:
                  rules: [{name: tried, %s}]
                """.formatted(rule);
    }

    @Test
    @DisplayName("CONTRIBUTING has a recipe for each patch")
    void recipesHavePatches() throws IOException {
        List<String> named = Pattern.compile("\\(\\.ci/recipes/([a-z-]+\\.patch)\\)")
                .matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .map(link -> link.group(1))
                .sorted()
                .toList();
        assertThat(named)
                .isEqualTo(ReleasedCopy.samples().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    @DisplayName(".ci/README.md lists the names of .ci/do")
    void shortNamesAreListed() throws IOException {
        assertThat(names(".ci/README.md", "(?m)^\\| `([a-z-]+)[ `]"))
                .isEqualTo(names(".ci/do", "(?m)^  ([a-z-]+)\\)"))
                .hasSizeGreaterThan(20);
    }

    private static List<String> names(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(name -> name.group(1))
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("a rule: depth")
    void rule() throws Exception {
        String one = file("one.yaml", policy("depth: 1"));
        String three = file("three.yaml", policy("depth: 3"));
        assertThat(imagegate("check", "-p", one, "ghcr.io/a/b/c:1").output())
                .contains("its repository has 3 components; expected at most 1");
        assertThat(imagegate("check", "-p", three, "ghcr.io/a/b/c:1").status()).isZero();
    }

    @Test
    @DisplayName("a fact: the number of layers")
    void fact() throws Exception {
        String test = file("layers.yaml", policy("image: {maxLayers: 5}") + """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: layers}
                spec:
                  cases:
                    - {name: few, image: "a:1", facts: {"a:1": {layers: 5}}, expect: {decision: allowed}}
                    - {name: many, image: "a:1", facts: {"a:1": {layers: 6}}, expect: {decision: denied}}
                    - {name: unknown, image: "a:1", facts: {"a:1": {size: 1Ki}}, expect: {decision: denied}}
                """);
        assertThat(imagegate("test", test)).isEqualTo(new Result(0, """
                passed  layers: few
                passed  layers: many
                passed  layers: unknown
                3 passed, 0 failed
                """));
    }

    @Test
    @DisplayName("a command: registries")
    void command() throws Exception {
        assertThat(imagegate("registries", "nginx", "ghcr.io/a/b:1", "redis"))
                .isEqualTo(new Result(0, "docker.io\nghcr.io\n"));
        assertThat(imagegate("registries", "A").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("an input: files of variables")
    void input() throws Exception {
        String variables = file("images.env", "# images\nWEB_IMAGE=nginx\nSIZE=3\nAPI_IMAGE=ghcr.io/acme/api:2.3.0\n");
        assertThat(imagegate("check", variables).output())
                .contains("images.env:2", "nginx", "2 images checked, 1 denied");
        Path alone = Files.createDirectories(folder.resolve("variables"));
        Files.writeString(alone.resolve("a.env"), "IMAGE=nginx:1.27.3\n");
        Files.writeString(alone.resolve("a.txt"), "IMAGE=nginx\n");
        assertThat(imagegate("check", alone.toString()).output()).contains("allowed: 1 image checked");
        String mirrored = file(
                "mirrored.yaml",
                policy("deny: [\"evil.example/**\"]")
                        + "  mutate: {rewrite: [{from: \"docker.io/library/*\", to: \"mirror.example/*\"}]}\n");
        assertThat(imagegate("pin", "-p", mirrored, alone.toString()).status()).isZero();
        assertThat(alone.resolve("a.env")).hasContent("IMAGE=mirror.example/nginx:1.27.3\n");
    }

    @Test
    @DisplayName("an output: csv")
    void output() throws Exception {
        assertThat(imagegate("check", "-o", "csv", "nginx", "nginx:1.27.3"))
                .isEqualTo(new Result(1, "outcome,place,image,rule\n\"denied\",\"\",\"nginx\",\"fixed-tag\"\n"));
        assertThat(imagegate("test", "-o", "csv", ".").output()).contains("expected one of text, junit, got \"csv\"");
    }

    @Test
    @DisplayName("a setting: last-answers")
    void setting() throws Exception {
        assertThat(serve("--last-answers", "300ms").output()).containsPattern("(?m)^last-answers: 300ms +# flag$");
        String config = file("imagegate.yaml", "last-answers: 2s\n");
        assertThat(serve("--config", config).output()).containsPattern("(?m)^last-answers: 2s +# ");
        Result refused = serve("--last-answers", "soon");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).contains("--last-answers");
    }

    private static Result serve(String option, String value) throws IOException, InterruptedException {
        return imagegate("serve", "--tls-cert", "c.pem", "--tls-key", "k.pem", option, value, "--print-config");
    }

    @Test
    @DisplayName("a form of signature: another annotation")
    void formOfSignature() throws Exception {
        String manifest = Files.readString(RECORDED.resolve("key-manifest.json"));
        String signature = found(manifest, "cosign/signature\"\\s*:\\s*\"([^\"]+)");
        String payload = Files.readString(RECORDED.resolve("key-payload.json"));
        String digest = found(payload, "(sha256:[0-9a-f]{64})");
        String probe = file("Probe.java", """
                import io.imagegate.reference.Digest;
                import io.imagegate.signature.Artifact;
                import io.imagegate.signature.StoredSignature;
                import io.imagegate.signature.Verifier;
                import io.imagegate.signer.Signer;
                import io.imagegate.signer.SigningKey;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.time.Instant;
                import java.util.List;
                import java.util.Map;

                class Probe {
                    public static void main(String[] words) throws Exception {
                        Signer signer = Signer.keys("key", List.of(SigningKey.read(Files.readString(Path.of(words[0])))));
                        StoredSignature stored = StoredSignature.layer(
                                words[3], Map.of("example.signature", words[2]), Files.readAllBytes(Path.of(words[1])));
                        System.out.println(Verifier.create().verify(stored, Artifact.of(Digest.parse(words[4])), signer, Instant.now()));
                    }
                }
                """);
        String key = RECORDED.resolve("key1.pub").toString();
        String content = RECORDED.resolve("key-payload.json").toString();
        String type = "application/vnd.example.signature.v1+json";
        assertThat(java("-cp", probe, key, content, signature, type, digest).output())
                .startsWith("Verified");
        String other = RECORDED.resolve("key2.pub").toString();
        assertThat(java("-cp", probe, other, content, signature, type, digest).output())
                .startsWith("Violated");
        assertThat(java("-cp", probe, key, content, signature, type + "x", digest)
                        .output())
                .contains("a signature of the example");
    }

    @Test
    @DisplayName("a condition on attestations: packages that a bill of materials must not have")
    void attestationCondition() throws Exception {
        Files.copy(RECORDED.resolve("key1.pub"), folder.resolve("sbom.pub"));
        String test = file(
                "sbom.yaml",
                """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: sbom}
                spec:
                  signers: {ci: {keys: [{file: sbom.pub}]}}
                  rules:
                    - name: sbom
                      attestation: {type: cyclonedx, by: [$ci], packages: {deny: ["pkg:npm/event-stream@3.3.6"]}}
                """ + policyTest("sbom") + sbomCase("near", "decision: allowed", sbom(1, "3.3.5"))
                        + sbomCase(
                                "found",
                                "decision: denied, reason: 'the SBOM by ci of 2026-11-01T00:00:00Z has denied packages: event-stream 3.3.6'",
                                sbom(1, "3.3.6"))
                        + sbomCase("newest", "decision: allowed", sbom(1, "3.3.6"), sbom(2, "3.3.5"))
                        + sbomCase("replaced", "decision: denied", sbom(1, "3.3.5"), sbom(2, "3.3.6"))
                        + sbomCase("unreadable", "decision: denied, reason: 'the SBOM by ci cannot be read'", "{}"));
        assertThat(imagegate("test", test)).isEqualTo(new Result(0, """
                passed  sbom: near
                passed  sbom: found
                passed  sbom: newest
                passed  sbom: replaced
                passed  sbom: unreadable
                5 passed, 0 failed
                """));
    }

    private static String policyTest(String name) {
        return """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: %s}
                spec:
                  cases:
                """.formatted(name);
    }

    /** The package is a part of another one. */
    private static String sbom(int day, String version) {
        return """
                {"bomFormat": "CycloneDX", "metadata": {"timestamp": "2026-11-0%dT00:00:00Z"}, "components": [{"name": "app",\
                 "components": [{"name": "event-stream", "version": "%s", "purl": "pkg:npm/event-stream@%s"}]}]}\
                """.formatted(day, version, version);
    }

    private static String sbomCase(String name, String expect, String... predicates) {
        String attestations = Stream.of(predicates)
                .map(predicate -> "{type: cyclonedx, by: [ci], predicate: {json: '" + predicate + "'}}")
                .collect(Collectors.joining(", "));
        return "    - {name: %s, at: 2026-11-26T00:00:00Z, image: \"a:1\", facts: {\"a:1\": {digest: \"sha256:%s\", attestations: [%s]}}, expect: {%s}}\n"
                .formatted(name, "a".repeat(64), attestations, expect);
    }

    @Test
    @DisplayName("a kind of signer: one certificate")
    void signer() throws Exception {
        String manifest = Files.readString(RECORDED.resolve("keyless-manifest.json"));
        String certificate = Files.writeString(
                        folder.resolve("pinned.pem"),
                        found(manifest, "sigstore.cosign/certificate\":\"([^\"]+)")
                                .replace("\\n", "\n"))
                .toString();
        String test = file(
                "pinned.yaml",
                """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: pinned}
                spec:
                  signers: {office: {pinned: {file: pinned.pem}}}
                  rules: [{name: signed, signature: {by: [$office]}}]
                """ + policyTest("pinned")
                        + pinnedCase("ended", "2099-01-01", "signedBy: [office]", "denied, reason: counts only until")
                        + pinnedCase("unsigned", "2020-01-01", "size: 1Ki", "denied")
                        + pinnedCase("signed", "2020-01-01", "signedBy: [office]", "allowed"));
        assertThat(imagegate("test", test)).isEqualTo(new Result(0, """
                passed  pinned: ended
                passed  pinned: unsigned
                passed  pinned: signed
                3 passed, 0 failed
                """));
        String probe = file("PinnedProbe.java", """
                import io.imagegate.reference.Digest;
                import io.imagegate.signature.Artifact;
                import io.imagegate.signature.StoredSignature;
                import io.imagegate.signature.Verifier;
                import io.imagegate.signer.PemFile;
                import io.imagegate.signer.PinnedSigner;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.security.cert.X509Certificate;
                import java.time.Instant;
                import java.util.Map;

                class PinnedProbe {
                    public static void main(String[] words) throws Exception {
                        String pem = Files.readString(Path.of(words[0]));
                        X509Certificate own = PemFile.certificates(pem).get(0);
                        X509Certificate other = PemFile.certificates(Files.readString(Path.of(words[4]))).get(0);
                        StoredSignature stored = StoredSignature.layer(
                                "application/vnd.dev.cosign.simplesigning.v1+json",
                                Map.of("dev.cosignproject.cosign/signature", words[2], "dev.sigstore.cosign/certificate", pem),
                                Files.readAllBytes(Path.of(words[1])));
                        Artifact image = Artifact.of(Digest.parse(words[3]));
                        Instant begin = own.getNotBefore().toInstant();
                        Verifier verifier = Verifier.create();
                        System.out.println(verifier.verify(stored, image, new PinnedSigner("own", own), begin));
                        System.out.println(verifier.verify(stored, image, new PinnedSigner("own", own), begin.minusSeconds(1)));
                        System.out.println(verifier.verify(stored, image, new PinnedSigner("other", other), begin));
                    }
                }
                """);
        Path payload = RECORDED.resolve("keyless-payload.json");
        String signature = found(manifest, "cosign/signature\":\"([^\"]+)");
        String digest = found(Files.readString(payload), "(sha256:[0-9a-f]{64})");
        String other = RECORDED.resolve("../trust/certificate-ca.pem").toString();
        assertThat(java("-cp", probe, certificate, payload.toString(), signature, digest, other)
                        .output()
                        .lines())
                .satisfiesExactly(
                        own -> assertThat(own).startsWith("Verified"),
                        before -> assertThat(before).startsWith("Violated").contains("its certificate holds from"),
                        strange -> assertThat(strange).startsWith("Violated").contains("another certificate"));
    }

    private static String pinnedCase(String name, String day, String facts, String expect) {
        return "    - {name: %s, at: %sT00:00:00Z, image: \"a:1\", facts: {\"a:1\": {digest: \"sha256:%s\", %s}}, expect: {decision: %s}}\n"
                .formatted(name, day, "a".repeat(64), facts, expect);
    }

    private static String found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
