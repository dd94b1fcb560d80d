package io.imagegate.examples.customrule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of this example as a plugin of the command line. */
@DisplayName("imagegate check --plugins DIR")
class PluginIT {

    private static final Path TARGET = Path.of("target");

    @TempDir
    Path plugins = Path.of("");

    /** What a command wrote, and its exit status. */
    private record Result(int status, String output) {}

    @BeforeEach
    void copyTheJar() throws IOException {
        Files.copy(TARGET.resolve(System.getProperty("example.jar")), plugins.resolve("rules.jar"));
    }

    private static Result imagegate(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("imagegate.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Result check(String namespace, String image) throws IOException, InterruptedException {
        return imagegate(
                "check", "--plugins", plugins.toString(), "--policy", "policy.yaml", "--namespace", namespace, image);
    }

    @Test
    @DisplayName("decides by the rule of this example")
    void theRuleDecides() throws Exception {
        assertThat(check("payments-prod", "registry.example/payments/api:1").status())
                .isZero();
        Result denied = check("payments-prod", "registry.example/billing/api:1");
        assertThat(denied.status()).isEqualTo(1);
        assertThat(denied.output()).contains("it belongs to team billing, and this is a namespace of team payments");
    }

    @Test
    @DisplayName("is needed: without it, or with the jar on the class path of java -jar, the rule is unknown")
    void theRuleIsUnknownWithoutIt() throws Exception {
        Result unknown = imagegate("check", "--policy", "policy.yaml", "registry.example/payments/api:1");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.output()).contains("unknown rule \"io.example.TeamOwnsRepository\"");
    }

    @Test
    @DisplayName("refuses two versions of the jar")
    void twoVersions() throws Exception {
        Files.copy(plugins.resolve("rules.jar"), plugins.resolve("rules-2.jar"));
        Result refused = check("payments-prod", "registry.example/payments/api:1");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).contains("two of one name: ", "is in rules-2.jar and in rules.jar");
    }
}
