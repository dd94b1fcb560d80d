package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests and cases {@code test} runs. */
class TestCommandTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private String tests = "";

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String policy(String name) {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: %s}
                spec: {rules: [{name: fixed, tag: {required: true}}]}
                """.formatted(name);
    }

    private static String test(String name, String image, String decision) {
        return """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: %s}
                spec: {cases: [{name: a tag, image: "%s", expect: {decision: %s}}]}
                """.formatted(name, image, decision);
    }

    @BeforeEach
    void files() throws IOException {
        tests = folder.resolve("tests").toString();
        file("tests/a.yaml", policy("p") + test("first", "nginx:1", "allowed"));
        file("tests/b.yml", policy("p") + test("second", "nginx", "denied"));
        file("tests/only-a-policy.yaml", policy("other"));
        file("tests/scan.json", "{\"results\": []}");
        file("tests/pod.yaml", "kind: Pod\napiVersion: v1\n");
        file("tests/notes.txt", test("no", "nginx", "allowed"));
        file("tests/below/c.yaml", policy("p") + test("third", "nginx", "allowed"));
    }

    @Test
    void aFolderIsItsFilesWithTests() throws IOException {
        assertThat(run("test", tests)).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo("passed  first: a tag\npassed  second: a tag\n2 passed, 0 failed\n");
        assertThat(run("test", tests, tests + "/below/c.yaml", "builtin:fixed-tags"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("passed  second: a tag", "FAILED  third: a tag", ", 1 failed\n");
        file("tests/broken.yaml", policy("p").replace("tag:", "tags:"));
        assertThat(run("test", tests)).isEqualTo(2);
        assertThat(err.toString()).contains("broken.yaml:4:").contains("did you mean tag");
    }

    @Test
    void aFolderWithoutTestsIsUnusable() throws IOException {
        file("none/policy.yaml", policy("p"));
        for (String path : new String[] {"none", "none/policy.yaml"}) {
            assertThat(run("test", folder.resolve(path).toString(), tests)).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo("imagegate test: " + folder.resolve(path)
                            + ": no policy test, expected a document of kind: ImagePolicyTest\n");
        }
    }

    @Test
    void aGlobChoosesCases() {
        assertThat(run("test", "--case", "second: *", tests)).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo("passed  second: a tag\n1 passed, 0 failed\n");
        assertThat(run("test", "--case", "f*tag", "--case", "third: a tag", tests, tests + "/below"))
                .isEqualTo(1);
        assertThat(out.toString()).endsWith("1 passed, 1 failed\n").doesNotContain("second");
        assertThat(run("test", "--case", "second", tests)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("imagegate test: --case second: no case of 2 matches, expected a glob of TEST: CASE, such as"
                        + " first: a tag\n");
        assertThat(out.toString()).isEmpty();
        assertThat(run("test", "--case", "second: *", "-o", "junit", tests)).isZero();
        assertThat(out.toString()).contains("tests=\"1\"").doesNotContain("first");
    }
}
