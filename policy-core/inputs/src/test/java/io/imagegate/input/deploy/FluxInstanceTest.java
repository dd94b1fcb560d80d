package io.imagegate.input.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the Flux Operator makes of a FluxInstance. */
class FluxInstanceTest extends DeployedFolder {

    private static final String OURS = "https://github.com/acme/deploy";

    @BeforeEach
    void repository() throws IOException {
        file(".git/HEAD", "");
    }

    private void instance(String more) throws IOException {
        file(
                "flux.yaml",
                "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec:\n"
                        + "  distribution: {version: 2.x, registry: ghcr.io/fluxcd}\n" + more.indent(2));
    }

    private void web() throws IOException {
        file("web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("web/pod.yaml", "web", "nginx:1");
    }

    @Test
    @DisplayName("the controllers are counted, and patches of them are judged where they have images")
    void controllers() throws IOException {
        instance("""
                kustomize:
                  patches:
                    - patch: |
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: source-controller}
                        spec: {template: {spec: {containers: [{name: manager, image: evil.io/x:1}]}}}
                """);
        assertThat(read()).containsExactly("Deployment source-controller evil.io/x:1");
        assertThat(deployed.unread)
                .singleElement()
                .asString()
                .startsWith(
                        "included resource: flux.yaml:5: chart or generator {version: \"2.x\", registry: \"ghcr.io");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("the path of sync is deployed by a Kustomization that patches may change")
    void sync() throws IOException {
        web();
        file("prod/kustomization.yaml", "resources: [../web]\nimages: [{name: nginx, newTag: '3'}]\n");
        String sync = "sync: {kind: GitRepository, url: '" + OURS + "', ref: refs/heads/main, path: ./web}\n";
        instance(sync);
        assertThat(read(OURS)).containsExactlyInAnyOrder("Pod web nginx:1", "Pod web nginx:3");
        deployed.objects.clear();
        instance(sync + """
                kustomize:
                  patches:
                    - target: {kind: Kustomization}
                      patch: |
                        - op: add
                          path: /spec/images
                          value: [{name: nginx, newTag: "4"}]
                """);
        assertThat(read(OURS)).containsExactlyInAnyOrder("Pod web nginx:4", "Pod web nginx:3");
        deployed.objects.clear();
        instance(sync.replace("acme/deploy", "acme/other"));
        assertThat(read(OURS)).containsExactly("Pod web nginx:3");
        assertThat(deployed.unread).anyMatch(text -> text.endsWith(": \"./web\""));
    }

    @Test
    @DisplayName("other Kustomizations find the source of sync by its name")
    void source() throws IOException {
        instance("sync: {name: r, kind: GitRepository, url: 'https://github.com/acme/other', path: x}\n");
        flux("k.yaml", "path: ./web\ntargetNamespace: x\n");
        file("k.yaml", Files.readString(folder.resolve("k.yaml")).replace("namespace: f", "namespace: flux-system"));
        web();
        read(OURS);
        assertThat(deployed.unread).anyMatch(text -> text.equals("included resource: k.yaml:8: \"./web\""));
    }
}
