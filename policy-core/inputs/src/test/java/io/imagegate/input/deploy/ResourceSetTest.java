package io.imagegate.input.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the Flux Operator makes of a ResourceSet. */
class ResourceSetTest extends DeployedFolder {

    private static final String TEMPLATES = "template: set.yaml:1: ResourceSet f/s";

    private void set(String spec) throws IOException {
        file(
                "set.yaml",
                "apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: s, namespace: f}\nspec:\n"
                        + spec.indent(2));
    }

    private static String pod(String name, String image) {
        return POD.formatted(name, image);
    }

    private static String resource(String object) {
        return "  - " + object.indent(4).strip() + "\n";
    }

    @Test
    @DisplayName("resources and documents of the text are judged as objects, also those of steps")
    void plain() throws IOException {
        set("resources:\n" + resource(pod("a", "nginx:1")) + "resourcesTemplate: |\n"
                + (pod("b", "nginx:2") + "---\n" + pod("c", "nginx:3")).indent(2));
        assertThat(read()).containsExactlyInAnyOrder("Pod a nginx:1", "Pod b nginx:2", "Pod c nginx:3");
        deployed.objects.clear();
        set("steps:\n  - name: one\n    resources:\n"
                + resource(pod("a", "nginx:4")).indent(4) + "  - name: two\n    resourcesTemplate: |\n"
                + pod("b", "nginx:5").indent(6));
        assertThat(read()).containsExactlyInAnyOrder("Pod a nginx:4", "Pod b nginx:5");
        assertThat(deployed.unread).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a template is counted, and an image with an action is not known")
    void templates() throws IOException {
        set("inputs: [{tag: '1', image: 'evil.io/input:1'}]\nresources:\n"
                + resource(pod("a", "nginx:<< inputs.tag >>")) + resource(pod("b", "nginx:1")));
        assertThat(read()).containsExactlyInAnyOrder("Pod a nginx:<< inputs.tag >>", "Pod b nginx:1");
        assertThat(deployed.unread).containsExactly(TEMPLATES);
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("documents between lines of actions are read, and those that are no YAML are counted")
    void lines() throws IOException {
        set("resourcesTemplate: |\n"
                + ("<<- range $app := inputs.apps >>\n" + pod("<< $app >>", "evil.io/a:1") + "---\n<<- if $app.b >>\n"
                                + pod("b", "evil.io/b:1") + "<<- end >> << end >>\n---\n{{ << x >>\n---\n"
                                + pod("c", "evil.io/c:1"))
                        .indent(2));
        assertThat(read())
                .containsExactlyInAnyOrder("Pod << $app >> evil.io/a:1", "Pod b evil.io/b:1", "Pod c evil.io/c:1");
        assertThat(deployed.objects.get(1).line(0)).isEqualTo(16);
        assertThat(deployed.unread).containsExactly(TEMPLATES);
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName(
            "an object that an action gives its containers is counted; one without actions that is no object is a problem")
    void unreadable() throws IOException {
        set("resources:\n"
                + resource("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: << toYaml inputs >>\n")
                + resource(pod("b", "nginx:1")));
        assertThat(read()).containsExactly("Pod b nginx:1");
        assertThat(deployed.unread).containsExactly(TEMPLATES);
        assertThat(problems).isEmpty();
        set("resources:\n" + resource("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: x}\n"));
        read();
        assertThat(problems).singleElement().asString().contains("containers: expected an array");
        set("resourcesTemplate: 'kind: ['\n");
        read();
        assertThat(problems).hasSize(2);
    }

    @Test
    @DisplayName("what objects of Flux in it deploy is judged with their changes, and by the source in it")
    void deployed() throws IOException {
        file("web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("web/pod.yaml", "web", "nginx:1");
        String flux = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: k, namespace: f}
                spec: {path: ./web, sourceRef: {kind: GitRepository, name: r}, images: [{name: nginx, newTag: '2'}]}
                """;
        set("resources:\n" + resource(flux));
        assertThat(read()).containsExactly("Pod web nginx:2");
        assertThat(alone.images()).containsExactly("Pod web nginx:1");
        String source = """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: r, namespace: f}
                spec: {url: 'https://github.com/acme/%s'}
                """;
        deployed.objects.clear();
        set("resources:\n" + resource(flux) + resource(source.formatted("deploy")));
        assertThat(read("https://github.com/acme/deploy")).containsExactly("Pod web nginx:2");
        assertThat(deployed.unread).isEmpty();
        deployed.objects.clear();
        set("resourcesTemplate: |\n" + (flux + "---\n" + source.formatted("other")).indent(2));
        assertThat(read("https://github.com/acme/deploy")).containsExactly("Kustomization nginx:2", "Pod web nginx:1");
        assertThat(deployed.unread).containsExactly("included resource: set.yaml:9: \"./web\"");
    }

    @Test
    @DisplayName("a kustomization changes what is in it, and its labels are those of all objects")
    void changed() throws IOException {
        file("kustomization.yaml", "resources: [set.yaml]\nimages: [{name: nginx, newTag: '7'}]\n");
        set("commonMetadata: {labels: {team: a}}\nresources:\n" + resource(pod("a", "nginx:1")));
        assertThat(read()).containsExactly("Pod a nginx:7");
        assertThat(deployed.objects.get(0).review("d").labels().toString()).contains("team");
    }

    @Test
    @DisplayName("inputs of a provider are none of images")
    void provider() throws IOException {
        file("provider.yaml", """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: p}
                spec: {type: Static, defaultValues: {image: 'evil.io/x:1'}}
                """);
        assertThat(read()).isEmpty();
        assertThat(problems).isEmpty();
    }
}
