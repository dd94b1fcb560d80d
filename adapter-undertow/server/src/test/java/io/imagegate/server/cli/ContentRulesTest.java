package io.imagegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with policies that look at the content of images. */
class ContentRulesTest {

    @TempDir
    Path folder = Path.of("");

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void rulesOnContentAreRefusedByAllButTest() throws IOException {
        String policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: fresh, image: {maxAge: 180d}}]}
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
                """).toString();
        for (String command : List.of("check", "explain")) {
            assertThat(run(command, "-p", policy, "nginx:1")).isEqualTo(2);
            assertThat(err.toString())
                    .contains("policy.yaml:4:16: spec.rules[0]: rule \"fresh\" looks at the content of images:"
                            + " no registries are configured, so no command but imagegate test accepts it");
        }
        assertThat(run("test", policy)).isZero();
    }
}
