package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands with policies that look at the content of images. */
class ContentRulesTest extends CommandTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec: {rules: [{name: fresh, image: {maxAge: 180d}}]}
            """;

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry;
    private String policy = "";
    private String registries = "";

    ContentRulesTest() throws IOException {
        registry = new SmallRegistry();
    }

    @BeforeEach
    void files() throws IOException {
        policy = Files.writeString(folder.resolve("policy.yaml"), POLICY).toString();
        registries = registry.configuration(folder);
        registry.add("new", Instant.now());
        registry.add("old", Instant.parse("2020-01-01T00:00:00Z"));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private int check(String command, String image) {
        return run(command, "-p", policy, "--registries", registries, image);
    }

    @Test
    @DisplayName("check and explain warn of probable mistakes without registries, too")
    void warningsWithoutRegistries() throws IOException {
        Path rewriting = Files.writeString(folder.resolve("rewriting.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  mutate: {rewrite: [{from: "docker.io/**", to: "mirror.internal/hub/**"}]}
                  rules: [{name: mirror, allow: ["mirror.internal/**"]}]
                """);
        for (String command : List.of("check", "explain")) {
            assertThat(run(command, "-p", rewriting.toString(), "nginx:1")).isZero();
            assertThat(err.toString()).contains("imagegate " + command + ": warning: ", "rewriting.yaml:6:");
        }
    }

    @Test
    @DisplayName("check and explain decide by what the named registry has")
    void contentIsLookedUp() throws IOException {
        for (String command : List.of("check", "explain")) {
            assertThat(check(command, registry.host() + "/app:new"))
                    .as("%s: %s%s", command, out, err)
                    .isZero();
            assertThat(err.toString()).contains("imagegate " + command + ": warning: ", "policy.yaml:4:");
            assertThat(check(command, registry.host() + "/app:old")).isEqualTo(1);
            assertThat(out.toString()).contains("2020-01-01");
        }
        assertThat(check("explain", registry.host() + "/app:new")).isZero();
        assertThat(out.toString()).containsPattern("fresh +deny +satisfied");
        assertThat(out.toString())
                .containsPattern("looked up\\n {2}digest +known +sha256:[0-9a-f]{64} \\(\\d+ ms\\)\\n"
                        + " {2}metadata +known +for linux/amd64 \\(\\d+ ms\\)\\n");
        String image = registry.host() + "/app:new";
        assertThat(run("check", "-o", "json", "-p", policy, "--registries", registries, image, image))
                .isZero();
        assertThat(out.toString().replaceAll("\"millis\":\\d+", "\"millis\":1").replaceAll("[0-9a-f]{64}", "#"))
                .contains("\"findings\":[],\"lookups\":["
                        + "{\"image\":\"" + image + "\",\"need\":\"digest\",\"state\":\"known\",\"detail\":"
                        + "\"sha256:#\",\"millis\":1,\"cached\":false},"
                        + "{\"image\":\"" + image + "\",\"need\":\"metadata\",\"state\":\"known\",\"detail\":"
                        + "\"for linux/amd64\",\"millis\":1,\"cached\":false},");
        Path pod = Files.writeString(folder.resolve("pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {containers: [{name: c, image: "%s/app:old"}]}
                """.formatted(registry.host()));
        assertThat(check("check", pod.toString())).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"warn", "audit"})
    @DisplayName("check and explain wait for a slow registry also if its answer can deny nothing")
    void slowRegistryAndLenientRule(String enforce) throws IOException {
        Files.writeString(Path.of(policy), POLICY.replace("{name: fresh,", "{name: fresh, enforce: " + enforce + ","));
        registry.slowDown(Duration.ofMillis(500));
        for (String command : List.of("check", "explain")) {
            assertThat(check(command, registry.host() + "/app:new")).isZero();
            assertThat(out.toString()).doesNotContain("violated", "warned", "audited", "did not answer");
            assertThat(check(command, registry.host() + "/app:old")).isZero();
            assertThat(out.toString()).contains("2020-01-01");
        }
    }

    @Test
    @DisplayName("a registry that the file does not name is not asked; the reason has the entry to add")
    void unnamedRegistry() {
        for (String command : List.of("check", "explain")) {
            assertThat(check(command, "localhost:1/app:new")).isEqualTo(1);
            assertThat(out.toString()).contains("add {host: \"localhost:1\"}");
        }
    }

    @Test
    @DisplayName("explain says that onUnavailable replaces the enforcement of a rule whose registry is down")
    void registryIsDown() throws IOException {
        Files.writeString(Path.of(policy), POLICY.replace("180d}", "180d}, onUnavailable: warn"));
        registry.close();
        assertThat(check("explain", registry.host() + "/app:new")).isZero();
        assertThat(err.toString()).contains("onUnavailable: only registries that are named exactly ever count as down");
        assertThat(out.toString())
                .containsPattern(
                        "fresh +deny +violated: " + registry.host() + " is down: .* \\(onUnavailable: warn\\)\n");
    }

    @Test
    @DisplayName("explain says that no rule is checked on a reference without a registry")
    void referenceWithoutRegistry() {
        assertThat(check("explain", "foo_bar.com/app:new")).isEqualTo(1);
        assertThat(out.toString())
                .contains("registry   (none)", "no rule is checked", "denied: ")
                .doesNotContain("satisfied");
    }

    @Test
    @DisplayName("where no registry answers, one line says so, beside the reason of each image")
    void noRegistryAnswers() throws IOException {
        registry.close();
        String image = registry.host() + "/app:new";
        assertThat(run("check", "-p", policy, "--registries", registries, image, image + "2"))
                .isEqualTo(1);
        assertThat(err.toString())
                .containsOnlyOnce(registry.host() + " cannot be reached from here, or is down: no registry of this run"
                        + " answered; behind a proxy, write proxy into the file of registries");
        assertThat(out.toString()).contains("no connection to");
        assertThat(run("check", "--registries", registries, "nginx:1")).isZero();
        assertThat(err.toString()).doesNotContain("cannot be reached");
    }

    @Test
    @DisplayName("a mistake in the file of registries is told with its position, and in reports for programs")
    void mistakesInRegistries() throws IOException {
        Files.writeString(Path.of(registries), "kind: ImageRegistries\nspec: {registry: []}\n");
        for (String command : List.of("check", "explain")) {
            assertThat(check(command, "nginx:1")).isEqualTo(2);
            assertThat(err.toString()).contains("registries.yaml:2:8: ");
        }
        assertThat(run("check", "-o", "json", "-p", policy, "--registries", registries, "nginx:1"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("registries.yaml:2:8: ");
        assertThat(run("check", "--registries", folder.resolve("none.yaml").toString(), "nginx:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    @DisplayName("without registries, rules on content are refused by all but test")
    void rulesOnContentAreRefusedByAllButTest() throws IOException {
        Files.writeString(Path.of(policy), POLICY + """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: p}
                spec:
                  at: 2026-11-25T12:00:00Z
                  cases:
                    - name: new
                      image: nginx:1
                      facts: {"nginx:1": {created: 2026-11-01T00:00:00Z}}
                      expect: {decision: allowed}
                """);
        for (String command : List.of("check", "explain")) {
            assertThat(run(command, "-p", policy, "nginx:1")).isEqualTo(2);
            assertThat(err.toString())
                    .contains("policy.yaml:4:16: spec.rules[0]: rule \"fresh\" looks at the content of images:"
                            + " this needs --registries FILE, the registries to ask");
        }
        assertThat(run("test", policy)).isZero();
    }
}
