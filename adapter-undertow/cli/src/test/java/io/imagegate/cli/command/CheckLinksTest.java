package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbolic links in folders that {@code check} searches, and as arguments. */
class CheckLinksTest extends CommandTest {

    private static final String POD = "kind: Pod\napiVersion: v1\nspec: {containers: [{image: nginx:1}]}\n";

    /** What no message may have. */
    private static final String SECRET = "s3cr3t";

    @TempDir
    Path home = Path.of("");

    private Path folder = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectories(home.resolve("project"));
        outside = file(home, "outside/credentials", "kind: [" + SECRET + "\n");
        file(folder, "pod.yaml", POD);
    }

    private static Path file(Path in, String name, String content) throws IOException {
        Path file = in.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }

    private Path link(String name, Path target) throws IOException {
        Path link = folder.resolve(name);
        Files.createDirectories(link.resolveSibling(""));
        return Files.createSymbolicLink(link, target);
    }

    private void assertRefused(String... arguments) {
        assertThat(run(arguments)).as(out.toString() + err).isEqualTo(2);
        assertThat(err.toString())
                .contains("a link out of the searched folder", "name what it leads to, too", "--exclude")
                .doesNotContain(SECRET);
        assertThat(out.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web.yaml",
                "values.yaml",
                "Dockerfile",
                "compose.yaml",
                "kustomization.yaml",
                ".gitlab-ci.yml",
                ".github/workflows/a.yml",
                ".devcontainer/devcontainer.json",
                "chart/templates/a.yaml",
                "plan.json",
            })
    @DisplayName("one by the name of any format that leads out is a problem, and is not opened")
    void leadsOut(String name) throws IOException {
        Path link = link(name, outside);
        assertRefused("check", folder.toString());
        assertThat(err.toString())
                .contains("imagegate check: " + link + ": a link")
                .hasLineCount(1);
        assertThat(out.toString()).contains("1 image checked, 0 denied, 1 problem");
        assertThat(run("check", "--exclude", link.getFileName().toString(), folder.toString()))
                .isZero();
        Files.delete(link);
        link("readme.txt", outside);
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString()).contains("left out: 1 ");
    }

    @Test
    @DisplayName("one through others, upwards, or into the files of Git leads out; one that stays is read")
    void ways() throws IOException {
        Path second = link("a/second.txt", outside);
        Path first = link("first.yaml", second);
        assertRefused("check", folder.toString());
        Files.delete(first);
        Path up = link("b/up.yaml", Path.of("../../outside/credentials"));
        assertRefused("check", folder.toString());
        Files.delete(up);
        Path git = link("git.yaml", file(folder, ".git/config", "[" + SECRET + "\n"));
        assertRefused("check", folder.toString());
        Files.delete(git);
        link("b/pod.yaml", Path.of("../../project/pod.yaml"));
        link("c.yaml", file(folder, "data", POD.replace("nginx:1", "nginx")));
        assertThat(run("check", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains(folder.resolve("c.yaml") + ":3:29  nginx", "3 images checked, 1 denied");
    }

    @Test
    @DisplayName("what it leads to may be searched, too, or be named")
    void named() throws IOException {
        Path shared = file(home, "shared/web.yaml", POD.replace("nginx:1", "nginx"));
        link("web.yaml", shared);
        assertRefused("check", folder.toString());
        for (Path other : new Path[] {shared, home.resolve("shared")}) {
            assertThat(run("check", folder.toString(), other.toString())).isEqualTo(1);
            assertThat(run("check", "-f", other.toString(), folder.toString())).isEqualTo(1);
            assertThat(out.toString()).contains("3 images checked, 2 denied");
        }
    }

    @Test
    @DisplayName("an argument that is a link is followed, to a file and to a folder")
    void argument() throws IOException {
        Path shared = file(home, "shared/web.yaml", POD.replace("nginx:1", "nginx"));
        Path file = link("web.yaml", shared);
        assertThat(run("check", file.toString())).isEqualTo(1);
        Path linked = Files.createSymbolicLink(home.resolve("linked"), home.resolve("shared"));
        for (String argument : new String[] {linked.toString(), linked + "/"}) {
            assertThat(run("check", argument)).isEqualTo(1);
            assertThat(out.toString()).contains("\ndenied  " + linked + "/web.yaml:3:29  nginx\n");
        }
        assertThat(run("check", "--exclude", "web.yaml", "--allow-empty", linked.toString()))
                .isZero();
    }

    @Test
    @DisplayName(
            "a linked folder is not judged if it leads out, and its files are judged where they are if it does not")
    void linkedFolder() throws IOException {
        file(home, "shared/web.yaml", POD.replace("nginx:1", "nginx"));
        link("inside", Files.createDirectories(folder.resolve("other")));
        assertThat(run("check", "--complete", folder.toString())).isZero();
        assertThat(out.toString()).contains("0 denied, left out: 1 linked folder\n");
        Path link = link("shared", home.resolve("shared"));
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString()).contains("0 denied, not judged: 1 linked folder, left out: 1 linked folder\n");
        assertThat(run("check", "--complete", folder.toString())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("imagegate check: " + link + ": not judged: links to folders are not"
                        + " followed: name what it leads to, too; leave it out with --exclude ./shared\n");
        assertThat(run("check", "--complete", "--exclude", "shared", folder.toString()))
                .isZero();
    }

    @Test
    @DisplayName("files that others include may be no links out, either")
    void included() throws IOException {
        link("kustomize/secret.yaml", outside);
        file(folder, "kustomize/kustomization.yaml", "resources: [secret.yaml]\n");
        link("kustomize/own.patch", outside);
        file(folder, "kustomize/part/kustomization.yaml", "resources: [own]\n");
        link("kustomize/part/own", outside);
        file(folder, "compose/compose.yaml", "include: [part]\nservices: {a: {image: 'a:1'}}\n");
        link("compose/part", outside);
        file(folder, "extends/compose.yaml", "services: {a: {extends: {file: part, service: a}}}\n");
        link("extends/part", outside);
        file(folder, "env/compose.yaml", "services: {a: {image: 'a:1'}}\n");
        link("env/.env", outside);
        file(folder, "build/compose.yaml", "services: {a: {build: {dockerfile: own}}}\n");
        link("build/own", outside);
        file(folder, "gitlab/.gitlab-ci.yml", "include: {local: part}\n");
        link("gitlab/part", outside);
        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).doesNotContain(SECRET);
        assertThat(out.toString()).doesNotContain(SECRET);
        for (String name : new String[] {
            "kustomize/kustomization.yaml",
            "kustomize/part/kustomization.yaml",
            "compose/compose.yaml",
            "extends/compose.yaml",
            "env/.env",
            "build/compose.yaml",
            "gitlab/.gitlab-ci.yml"
        }) {
            assertThat(err.toString()).contains("imagegate check: " + folder.resolve(name) + ":");
        }
    }

    @Test
    @DisplayName(
            "a base whose kustomization is a link out of its folder is a problem, as for kubectl; a linked base is read")
    void base() throws IOException {
        file(home, "outside/kustomization.yaml", "resources: [web.yaml]\n");
        file(home, "outside/web.yaml", POD.replace("nginx:1", "nginx"));
        Path overlay = file(folder, "prod/kustomization.yaml", "resources: [../base]\n");
        Files.createDirectory(folder.resolve("base"));
        link("base/kustomization.yaml", home.resolve("outside/kustomization.yaml"));
        assertThat(run("check", folder.resolve("prod").toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(overlay + ":1:13: the kustomization of the folder \"../base\" is a link out of it");
        Files.delete(folder.resolve("base/kustomization.yaml"));
        Files.delete(folder.resolve("base"));
        link("base", home.resolve("outside"));
        assertThat(run("check", folder.resolve("prod").toString())).isEqualTo(1);
    }

    @Test
    @DisplayName("pin skips a link that leads out, and check --write refuses it")
    void write() throws IOException {
        Path link = link("web.yaml", outside);
        String policy = file(home, "policy", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  mutate: {rewrite: [{from: "docker.io/library/**", to: "mirror.example/hub/**"}]}
                  rules: [{name: fixed, tag: {required: true}}]
                """).toString();
        assertRefused("check", "-p", policy, "--write", "--diff", folder.toString());
        assertThat(run("pin", "-p", policy, "--diff", folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).isEqualTo("imagegate pin: " + link + ": skipped: symbolic links are not written\n");
    }
}
