package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} and {@code pin} do with kustomizations. {@link KustomizeDifferenceTest} compares with kubectl. */
class KustomizationTest extends CommandTest {

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              template:
                spec:
                  containers:
                    - {name: web, image: HOST/app:1} # pinned
            """;
    private static final String PATCH = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: web, env: [{name: A, value: b}]}]}}}
            """;

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry;
    private String registries = "";
    private String digest = "";
    private Path deploy = Path.of("");

    KustomizationTest() throws IOException {
        registry = new SmallRegistry();
    }

    @BeforeEach
    void images() throws IOException {
        digest = registry.addManifest("app", "1", "2", "latest");
        registry.addManifest("other", "1", "2", "latest");
        registries = registry.configuration(Files.createDirectory(folder.resolve("other")));
        deploy = Files.createDirectory(folder.resolve("deploy"));
        file("base/deployment.yaml", DEPLOYMENT);
        file("base/kustomization.yaml", "resources: [deployment.yaml]\n");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private String text(String template) {
        return template.replace("HOST", registry.host()).replace("DIGEST", digest);
    }

    private Path file(String name, String content) throws IOException {
        Path file = deploy.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text(content));
    }

    private String policy() throws IOException {
        return Files.writeString(folder.resolve("other/policy"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {rules: [{name: fixed, tag: {required: true, deny: [latest]}}]}
                        """).toString();
    }

    private int check(Path... paths) throws IOException {
        List<String> all = new ArrayList<>(List.of("check", "-p", policy()));
        for (Path path : paths) {
            all.add(path.toString());
        }
        return run(all.toArray(String[]::new));
    }

    private int pin(Path... paths) {
        List<String> all = new ArrayList<>(List.of("pin", "--registries", registries));
        for (Path path : paths) {
            all.add(path.toString());
        }
        return run(all.toArray(String[]::new));
    }

    @Test
    @DisplayName(
            "an overlay is judged by the tag that its images give, with the place of the tag; its base alone is warned of")
    void overlay() throws IOException {
        Path overlay = file(
                "prod/kustomization.yaml",
                "resources: [../base]\nnamespace: shop\nimages:\n- name: HOST/app\n  newTag: latest\n");
        for (Path argument : List.of(deploy, deploy.resolve("prod"), overlay)) {
            assertThat(check(argument)).as(err.toString()).isEqualTo(1);
            assertThat(out.toString())
                    .contains(overlay + ":5:11  " + registry.host() + "/app:latest\n")
                    .contains("in Deployment shop/web, spec.template.spec.containers[0] \"web\"\n  fixed: ")
                    .contains(" checked, 1 denied");
        }
        file("prod/kustomization.yaml", "resources: [../base]\nimages:\n- name: HOST/app\n  newTag: '2'\n");
        assertThat(check(deploy)).isZero();
        file("base/deployment.yaml", DEPLOYMENT.replace("app:1", "app:latest"));
        assertThat(check(deploy)).isZero();
        assertThat(check(deploy.resolve("base"), deploy.resolve("prod"))).isZero();
        assertThat(check(deploy.resolve("base"))).isEqualTo(1);
        file("prod/kustomization.yaml", "resources: [../base]\nimages:\n- name: app\n  newTag: '2'\n");
        assertThat(check(deploy)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "an image is reported once where Flux deploys its base in another namespace, if the same is said of it")
    void deployedBase() throws IOException {
        String flux = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps}
                spec: {path: ./base, targetNamespace: shop%s}
                """;
        Path base = file("base/deployment.yaml", DEPLOYMENT.replace("app:1", "app:latest"));
        file("apps.yaml", flux.formatted(""));
        for (int i = 0; i < 2; i++) {
            assertThat(check(deploy)).isEqualTo(1);
            assertThat(out.toString())
                    .contains("1 image checked, 1 denied", "Deployment shop/web")
                    .doesNotContain("warned", "deployed alone");
            file("apps.yaml", flux.formatted(", images: [{name: HOST/app, newTag: '2'}]"));
            assertThat(check(deploy)).isZero();
            assertThat(out.toString()).contains("2 images checked, 0 denied", base + ":", "deployed alone");
            file("apps.yaml", flux.formatted(""));
            Files.deleteIfExists(deploy.resolve("base/kustomization.yaml"));
        }
    }

    @Test
    @DisplayName(
            "a patch denies nothing alone; an object that lacks an image after all patches is denied, and so is a file beside")
    void patches() throws IOException {
        file("prod/patch.yaml", PATCH);
        assertThat(check(deploy)).isZero();
        file("prod/kustomization.yaml", "resources: [../base]\npatches:\n- path: patch.yaml\n");
        assertThat(check(deploy)).as(out.toString()).isZero();
        file("prod/kustomization.yaml", "resources: [../base]\npatchesStrategicMerge: [patch.yaml]\n");
        assertThat(check(deploy)).isZero();
        Path patch = file("prod/patch.yaml", PATCH.replace("name: web, env", "name: sidecar, env"));
        assertThat(check(deploy)).isEqualTo(1);
        assertThat(out.toString())
                .contains(deploy.resolve("base/deployment.yaml") + ":1:1  -", "invalid-reference", "\"sidecar\"");
        file("prod/patch.yaml", PATCH.replace("name: web, env", "name: web, image: 'HOST/app', env"));
        assertThat(check(deploy)).isEqualTo(1);
        assertThat(out.toString()).contains(patch + ":4").contains("fixed");
        file("prod/patch.yaml", PATCH);
        file("prod/beside.yaml", DEPLOYMENT.replace("app:1", "app:latest"));
        assertThat(check(deploy)).isEqualTo(1);
    }

    @Test
    @DisplayName("a base that is missing is a problem with its place")
    void missingBase() throws IOException {
        Path overlay = file("prod/kustomization.yaml", "resources:\n  - ../missing\n");
        assertThat(check(deploy)).isEqualTo(2);
        assertThat(err.toString()).contains(overlay + ":2:5: no such file or folder: \"../missing\"");
    }

    @Test
    @DisplayName("names of images and patches may not be compared with too many objects")
    void tooManyPatterns() throws IOException {
        String name = "a".repeat(100);
        file(
                "prod/pods.yaml",
                "--- {kind: Pod, apiVersion: v1, spec: {containers: [{image: NAME}]}}\n"
                        .replace("NAME", name)
                        .repeat(1_000));
        StringBuilder images = new StringBuilder("resources: [pods.yaml]\nimages:\n");
        StringBuilder patches = new StringBuilder("resources: [pods.yaml]\npatches:\n");
        for (int i = 0; i < 3_000; i++) {
            images.append("- {name: ").append(name).append(i).append(", newTag: x}\n");
            patches.append("- {patch: '[]', target: {name: '.*")
                    .append(name)
                    .append(i)
                    .append("'}}\n");
        }
        for (StringBuilder text : List.of(images, patches)) {
            file("prod/kustomization.yaml", text.toString());
            assertThat(check(deploy)).isEqualTo(2);
            assertThat(err.toString()).contains("kustomizations include or patch too much");
        }
    }

    @Test
    @DisplayName("bases may not be read too often, also without objects")
    void tooManyBases() throws IOException {
        int levels = 16;
        for (int i = 0; i < levels; i++) {
            String resources = "resources: [../b" + (i + 1) + ", ../c" + (i + 1) + "]\n";
            file("b" + i + "/kustomization.yaml", resources);
            file("c" + i + "/kustomization.yaml", resources);
        }
        file("b" + levels + "/kustomization.yaml", "namePrefix: a-\n");
        file("c" + levels + "/kustomization.yaml", "namePrefix: a-\n");
        assertThat(check(deploy.resolve("b0"))).isEqualTo(2);
        assertThat(err.toString()).contains("kustomizations include or patch too much");
    }

    @Test
    @DisplayName("what is no local file is counted; a patch of it is judged where it has an image")
    void remote() throws IOException {
        file(
                "prod/kustomization.yaml",
                "resources: [../base, \"https://example.test/x?ref=v1\"]\nhelmCharts: [{name: x}]\npatches: [{path: p.yaml}]\n");
        file("prod/p.yaml", PATCH.replace("{name: web}", "{name: remote}"));
        assertThat(check(deploy)).as(out.toString() + err).isZero();
        assertThat(out.toString()).contains("not judged: 2 included resources");
        assertThat(err.toString()).contains("kustomization.yaml:1: \"https://example.test/x?ref=v1\": not read");
        file(
                "prod/p.yaml",
                PATCH.replace("{name: web}", "{name: remote}").replace("web, env", "web, image: HOST/app, env"));
        assertThat(check(deploy)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "what is missing, outside, in a circle or of unknown effect is exit 2, and Flux's Kustomization is an object")
    void unusable() throws IOException {
        Files.writeString(folder.resolve("outside.yaml"), text(DEPLOYMENT));
        file("prod/p.yaml", PATCH);
        for (String content : List.of(
                "resources: [missing.yaml]\n",
                "resources: [../../outside.yaml]\n",
                "resources: [" + folder.resolve("outside.yaml") + "]\n",
                "resources: [../prod]\n",
                "resources: [../base]\ntransformers: [t.yaml]\n",
                "resources: [../base]\nimages: [{name: HOST/app, newTag: 2}]\n",
                "resources: [../base]\nimages: [{name: \"(a+)+\", newTag: \"2\"}]\n",
                "resources: [../base]\nreplacements: [{targets: [{fieldPaths: [spec.template.spec.containers.0.image]}]}]\n",
                "resources: [../base]\npatches: [{patch: \"{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec:"
                        + " {template: {spec: {containers: [{name: a, $patch: delete}, {$patch: replace}]}}}}\"}]\n",
                "resources: [../base]\npatches: [{path: p.yaml, target: {labelSelector: \"a in (b)\"}}]\n")) {
            Path overlay = file("prod/kustomization.yaml", content);
            assertThat(check(deploy)).as(content).isEqualTo(2);
            assertThat(err.toString()).as(content).contains("imagegate check: " + overlay + ":");
        }
        file("prod/kustomization.yaml", "resources: [../staging]\n");
        file("staging/kustomization.yaml", "resources: [../prod]\n");
        assertThat(check(deploy)).isEqualTo(2);
        assertThat(err.toString()).contains("includes itself");
        Files.delete(deploy.resolve("staging/kustomization.yaml"));
        Files.delete(deploy.resolve("prod/p.yaml"));
        file(
                "prod/kustomization.yaml",
                "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: x}\n");
        assertThat(check(deploy)).as(err.toString()).isZero();
    }

    @Test
    @DisplayName(
            "images of a base that is not read are judged by themselves, and pinned; those that one has, and of a read base, are not")
    void loose() throws IOException {
        String images =
                "resources: [\"https://example.test/x?ref=v1\"]\nimages:\n- name: HOST/app\n  newTag: TAG # x\n";
        Path overlay = file("prod/kustomization.yaml", images.replace("TAG", "latest"));
        assertThat(check(deploy.resolve("prod"))).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        overlay + ":4:11  " + registry.host() + "/app:latest\n",
                        "  in Kustomization, images[0]\n  fixed: ");
        file("prod/kustomization.yaml", images.replace("TAG", "\"2\""));
        assertThat(check(deploy.resolve("prod"))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1 image checked");
        assertThat(pin(deploy.resolve("prod"))).as(err.toString()).isZero();
        assertThat(overlay).content().isEqualTo(text(images.replace("TAG", "\"2@DIGEST\"")));
        file("prod/kustomization.yaml", images.replace("newTag: TAG", "newName: HOST/other"));
        assertThat(check(deploy.resolve("prod"))).isEqualTo(1);
        assertThat(out.toString()).contains("unknown-image", "because what \"newTag\" becomes cannot be told");
        file(
                "prod/kustomization.yaml",
                images.replace("TAG", "latest").replace("\"https://example.test/x?ref=v1\"", "../base"));
        file("base/deployment.yaml", DEPLOYMENT.replace("HOST/app:1", "HOST/other:1"));
        assertThat(check(deploy)).as("an entry that names nothing").isZero();
        file("prod/kustomization.yaml", images.replace("TAG", "\"2\"").replace("[\"", "[../base, \""));
        file("base/deployment.yaml", DEPLOYMENT);
        assertThat(check(deploy)).isZero();
        assertThat(out.toString()).contains("2 images checked, 0 denied").doesNotContain("warned");
    }

    @Test
    @DisplayName("pin writes the digest to newTag where that decides, else to the object, and again changes nothing")
    void pin() throws IOException {
        String images = "resources: [../base]\nimages:\n- name: HOST/app\n  newTag: \"2\" # x\n";
        Path overlay = file("prod/kustomization.yaml", images);
        file("dev/kustomization.yaml", "resources: [../base]\nimages:\n- {name: HOST/app, newName: HOST/other}\n");
        Path base = deploy.resolve("base/deployment.yaml");
        assertThat(pin(deploy)).as(err.toString()).isZero();
        assertThat(overlay).content().isEqualTo(text(images.replace("\"2\"", "\"2@DIGEST\"")));
        assertThat(base).content().isEqualTo(text(DEPLOYMENT.replace("app:1}", "app:1@DIGEST}")));
        assertThat(err.toString()).contains("wrote " + overlay + ": 1 image", "wrote " + base + ": 1 image");
        assertThat(pin(deploy)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("pin is exit 2 and writes nothing where an image is written elsewhere or inline")
    void pinElsewhere() throws IOException {
        Path overlay = file("prod/kustomization.yaml", "resources: [../base]\n");
        Path base = deploy.resolve("base/deployment.yaml");
        assertThat(pin(deploy.resolve("prod"))).isEqualTo(2);
        assertThat(err.toString()).contains(base + ": ").contains("nothing is written");
        assertThat(base).content().isEqualTo(text(DEPLOYMENT));
        String inline = "resources: [../base]\npatches:\n- patch: |\n    "
                + PATCH.replace("name: web, env", "name: web, image: 'HOST/app:1', env")
                        .strip()
                        .replace("\n", "\n    ")
                + "\n";
        file("prod/kustomization.yaml", inline);
        assertThat(pin(deploy)).isEqualTo(2);
        assertThat(err.toString()).contains(overlay + ":7").contains("write the patch into a file");
        assertThat(overlay).content().isEqualTo(text(inline));
    }
}
