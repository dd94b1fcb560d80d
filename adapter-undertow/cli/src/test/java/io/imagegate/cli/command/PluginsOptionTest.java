package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("--plugins")
class PluginsOptionTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private String plugins = "";
    private String policy = "";

    @BeforeEach
    void files() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        PluginJar.rule(jars.resolve("rule.jar"), "org.a.Blessed", "org.a.Blessed");
        PluginJar.format(jars.resolve("format.jar"), "org.a.Lock", "lock");
        plugins = jars.toString();
        policy = file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: blessed, custom: org.a.Blessed}]}
                """);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    @DisplayName("gives check and explain rules, which are unknown without it")
    void rules() {
        for (String command : new String[] {"check", "explain"}) {
            assertThat(run(command, "--plugins", plugins, "-p", policy, "registry.example/acme/blessed"))
                    .as(err.toString())
                    .isZero();
            assertThat(run(command, "--plugins", plugins, "-p", policy, "registry.example/other"))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("it is not blessed");
            assertThat(run(command, "-p", policy, "registry.example/acme/blessed"))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("unknown rule \"org.a.Blessed\"");
        }
    }

    @Test
    @DisplayName("gives tests of policies rules, too")
    void tests() throws IOException {
        String tests = file("tests.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec:
                  policy: policy.yaml
                  cases: [{name: blessed, image: registry.example/acme/blessed, expect: {decision: allowed}}]
                """);
        assertThat(run("test", "--plugins", plugins, tests)).as(err.toString()).isZero();
        assertThat(run("test", tests)).isEqualTo(2);
    }

    @Test
    @DisplayName("gives check and pin formats, which --input and folders know")
    void formats() throws IOException {
        String lock = file("images.lock", "nginx");
        assertThat(run("check", "--plugins", plugins, folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("images.lock", "nginx");
        assertThat(run("check", "--plugins", plugins, "--input", "lock", lock)).isEqualTo(1);
        assertThat(run("check", "--plugins", plugins, "--input", "locks", lock)).isEqualTo(2);
        assertThat(err.toString()).contains("--input: expected one of lock, ", "kubernetes");
        String pinned = file("other.lock", "registry.example/a@sha256:" + "0".repeat(64));
        assertThat(run("pin", "--plugins", plugins, "--input", "lock", pinned))
                .as(err.toString())
                .isZero();
        assertThat(run("pin", "--input", "lock", pinned)).isEqualTo(2);
        assertThat(run("check", "--input", "lock", lock)).isEqualTo(2);
        assertThat(err.toString()).contains("--input: expected one of kustomize, ");
    }

    @Test
    @DisplayName("that cannot be used is one line that names it, and no problem of a help")
    void unusable() {
        String missing = folder.resolve("missing").toString();
        for (String command : new String[] {"check", "pin", "explain", "test", "serve"}) {
            List<String> arguments = new ArrayList<>(List.of(command, "--plugins", missing));
            arguments.addAll(command.equals("serve") ? List.of("--tls-cert=c", "--tls-key=k") : List.of("x"));
            assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo("imagegate " + command + ": --plugins " + missing + ": no such folder\n");
            assertThat(run(command, "--plugins", missing, "--help")).isZero();
        }
    }
}
