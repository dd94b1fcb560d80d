package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --strict} refuses what loading warns of, if the text alone shows it. */
class StrictOptionTest extends CommandTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              rules: [{name: r, match: {namespaces: [default]}, deny: ["%s"]}]
              exceptions: [{rules: [r], images: [evil.io/x], reason: old, expires: 2020-01-31}]
            """;
    private static final String TEST = """
            ---
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicyTest
            metadata: {name: t}
            spec: {cases: [{name: c, image: evil.io/x, namespace: default, expect: {decision: denied}}]}
            """;
    private static final String MISTAKE =
            "p.yaml:5:60: spec.rules[0].deny[0]: \"evil.io/*\" leaves deeper paths of its registry allowed: write"
                    + " \"evil.io/**\"";

    @TempDir
    Path folder = Path.of("");

    private String policy(String pattern) throws IOException {
        return Files.writeString(folder.resolve("p.yaml"), POLICY.formatted(pattern) + TEST)
                .toString();
    }

    @Test
    void checkWarnsOrRefuses() throws IOException {
        String policy = policy("evil.io/*");
        assertThat(run("check", "-p", policy, "nginx")).isZero();
        assertThat(err.toString()).contains("warning: ", MISTAKE);
        assertThat(run("check", "--strict", "-p", policy, "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains(MISTAKE).doesNotContain("warning: ");
        assertThat(run("explain", "-p", policy, "nginx")).isZero();
        assertThat(err.toString()).contains("warning: ", MISTAKE);
    }

    @Test
    void testWarnsOrRefuses() throws IOException {
        String policy = policy("evil.io/*");
        assertThat(run("test", policy)).isZero();
        assertThat(err.toString()).contains("warning: ", MISTAKE);
        assertThat(run("test", "--strict", policy)).isEqualTo(2);
        assertThat(err.toString()).contains(MISTAKE);
    }

    @Test
    void whatDependsOnTheDayIsNeverRefused() throws IOException {
        String policy = policy("evil.io:*/**");
        assertThat(run("check", "--strict", "-p", policy, "nginx")).isZero();
        assertThat(err.toString()).contains("warning: ").contains("the exception expired");
        assertThat(run("test", "--strict", policy)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void serveIsStrictInADryRunAlone() throws IOException {
        String[] tls = {"--tls-cert", "cert.pem", "--tls-key", "key.pem"};
        assertThat(run("serve", "--strict", tls[0], tls[1], tls[2], tls[3])).isEqualTo(2);
        assertThat(err.toString()).contains("--strict: expected --dry-run beside it");
    }
}
