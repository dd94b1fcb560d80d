package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("It sets System.in.")
@DisplayName("verifier")
class VerifierCommandTest extends CommandTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String TYPE = "application/vnd.oci.descriptor.v1+json";
    private static final String ALLOWED = "ghcr.io/acme/api:1.2.0";
    private static final String DENIED = "ghcr.io/acme/api:latest";

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              rules:
            """;

    @TempDir
    Path folder = Path.of("");

    private final InputStream before = System.in;
    private ByteArrayInputStream input = new ByteArrayInputStream(new byte[0]);

    @BeforeEach
    void prepare() throws IOException {
        standardInput("");
        Files.createDirectory(folder.resolve("policies"));
        rules("- {name: tags, tag: {deny: [latest]}}");
    }

    @AfterEach
    void restore() {
        System.setIn(before);
    }

    private void standardInput(String text) {
        input = new ByteArrayInputStream(text.getBytes(UTF_8));
        System.setIn(input);
    }

    private void rules(String rules) throws IOException {
        Files.writeString(folder.resolve("policies/p.yaml"), POLICY + rules.indent(4));
    }

    /** As the script of the package adds it. */
    private int verifier(String... arguments) {
        List<String> all = new ArrayList<>(List.of("verifier", "--config", folder.toString()));
        all.addAll(List.of(arguments));
        int status = run(all.toArray(String[]::new));
        assertThat(out.toString()).hasLineCount(1).endsWith("\n");
        return status;
    }

    /** As containerd passes it. */
    private int pull(String name) {
        return verifier("-name", name, "-digest", DIGEST, "-stdin-media-type", TYPE);
    }

    private String reason() {
        return out.toString().replace(DIGEST, "DIGEST").replace(folder + "/", "");
    }

    @Test
    @DisplayName("exits with 0 or 1, and prints the reason on one line")
    void decides() {
        assertThat(pull(ALLOWED)).isZero();
        assertThat(reason()).isEqualTo("allowed " + ALLOWED + "@DIGEST\n");
        assertThat(pull(DENIED)).isEqualTo(1);
        assertThat(reason())
                .isEqualTo("image \"" + DENIED
                        + "@DIGEST\" (node) violates rule \"tags\": the tag \"latest\" is not allowed\n");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "-name=NAME -digest=DIGEST -stdin-media-type=TYPE",
                "--name NAME --digest DIGEST --stdin-media-type TYPE",
                "--digest=DIGEST --name=NAME",
                "-name NAME -digest DIGEST -operation pull -stdin-media-type TYPE",
                "-operation=run -name NAME -digest DIGEST -stdin-media-type"
                        + " application/vnd.containerd.image-verifier.input.v1+json",
                "-name NAME -digest DIGEST -later",
                "-name NAME -digest DIGEST -later -",
                "-later value -name NAME -digest DIGEST --sooner=5 -hash x -Verbose",
                "-name NAME -digest DIGEST -operation unpack",
            })
    @DisplayName("reads flags as Go does, also those of a later containerd")
    void flags(String line) {
        for (String name : List.of(ALLOWED, DENIED)) {
            String[] arguments = line.replace("NAME", name)
                    .replace("DIGEST", DIGEST)
                    .replace("TYPE", TYPE)
                    .split(" ", -1);
            assertThat(verifier(arguments)).as(out.toString()).isEqualTo(name.equals(ALLOWED) ? 0 : 1);
        }
        assertThat(err.toString().contains("ignored the flag")).isEqualTo(line.contains("-later"));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | expected --name NAME and --digest DIGEST",
                "-name NAME | expected --digest DIGEST",
                "-digest DIGEST | expected --name NAME",
                "-name NAME -digest | expected --digest DIGEST",
                "-digest DIGEST -name | expected --name NAME",
                "-name NAME -digest DIGEST -name NAME | --name is given twice",
                "-name NAME -digest DIGEST --name=NAME | --name is given twice",
                "-name NAME -digest DIGEST -digest DIGEST | --digest is given twice",
                "-name NAME -digest DIGEST -later --config=/tmp | --config is given twice",
                "-name NAME -digest DIGEST -later -name=ghcr.io/other:1 | --name is given twice",
                "-name NAME -digest DIGEST value | unexpected argument \"value\"",
                "-name NAME -digest DIGEST - | unexpected argument \"-\"",
                "-name NAME -digest DIGEST -later=1 value | unexpected argument \"value\"",
                "-name NAME -digest DIGEST -later 1 value | unexpected argument \"value\"",
                "-name= -digest DIGEST | --name: expected a value",
                "-name -digest DIGEST | expected --name NAME",
                "-name nginx:1 -digest DIGEST | expected it in full: \"docker.io/library/nginx:1\"",
                "-name ghcr.io/acme/api@sha256:12 -digest DIGEST | digest",
                "-name NAME -digest latest | digest \"latest\"",
            })
    @DisplayName("refuses arguments that it cannot read, and an argument twice")
    void wrongArguments(String line, String reason) {
        String[] arguments = line.isEmpty()
                ? new String[0]
                : line.replace("NAME", ALLOWED).replace("DIGEST", DIGEST).split(" ", -1);
        assertThat(verifier(arguments)).isEqualTo(1);
        assertThat(reason()).contains(reason);
    }

    @Test
    @DisplayName("needs --config, and has no option for help, which would exit with 0")
    void help() {
        assertThat(run("verifier", "-name", ALLOWED, "-digest", DIGEST)).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("expected --config FOLDER (see imagegate help verifier)\n");
        for (String help : List.of("--help", "-h", "--version", "-V")) {
            assertThat(run("verifier", help)).isEqualTo(1);
            assertThat(out.toString())
                    .startsWith("expected --config FOLDER and --name NAME and --digest DIGEST")
                    .hasLineCount(1);
            assertThat(verifier("-name", DENIED, "-digest", DIGEST, "-later", help))
                    .isEqualTo(1);
        }
        assertThat(run("help", "verifier")).isZero();
        assertThat(out.toString()).startsWith("Usage: imagegate verifier");
    }

    @Test
    @DisplayName("reads standard input, which changes nothing")
    void input() throws IOException {
        Files.writeString(folder.resolve("policies/p.yaml"), POLICY + """
                            - {name: tags, tag: {deny: [latest]}}
                          breakGlass: {annotation: ticket.image-policy.k8s.io/break-glass, value: "INC-*", namespaces: ["prod"]}
                          exceptions:
                            - {rules: [tags], namespaces: [prod], reason: migration, expires: 2999-01-01}
                        """);
        for (String text : List.of(
                "",
                "no JSON",
                "{\"operation\":\"run\",\"annotations\":{"
                        + "\"ticket.image-policy.k8s.io/break-glass\":\"INC-1\",\"io.kubernetes.cri.sandbox-namespace\":\"prod\"}}")) {
            standardInput(text);
            assertThat(pull(DENIED)).isEqualTo(1);
            assertThat(input.available()).isZero();
        }
    }

    @Test
    @DisplayName("applies rules and effects for some namespaces, and no exception for some")
    void namespaceIsNotTold() throws IOException {
        rules("- {name: tags, match: {namespaces: [prod]}, tag: {deny: [latest]}}");
        assertThat(pull(DENIED)).isEqualTo(1);
        rules("- {name: tags, match: {exceptNamespaces: [dev]}, tag: {deny: [latest]}}");
        assertThat(pull(DENIED)).isEqualTo(1);
        rules("- {name: tags, tag: {deny: [latest]}, enforce: {default: warn, deny: [prod]}}");
        assertThat(pull(DENIED)).isEqualTo(1);
        rules("- {name: own, allow: [\"ghcr.io/{namespace}/**\"]}");
        assertThat(pull(ALLOWED)).isEqualTo(1);
        rules("- {name: own, cel: \"request.namespace != 'prod'\"}");
        assertThat(pull(ALLOWED)).isEqualTo(1);
        rules("- {name: tags, match: {containers: {types: [init]}}, tag: {deny: [latest]}}");
        assertThat(pull(DENIED)).isEqualTo(1);

        String exception = "exceptions: [{rules: [tags], SCOPE reason: migration, expires: 2999-01-01}]".indent(2);
        String rule = "- {name: tags, tag: {deny: [latest]}}".indent(4);
        Path policy = folder.resolve("policies/p.yaml");
        Files.writeString(policy, POLICY + rule + exception.replace("SCOPE", "namespaces: [prod],"));
        assertThat(pull(DENIED)).isEqualTo(1);
        Files.writeString(policy, POLICY + rule + exception.replace("SCOPE", "users: [\"**\"],"));
        assertThat(pull(DENIED)).isEqualTo(1);
        Files.writeString(policy, POLICY + rule + exception.replace("SCOPE", "images: [ghcr.io/acme/**],"));
        assertThat(pull(DENIED)).isZero();
        assertThat(reason()).startsWith("allowed " + DENIED + "@DIGEST; exempted: migration (2999-01-01): ");
    }

    @Test
    @DisplayName("sees no tag beside a digest that the pod wrote, so demands on it stay open")
    void digestAlone() throws IOException {
        String image = "ghcr.io/acme/api@" + DIGEST;
        rules("- {name: tags, tag: {required: true, deny: [latest]}}");
        assertThat(pull(image)).isZero();
        assertThat(reason()).isEqualTo("allowed ghcr.io/acme/api@DIGEST\n");
        rules("- {name: tags, tag: {semver: \">=1\"}}");
        assertThat(pull(image)).isEqualTo(1);
        assertThat(pull(ALLOWED)).isZero();
        rules("- {name: tags, tag: {allow: [\"1.*\"]}}");
        assertThat(pull(image)).isEqualTo(1);
        assertThat(pull(ALLOWED)).isZero();
        assertThat(verifier("-name", image, "-digest", "sha256:" + "b".repeat(64)))
                .isEqualTo(1);
        assertThat(reason()).contains("has another digest than sha256:bbb");
    }

    @Test
    @DisplayName("checks images as they are pulled, not as mutate of the policy would name them")
    void mutationIsNotApplied() throws IOException {
        Files.writeString(folder.resolve("policies/p.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  mutate: {rewrite: [{from: "ghcr.io/**", to: "mirror.internal/ghcr/**"}]}
                  rules: [{name: mirror, allow: ["mirror.internal/**"]}]
                """);
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(pull("mirror.internal/ghcr/acme/api:1.2.0")).isZero();
    }

    @Test
    @DisplayName("allows with warnings on the same line, and prints a rule's own words in one line")
    void words() throws IOException {
        rules("- {name: tags, tag: {deny: [latest]}, enforce: warn}");
        assertThat(pull(DENIED)).isZero();
        assertThat(reason()).startsWith("allowed " + DENIED + "@DIGEST; warned: image ");
        rules("- {name: tags, tag: {deny: [latest]}, message: \"检查镜像失败!\\n镜像标签不允许使用latest!\"}");
        assertThat(pull(DENIED)).isEqualTo(1);
        assertThat(reason()).isEqualTo("检查镜像失败!; 镜像标签不允许使用latest!\n");
    }

    @Test
    @DisplayName("refuses with the reason while its folder cannot be used")
    void wrongFolder() throws IOException {
        Path policy = folder.resolve("policies/p.yaml");
        Files.writeString(
                policy, Files.readString(policy).replace("tag:", "tags:").replace("name: p", "nam: p"));
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("policies/p.yaml:3:", "; policies/p.yaml:6:");
        Files.writeString(policy, "");
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("an empty file");
        Files.delete(policy);
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("no policy in this folder");
        Files.delete(folder.resolve("policies"));
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("policies: no such file or folder");
    }

    @Test
    @DisplayName("refuses while its file of registries is a link that leads nowhere, or a folder")
    void wrongRegistries() throws IOException {
        Path registries = folder.resolve("registries.yaml");
        Files.createSymbolicLink(registries, Path.of("gone.yaml"));
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("registries.yaml: no such file");
        Files.delete(registries);
        Files.createSymbolicLink(registries, Path.of("registries.yaml"));
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).startsWith("registries.yaml: ");
        Files.delete(registries);
        Files.createDirectory(registries);
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("registries.yaml: cannot be read: expected a regular file");
        Files.delete(registries);
        assertThat(pull(ALLOWED)).isZero();
    }

    @Test
    @DisplayName("allows the pause image by the policy of its page, and denies what the page shows")
    void page() throws IOException {
        Matcher policy =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("VERIFIER.md")));
        assertThat(policy.find()).isTrue();
        Files.writeString(folder.resolve("policies/p.yaml"), policy.group(1).stripIndent());
        assertThat(pull("registry.k8s.io/pause:3.10.2")).isZero();
        assertThat(pull("ghcr.io/acme/api:1.4.0")).isZero();
        assertThat(pull("docker.io/library/nginx:1.27")).isEqualTo(1);
        assertThat(pull(DENIED)).isEqualTo(1);
        assertThat(Files.readString(Path.of("VERIFIER.md")))
                .contains(out.toString().replace(DIGEST, "sha256:6a4c…"));
    }

    @Test
    @DisplayName("looks up digests and signatures in the registries of its folder, and in no other")
    void signatures() throws IOException {
        Files.copy(Path.of(SignedRegistry.file("keys/1.pub")), folder.resolve("release.pub"));
        Files.writeString(folder.resolve("policies/p.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  signers: {release: {keys: [{file: ../release.pub}]}}
                  rules: [{name: signed, signature: {by: [$release]}}]
                """);
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("this needs registries.yaml, the registries to ask");
        try (SignedRegistry signed = new SignedRegistry("acme/key", "acme/none")) {
            signed.file(folder);
            String host = signed.registry().host();
            assertThat(verifier("-name", host + "/acme/key:1.0.0", "-digest", SignedRegistry.IMAGE))
                    .as(out.toString())
                    .isZero();
            assertThat(out.toString()).contains("; verified: ", " signed by release");
            assertThat(verifier("-name", host + "/acme/none:1.0.0", "-digest", SignedRegistry.IMAGE))
                    .isEqualTo(1);
            assertThat(pull(ALLOWED)).isEqualTo(1);
            assertThat(reason()).contains("ghcr.io");
        }
        Files.writeString(folder.resolve("registries.yaml"), "spec: {}\n");
        assertThat(pull(ALLOWED)).isEqualTo(1);
        assertThat(reason()).contains("registries.yaml:1:");
    }
}
