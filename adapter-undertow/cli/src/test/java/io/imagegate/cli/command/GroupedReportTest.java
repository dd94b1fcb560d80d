package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text in which the same finding stands once, with its places. */
class GroupedReportTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private void pod(String file, String... images) throws IOException {
        StringBuilder pod =
                new StringBuilder("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n");
        for (int i = 0; i < images.length; i++) {
            pod.append("    - {name: c")
                    .append(i)
                    .append(", image: ")
                    .append(images[i])
                    .append("}\n");
        }
        Files.writeString(folder.resolve(file), pod);
    }

    private String place(String file, int line) {
        return "    " + folder.resolve(file) + ":" + line + ":25  Pod web, spec.containers[" + (line - 6) + "] \"c"
                + (line - 6) + "\"\n";
    }

    @Test
    void anImageStandsOnceWithItsPlaces() throws IOException {
        pod("a.yaml", "nginx", "redis");
        pod("b.yaml", "nginx");
        assertThat(run("check", "--group-by", "image", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("""
                denied: 3 images checked, 3 denied

                  rule       findings  images  objects  files
                  fixed-tag  3 denied       2        2      2

                denied  nginx  in 2 places
                  fixed-tag: it has no tag, so it means "latest"; write a fixed tag
                """ + place("a.yaml", 6) + place("b.yaml", 6) + """

                denied  redis
                  fixed-tag: it has no tag, so it means "latest"; write a fixed tag
                """ + place("a.yaml", 7));
    }

    @Test
    void aRuleStandsOnceWithItsImages() throws IOException {
        pod("a.yaml", "nginx", "redis");
        assertThat(run("check", "--group-by", "rule", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).endsWith("""

                denied  fixed-tag  in 2 places
                  it has no tag, so it means "latest"; write a fixed tag
                    %1$s:6:25  nginx
                    %1$s:7:25  redis
                """.formatted(folder.resolve("a.yaml")));
    }

    @Test
    void differentFindingsOfAnImageStandApart() throws IOException {
        String policy = Files.writeString(folder.resolve("policy.txt"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules:
                    - {name: digest, digest: {required: true}, enforce: warn}
                    - {name: tag, tag: {required: true}}
                """).toString();
        assertThat(run("check", "-p", policy, "--group-by", "image", "nginx", "redis:1"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("\n  digest  2 warned       2        0      0\n")
                .contains("\ndenied  nginx\n  digest (warned): ", "\nwarned  redis:1\n  digest: ")
                .doesNotContain("    \n");
    }

    @Test
    void wholeObjectsAreCountedApart() throws IOException {
        Files.writeString(
                folder.resolve("a.yaml"),
                "apiVersion: x.example/v1\nkind: X\nmetadata: {name: x}\nspec: {image: {size: x, from: y}}\n");
        pod("b.yaml", "nginx");
        assertThat(run("check", "--group-by", "image", folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 1 image checked, 1 denied, 1 object denied as a whole\n")
                .contains("\n  unknown-kind  1 denied       0        1      1  See https://")
                .contains("\ndenied  whole object\n  unknown-kind: ");
    }

    @Test
    void withoutATerminalEachFileHasItsBlocks() throws IOException {
        pod("a.yaml", "nginx");
        run("check", folder.toString());
        String usual = out.toString();
        run("check", "--group-by", "file", folder.toString());
        assertThat(out.toString()).isEqualTo(usual).contains("\n  rule fixed-tag: 1 denied\n");
    }

    @Test
    void hostileNamesOfFilesAreEscaped() throws IOException {
        pod("\u001b]8;;evil\u0007.yaml", "nginx");
        assertThat(run("check", "--group-by", "image", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("\\u001b]8;;evil\\u0007.yaml:6:25").doesNotContain("\u001b");
    }
}
