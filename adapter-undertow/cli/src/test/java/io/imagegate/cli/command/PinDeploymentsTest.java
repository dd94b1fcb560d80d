package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pin} writes into objects of Flux, Argo CD and k3s, after which {@code check} finds each image pinned. */
class PinDeploymentsTest extends CommandTest {

    private static final String RELEASE = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: r, namespace: shop}
            spec:
              values:
                # parts
                image: {repository: HOST/app, tag: '1'} # here
                hash: {image: {registry: HOST, repository: app, tag: "1", digest: ""}}
                sidecar: {image: "HOST/app:1"}
            """;

    private static final String APPLICATION = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: a, namespace: argocd}
            spec:
              source:
                repoURL: https://charts.example
                chart: web
                helm:
            """;

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry;
    private String registries = "";
    private String digest = "";
    private String deploy = "";
    private String policy = "";

    PinDeploymentsTest() throws IOException {
        registry = new SmallRegistry();
    }

    @BeforeEach
    void images() throws IOException {
        digest = registry.addManifest("app", "1");
        registries = registry.configuration(Files.createDirectory(folder.resolve("other")));
        deploy = Files.createDirectory(folder.resolve("deploy")).toString();
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {rules: [{name: pinned, digest: {required: true}}]}
                        """).toString();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve("deploy").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text(content));
    }

    private String text(String template) {
        return template.replace("HOST", registry.host()).replace("DIGEST", digest);
    }

    /** Pins all, and checks that nothing is left. */
    private void pin() {
        assertThat(check()).isEqualTo(1);
        assertThat(run("pin", "--registries", registries, deploy))
                .as(err.toString())
                .isZero();
        assertThat(check()).as(out.toString() + err).isZero();
        assertThat(run("pin", "--registries", registries, deploy))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    private int check() {
        return run("check", "--policy", policy, deploy);
    }

    @Test
    @DisplayName("values of a HelmRelease are pinned in parts, also in a file of a kustomization")
    void release() throws IOException {
        String pinned = RELEASE.replace("tag: '1'", "tag: '1@DIGEST'")
                .replace("digest: \"\"", "digest: \"DIGEST\"")
                .replace("app:1\"", "app:1@DIGEST\"");
        Path alone = file("alone/release.yaml", RELEASE);
        Path part = file("web/release.yaml", RELEASE);
        file("web/kustomization.yaml", "resources: [release.yaml]\n");
        pin();
        assertThat(alone).content().isEqualTo(text(pinned));
        assertThat(part).content().isEqualTo(text(pinned));
    }

    @Test
    @DisplayName("values of an Application are pinned in objects, in texts behind | and in parameters")
    void application() throws IOException {
        String text = APPLICATION + """
                      values: |
                        # \u00fc
                        image: {repository: HOST/app, tag: '1'}

                        worker:
                          image: HOST/app:1 # whole
                      parameters:
                        - {name: init.image.repository, value: HOST/app}
                        - {name: init.image.tag, value: "1", forceString: true}
                """;
        Path app = file("app.yaml", text);
        String given = APPLICATION.replace("name: a", "name: b") + """
                      valuesObject: {image: {repository: HOST/app, tag: "1"}}
                """;
        Path object = file("object.yaml", given);
        String chart = """
                apiVersion: helm.cattle.io/v1
                kind: HelmChart
                metadata: {name: c, namespace: kube-system}
                spec:
                  chart: web
                  valuesContent: |-
                    image:
                      repository: HOST/app
                      tag: "1"
                  set: {job.image: HOST/app:1}
                """;
        Path k3s = file("k3s.yaml", chart);
        pin();
        assertThat(app)
                .content()
                .isEqualTo(text(text.replace("tag: '1'", "tag: '1@DIGEST'")
                        .replace("app:1 #", "app:1@DIGEST #")
                        .replace("value: \"1\"", "value: \"1@DIGEST\"")));
        assertThat(object).content().isEqualTo(text(given.replace("\"1\"", "\"1@DIGEST\"")));
        assertThat(k3s)
                .content()
                .isEqualTo(text(chart.replace("\"1\"", "\"1@DIGEST\"").replace("app:1}", "app:1@DIGEST}")));
    }

    @Test
    @DisplayName(
            "entries of images are pinned in a Kustomization of Flux and an Application, and what they leave in its file")
    void entries() throws IOException {
        String flux = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: web, namespace: flux-system}
                spec:
                  path: ./web
                  sourceRef: {kind: GitRepository, name: flux-system}
                  images:
                    - {name: HOST/other, newName: HOST/app, newTag: '1'}
                """;
        String argo = """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: a, namespace: argocd}
                spec:
                  source:
                    repoURL: https://git.example/r
                    path: argo
                    kustomize: {images: ["HOST/other=HOST/app:1"]}
                """;
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
                + "    - {name: a, image: 'HOST/other@sha256:" + "0".repeat(64)
                + "'}\n    - {name: b, image: HOST/app:1}\n";
        Path kustomization = file("flux.yaml", flux);
        Path application = file("app.yaml", argo);
        Path web = file("web/pod.yaml", pod);
        Path other = file("argo/pod.yaml", pod);
        file("argo/kustomization.yaml", "resources: [pod.yaml]\n");
        pin();
        assertThat(kustomization).content().isEqualTo(text(flux.replace("'1'", "'1@DIGEST'")));
        assertThat(application).content().isEqualTo(text(argo.replace("app:1\"", "app:1@DIGEST\"")));
        assertThat(web).content().isEqualTo(text(pod.replace("app:1}", "app:1@DIGEST}")));
        assertThat(other).content().isEqualTo(text(pod.replace("app:1}", "app:1@DIGEST}")));
    }

    @Test
    @DisplayName("an image that cannot be replaced is told with its name, and others are written with --partial alone")
    void left() throws IOException {
        String quoted = APPLICATION + "      values: \"image: HOST/app:1\"\n";
        String map = RELEASE.replace("spec:\n", "spec:\n  valuesFrom: [{kind: ConfigMap, name: v}]\n") + """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: v, namespace: shop}
                data:
                  values.yaml: |
                    other: {image: HOST/app:1}
                """;
        String shared = APPLICATION.replace("name: a", "name: s") + """
                      values: |
                        one: {image: &x HOST/app:1}
                        two: {name: *x}
                """;
        file("quoted.yaml", quoted);
        Path release = file("release.yaml", map);
        Path aliases = file("shared.yaml", shared);
        assertThat(run("pin", "--registries", registries, deploy)).isEqualTo(2);
        assertThat(release).content().isEqualTo(text(map));
        assertThat(err.toString())
                .contains(text(
                        "quoted.yaml:10:1: Application argocd/a has this image in a form that is not replaced, such as"
                                + " in a text in quotes or in another object: write HOST/app:1@DIGEST"))
                .contains("shared.yaml:10:1: Application argocd/s has", "release.yaml:17:1: HelmRelease shop/r has");
        assertThat(run("pin", "--partial", "--registries", registries, deploy)).isZero();
        assertThat(release).content().contains(text("tag: '1@DIGEST'"), text("other: {image: HOST/app:1}"));
        assertThat(aliases).content().isEqualTo(text(shared));
    }
}
