package io.imagegate.input.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.manifest.InputSettings;
import io.imagegate.manifest.Inputs;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sources are the repository of the run, by its URLs. */
class RepositoryTest extends DeployedFolder {

    private static final String OURS = "https://github.com/acme/deploy";

    private void source(String name, String url) throws IOException {
        file(
                "source.yaml",
                "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: " + name
                        + ", namespace: f}\nspec: {url: '" + url + "'}\n");
    }

    private void web() throws IOException {
        flux("clusters/web.yaml", "path: ./web\nimages: [{name: nginx, newTag: '2'}]\n");
        file("web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("web/pod.yaml", "web", "nginx:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/deploy",
                "https://github.com/acme/deploy.git",
                "https://github.com/acme/deploy/",
                "https://me:secret@GitHub.com:443/acme/deploy.git/",
                "ssh://git@github.com/acme/deploy",
                "ssh://git@github.com:22/acme/deploy.git",
                "git@github.com:acme/deploy.git",
                "GITHUB.COM:/acme/deploy",
                "git+ssh://git@github.com/acme/deploy",
                "git://github.com/acme/deploy"
            })
    @DisplayName("URLs of one repository differ in protocol, user, case of the host and what is at the end")
    void sameRepository(String url) throws IOException {
        source("r", url);
        web();
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread).isEmpty();
        assertThat(read(url)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/other",
                "https://github.com/acme/Deploy",
                "https://github.com:8443/acme/deploy",
                "https://github.com.evil.example/acme/deploy",
                "https://evil.example/github.com/acme/deploy",
                "https://github.com@evil.example/acme/deploy",
                "oci://github.com/acme/deploy",
                "file:///acme/deploy",
                "nowhere"
            })
    @DisplayName("a source with another URL is elsewhere, although a folder here has the name of its path")
    void otherRepository(String url) throws IOException {
        source("r", url);
        web();
        assertThat(read(OURS)).containsExactly("Kustomization nginx:2", "Pod web nginx:1");
        assertThat(deployed.unread).containsExactly("included resource: clusters/web.yaml:8: \"./web\"");
        assertThat(problems).isEmpty();
        deployed.objects.clear();
        assertThat(read()).as("without a URL each folder counts").containsExactly("Pod web nginx:2");
    }

    @ParameterizedTest
    @CsvSource({"other, https://github.com/acme/deploy", "r, https://github.com/${OWNER}/deploy"})
    @DisplayName("a source whose URL is not known may be this repository: its path is judged, and it is counted")
    void unknownSource(String name, String url) throws IOException {
        source(name, url);
        web();
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread).singleElement().asString().startsWith("included resource: clusters/web.yaml:7: ");
    }

    @Test
    @DisplayName("of two sources with one name, one may be this repository; so may one with other files in its paths")
    void severalSources() throws IOException {
        source("r", OURS);
        web();
        file(
                "other.yaml",
                "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: r}\nspec: {url: 'https://a.b/c'}\n");
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread).hasSize(1);
        deployed.unread.clear();
        file(
                "other.yaml",
                "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: r}\nspec:\n"
                        + "  {url: '" + OURS + "', include: [{repository: {name: x}, toPath: web}]}\n");
        read(OURS);
        assertThat(deployed.unread).hasSize(1);
    }

    private static final String PATCH = """
            patches:
              - target: {kind: GitRepository}
                patch: |
                  - {op: replace, path: /spec/url, value: "https://github.com/acme/other"}
            """;

    @Test
    @DisplayName(
            "a kustomization that changes the URL of a source may make another repository of it for what it has with it")
    void patchedTogether() throws IOException {
        source("r", OURS);
        web();
        file("kustomization.yaml", "resources: [source.yaml, clusters/web.yaml]\n" + PATCH);
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread).singleElement().asString().startsWith("included resource: clusters/web.yaml:7: ");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sources, 1", "top, 1", "top, 0"})
    @DisplayName("a source elsewhere that a kustomization changes may be another repository")
    void patchedElsewhere(String patched, int unread) throws IOException {
        source("r", OURS);
        Files.createDirectories(folder.resolve("sources"));
        Files.move(folder.resolve("source.yaml"), folder.resolve("sources/source.yaml"));
        web();
        file("sources/kustomization.yaml", "resources: [source.yaml]\n");
        file("top/kustomization.yaml", "resources: [../sources]\n");
        if (unread > 0) {
            file(
                    patched + "/kustomization.yaml",
                    Files.readString(folder.resolve(patched + "/kustomization.yaml")) + PATCH);
        }
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread).hasSize(unread);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GitRepository, 1", "Deployment, 0"})
    @DisplayName("a source in a path that Flux deploys with a patch of it may be another repository")
    void patchedByFlux(String kind, int unread) throws IOException {
        file("sources/.keep", "");
        source("r", OURS);
        Files.move(folder.resolve("source.yaml"), folder.resolve("sources/source.yaml"));
        web();
        flux("clusters/sources.yaml", "path: ./sources\n" + PATCH.replace("GitRepository", kind));
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread.stream().filter(text -> text.contains("web.yaml")))
                .hasSize(unread);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GitRepository, false, 1", "Deployment, false, 0", "GitRepository, true, 1"})
    @DisplayName("so may one in a path that Argo CD deploys with a patch of it, which may stand in an override")
    void patchedByArgo(String kind, boolean isOverride, int unread) throws IOException {
        file("sources/.keep", "");
        source("r", OURS);
        Files.move(folder.resolve("source.yaml"), folder.resolve("sources/source.yaml"));
        file("sources/kustomization.yaml", "resources: [source.yaml]\n");
        web();
        String kustomize = "kustomize:\n" + PATCH.replace("GitRepository", kind).indent(2);
        if (isOverride) {
            file("sources/.argocd-source.yaml", kustomize);
        }
        application(
                "Application",
                "source:\n  repoURL: " + OURS + "\n  path: sources\n" + (isOverride ? "" : kustomize.indent(2)));
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread.stream().filter(text -> text.contains("web.yaml")))
                .hasSize(unread);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GitRepository, 1", "Deployment, 0"})
    @DisplayName("the source of a FluxInstance that it patches may be another repository")
    void patchedByInstance(String kind, int unread) throws IOException {
        file(
                "flux.yaml",
                "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: f}\nspec:\n"
                        + "  sync: {name: r, kind: GitRepository, url: '" + OURS + "', path: x}\n  kustomize:\n"
                        + PATCH.replace("GitRepository", kind).indent(4));
        web();
        assertThat(read(OURS)).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread.stream().filter(text -> text.contains("web.yaml")))
                .hasSize(unread);
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a chart of another repository has no values here")
    void charts() throws IOException {
        file("charts/web/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        file("charts/web/values.yaml", "image: {repository: r.io/a, tag: '1'}\n");
        source("r", "https://github.com/acme/charts");
        release("""
                chart: {spec: {chart: charts/web, sourceRef: {kind: GitRepository, name: r}}}
                values: {image: {repository: r.io/b}}
                """);
        application("Application", """
                source: {repoURL: "https://github.com/acme/charts", path: charts/web, helm: {values: "b: {image: 'r.io/b:1'}"}}
                """);
        assertThat(read(OURS))
                .containsExactlyInAnyOrder(
                        "Helm values r.io/a:1", "HelmRelease f/r r.io/b ? tag", "Application argocd/a r.io/b:1");
        assertThat(deployed.unread).hasSize(2).allMatch(text -> text.startsWith("Helm chart: "));
    }

    @Test
    @DisplayName("a path of an Application is one of the repository that its URL names")
    void applications() throws IOException {
        application("Application", """
                sources:
                  - {repoURL: "git@github.com:acme/deploy.git", path: web, kustomize: {images: ["nginx:2"]}}
                  - {repoURL: "https://github.com/acme/other", path: web, kustomize: {images: ["nginx:3"]}}
                """);
        file("web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("web/pod.yaml", "web", "nginx:1");
        assertThat(read(OURS)).containsExactly("Pod web nginx:2", "Kustomization nginx:3");
        assertThat(deployed.unread).containsExactly("included resource: app.yaml:7: \"web\"");
    }

    @Test
    @DisplayName("$NAME of a file of values is the repository of the source that has this ref, and of no other")
    void references() throws IOException {
        file("prod.yaml", "image: {repository: r.io/a, tag: '1'}\n");
        String sources = """
                sources:
                  - {repoURL: "https://charts.example", chart: web, helm: {valueFiles: ["%s/prod.yaml"]}}
                  - {repoURL: "https://github.com/acme/%s", ref: values}
                """;
        application("Application", sources.formatted("$values", "deploy"));
        assertThat(read(OURS)).containsExactly("Application argocd/a r.io/a:1");
        deployed.objects.clear();
        application("Application", sources.formatted("$values", "other"));
        assertThat(read(OURS)).isEmpty();
        application("Application", sources.formatted("$ARGOCD_APP_NAME", "deploy"));
        assertThat(read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "acme/deploy", "/srv/deploy", "file:///srv/deploy", "https://github.com/", "https:///a"})
    @DisplayName("what names no host and no path is refused")
    void unusable(String url) {
        assertThatThrownBy(
                        () -> Inputs.of(InputSettings.of(Workloads.wellKnown()).withRepositories(List.of(url))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the URL of a repository, such as https://github.com/acme/deploy");
    }
}
