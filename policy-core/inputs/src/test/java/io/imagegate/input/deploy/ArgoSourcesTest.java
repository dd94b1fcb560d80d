package io.imagegate.input.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Argo CD makes of a source beside its kustomization: overrides in files, and folders whose files are deployed as they are. */
class ArgoSourcesTest extends DeployedFolder {

    @BeforeEach
    void repository() throws IOException {
        file(".git/HEAD", "");
    }

    private void web() throws IOException {
        file("web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("web/pod.yaml", "web", "nginx:1");
    }

    @Test
    @DisplayName("images of .argocd-source.yaml win over those of the Application, and those of its own file over both")
    void images() throws IOException {
        application("Application", "source: {repoURL: r, path: web, kustomize: {images: ['nginx:2', 'x=y:1']}}\n");
        web();
        assertThat(read()).containsExactly("Pod web nginx:2");
        deployed.objects.clear();
        file("web/.argocd-source.yaml", "kustomize: {images: ['nginx:3']}\npath: other\n");
        assertThat(read()).containsExactly("Pod web nginx:3");
        deployed.objects.clear();
        file("web/.argocd-source-a.yaml", "kustomize: {images: ['nginx=evil.io/nginx:4'], namePrefix: x-}\n");
        file("web/.argocd-source-b.yaml", "kustomize: {images: ['nginx:5']}\n");
        assertThat(read()).containsExactly("Pod x-web evil.io/nginx:4");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a file may have very many images, of which the last of a name wins")
    void manyImages() throws IOException {
        application("Application", "source: {repoURL: r, path: web}\n");
        web();
        StringBuilder images = new StringBuilder("kustomize:\n  images: ['nginx:2', 'x:1', 'nginx:3']\n");
        file("web/.argocd-source.yaml", images.toString());
        assertThat(read()).containsExactly("Pod web nginx:3");
        deployed.objects.clear();
        images.setLength(0);
        images.append("kustomize:\n  images:\n  - nginx:2\n");
        for (int i = 0; i < 30_000; i++) {
            images.append("  - acme/i").append(i).append(":2\n");
        }
        file("web/.argocd-source.yaml", images.append("  - nginx:4\n").toString());
        assertThat(read()).containsExactly("Pod web nginx:4");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a file whose Application is not here is counted")
    void withoutApplication() throws IOException {
        web();
        file("web/.argocd-source-a.yaml", "kustomize: {images: ['nginx:3']}\n");
        assertThat(read()).containsExactly("Pod web nginx:1");
        assertThat(deployed.unread).containsExactly("Argo CD override: web/.argocd-source-a.yaml");
        deployed.unread.clear();
        deployed.objects.clear();
        application("Application", "source: {repoURL: r, path: web}\n");
        assertThat(read()).containsExactly("Pod web nginx:3");
        assertThat(deployed.unread).isEmpty();
    }

    @Test
    @DisplayName("an Application without changes gets those of the file")
    void plain() throws IOException {
        application("Application", "source: {repoURL: r, path: web}\n");
        web();
        file("web/.argocd-source.yaml", "kustomize: {images: ['nginx:evil']}\n");
        assertThat(read()).containsExactly("Pod web nginx:evil");
        assertThat(alone.images()).containsExactly("Pod web nginx:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "helm: {parameters: [{name: image.tag, value: '2'}]}                      | r.io/a:2",
                "helm: {parameters: [{value: '2'}]}                                       | r.io/a:2",
                "helm: {parameters: [{name: image.repository, value: q.io/q}]}            | q.io/q:9",
                "helm: {parameters: [{name: image.repository}]}                           | 0:9",
                "helm: {values: null}                                                     | r.io/a:0",
                "helm: {valuesObject: {image: {repository: q.io/q, tag: '3'}}}            | q.io/q:0",
                "helm: {values: 'image: {repository: q.io/q}'}                            | q.io/q:0",
                "kustomize: null                                                          | r.io/a:0",
            })
    @DisplayName("a file is merged as a patch, and what it leaves out or removes stays, also in elements of lists")
    void merge(String patch, String image) throws IOException {
        application(
                "Application",
                "source: {repoURL: r, path: web, helm: {values: 'image: {repository: r.io/a, tag: \"9\"}',"
                        + " parameters: [{name: image.tag, value: '0'}]}}\n");
        file("web/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        file("web/.argocd-source-a.yaml", patch.strip() + "\n");
        assertThat(read()).containsExactly("Application argocd/a " + image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "magic: {images: ['a:1']}",
                "kustomize: {Images: ['a:1']}",
                "helm: {Parameters: []}",
                "- a",
                "helm: {parameters: [{Name: image.repository, Value: evil.io/x}]}",
                "helm: {fileParameters: [{name: image.repository, Path: x}]}",
                "a: b\n---\nc: d",
                "---\n# empty\n---\nkustomize: {images: ['nginx:1']}",
                ""
            })
    @DisplayName("what is in a file and not known is a problem")
    void unknown(String content) throws IOException {
        application("Application", "source: {repoURL: r, path: web}\n");
        web();
        file("web/.argocd-source.yaml", content + "\n");
        read();
        assertThat(problems).singleElement().asString().contains("web/.argocd-source.yaml");
    }

    @Test
    @DisplayName("a file that depends on names that are not known is a problem")
    void names() throws IOException {
        application("Application", "source: {repoURL: r, path: web}\n");
        web();
        file("web/.argocd-source-argocd_a.yaml", "kustomize: {images: ['nginx:3']}\n");
        read();
        assertThat(problems).singleElement().asString().contains("depends on the namespace in which it runs");
        problems.clear();
        application(
                "ApplicationSet",
                "template: {metadata: {name: 'x-{{name}}'}, spec: {source: {repoURL: r, path: web}}}\n");
        read();
        assertThat(problems).singleElement().asString().contains("depends on the names that generators");
        problems.clear();
        application("Application", "source: {repoURL: r, path: web}\n");
        String known = Files.readString(folder.resolve("app.yaml"));
        file("app.yaml", known.replace("name: a, ", "name: 'a-${CLUSTER}', "));
        read();
        assertThat(problems).singleElement().asString().contains("depends on the names that generators");
        problems.clear();
        file("app.yaml", known.replace(", namespace: argocd", ""));
        read();
        assertThat(problems).singleElement().asString().contains("depends on the namespace in which it runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list: {%s}", "matrix: {generators: [{git: {}}, {list: {%s}}]}"})
    @DisplayName("a template of a generator, which wins over that of the ApplicationSet, is not judged")
    void generatorTemplates(String generator) throws IOException {
        String template = "template: {metadata: {}, spec: {source: {kustomize: {images: ['nginx=evil.io/x']}}}}";
        application(
                "ApplicationSet",
                "generators: [{" + generator.formatted(template) + "}]\n"
                        + "template: {metadata: {name: x}, spec: {source: {repoURL: r, path: web}}}\n");
        web();
        read();
        assertThat(deployed.unread).hasSize(1);
    }

    @Test
    @DisplayName("a file that is a link out of the repository is not opened")
    void link(@TempDir Path other) throws IOException {
        application("Application", "source: {repoURL: r, path: web}\n");
        web();
        Path secret = Files.writeString(other.resolve("secret"), "secret: 1\n");
        Files.createSymbolicLink(folder.resolve("web/.argocd-source.yaml"), secret);
        read();
        assertThat(problems)
                .anyMatch(problem -> problem.endsWith("web/.argocd-source.yaml is a link out of the repository"))
                .noneMatch(problem -> problem.contains("magic"));
    }

    @Test
    @DisplayName("files of a folder are deployed as they are, also those that a kustomization changes")
    void directory() throws IOException {
        application("Application", "source: {repoURL: r, path: plain}\n");
        file(
                "kustomization.yaml",
                "resources: [plain/a.yaml, plain/deep/b.yaml]\nimages: [{name: nginx, newTag: '2'}]\n");
        pod("plain/a.yaml", "a", "nginx:1");
        pod("plain/deep/b.yaml", "b", "nginx:1");
        assertThat(read()).containsExactlyInAnyOrder("Pod a nginx:1", "Pod a nginx:2", "Pod b nginx:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{recurse: true}                           | a b c",
                "{recurse: true, jsonnet: {}}              | a b c",
                "{recurse: false}                          | a",
                "{recurse: true, include: '*/b.yaml'}      | b",
                "{recurse: true, include: '{a,c}*'}        | a",
                "{recurse: true, include: '*/{b,c}.y?ml'}  | b c",
                "{recurse: true, exclude: 'deep/*'}        | a",
                "{recurse: true, exclude: 'd\\*'}          | a b c",
                "{include: '*.yml'}                        | ''",
            })
    @DisplayName("directory selects files by globs, in which * also matches slashes")
    void selected(String directory, String names) throws IOException {
        application("Application", "source: {repoURL: r, path: plain, directory: " + directory + "}\n");
        file("kustomization.yaml", """
                resources: [plain/a.yaml, plain/deep/b.yaml, plain/deep/er/c.yaml, plain/skipped.yaml]
                images: [{name: nginx, newTag: '2'}]
                """);
        pod("plain/a.yaml", "a", "nginx:1");
        pod("plain/deep/b.yaml", "b", "nginx:1");
        pod("plain/deep/er/c.yaml", "c", "nginx:1");
        file("plain/skipped.yaml", "# +argocd:skip-file-rendering\n" + POD.formatted("s", "nginx:1"));
        read();
        assertThat(String.join(
                        " ",
                        deployed.images().stream()
                                .filter(image -> image.endsWith(":1"))
                                .map(image -> image.substring(4, 5))
                                .toList()))
                .isEqualTo(names);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{include: '[a-c].yaml'}       | which files \"[a-c].yaml\" matches is not known",
                "{include: '{a'}               | which files \"{a\" matches is not known",
                "{disableExtensionFilter: true}| what files with any name deploy is not known",
                "{magic: 1}                    | which files this field of directory selects is not known",
            })
    @DisplayName("what a folder deploys and is not known is a problem")
    void unknownDirectory(String directory, String problem) throws IOException {
        application("Application", "source: {repoURL: r, path: plain, directory: " + directory + "}\n");
        file("plain/deep/x.jsonnet", "{}\n");
        read();
        assertThat(problems).singleElement().asString().contains(problem);
    }

    @Test
    @DisplayName("what Jsonnet makes of a file is counted, and the other files are judged")
    void jsonnet() throws IOException {
        application("Application", "source: {repoURL: r, path: plain, directory: {recurse: true}}\n");
        file("plain/deep/x.jsonnet", "{}\n");
        pod("plain/pod.yaml", "web", "nginx:1");
        assertThat(read()).containsExactly("Pod web nginx:1");
        assertThat(problems).isEmpty();
        assertThat(deployed.unread)
                .singleElement()
                .asString()
                .matches("Jsonnet file: app.yaml:\\d+: \"plain/deep/x.jsonnet\"");
    }

    @Test
    @DisplayName("a base that an Application deploys is judged as it is, and not only as a part")
    void base() throws IOException {
        application("Application", "source: {repoURL: r, path: web}\n");
        web();
        file("prod/kustomization.yaml", "resources: [../web]\nimages: [{name: nginx, newTag: '2'}]\n");
        assertThat(read()).containsExactlyInAnyOrder("Pod web nginx:1", "Pod web nginx:2");
    }

    @Test
    @DisplayName("the dry source of a hydrator is a source")
    void hydrator() throws IOException {
        application(
                "Application",
                "sourceHydrator: {drySource: {repoURL: r, path: web, kustomize: {images: ['nginx:7']}}, syncSource: {path: x}}\n");
        web();
        assertThat(read()).containsExactly("Pod web nginx:7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: image.tag, value: '2'}]                                            | r.io/a:2",
                "[{name: image.tag, value: $ARGOCD_APP_REVISION}]                           | r.io/a:${$ARGOCD_APP_REVISION} ? ${$ARGOCD_APP_REVISION}",
                "[{name: image.tag, value: '3', forceString: true}, {name: image.tag, value: '2'}] | r.io/a:3",
                "[{name: 'list[0].image', value: 'r.io/b:1'}]                               | r.io/a:1 r.io/b:1",
                "[{name: image.tag, value: '2,image.repository=evil.io/x'}]                 | r.io/a:2,image.repository=evil.io/x",
                "[{name: 'image.tag=2,image.repository', value: 'evil.io/x'}]               | evil.io/x:2",
                "[{name: images, value: '{r.io/b:1,r.io/c:1}'}]                             | r.io/a:1 r.io/b:1 r.io/c:1",
            })
    @DisplayName("parameters are set as Argo CD gives them to Helm")
    void parameters(String parameters, String images) throws IOException {
        application(
                "Application",
                "source: {repoURL: r, chart: web, helm: {valuesObject: {image: {repository: r.io/a, tag: '1'}},"
                        + " parameters: " + parameters + "}}\n");
        assertThat(read().stream()
                        .map(image -> image.substring("Application argocd/a ".length()))
                        .toList())
                .containsExactlyInAnyOrder(images.contains("?") ? new String[] {images} : images.split(" ", -1));
    }

    @Test
    @DisplayName("a file of values that may be missing counts only where Argo CD looks for it")
    void decoyValues() throws IOException {
        file(".git/HEAD", "");
        file(
                "prod/app.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {repoURL: r, path: web,"
                        + " helm: {ignoreMissingValueFiles: true, valueFiles: [over.yaml],"
                        + " values: 'image: {repository: r.io/a}'}}}\n");
        file("web/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        file("prod/web/over.yaml", "image: {tag: over}\n");
        read();
        assertThat(deployed.unread).singleElement().asString().contains("over.yaml");
        deployed.unread.clear();
        file("web/over.yaml", "image: {tag: over}\n");
        Files.delete(folder.resolve("prod/web/over.yaml"));
        read();
        assertThat(deployed.unread).noneMatch(text -> text.contains("over.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod.yaml", "values.yaml"})
    @DisplayName(
            "of a file of values with several documents versions of Helm take the first or all: the others are counted")
    void severalDocuments(String name) throws IOException {
        file(".git/HEAD", "");
        application(
                "Application",
                "source: {repoURL: r, path: web, helm: {valueFiles: ['prod.yaml'],"
                        + " values: 'image: {repository: r.io/a}'}}\n");
        file("web/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        file("web/prod.yaml", "image: {tag: '1'}\n");
        file("web/values.yaml", "image: {tag: '0'}\n");
        file("web/" + name, "image: {tag: '2'}\n---\nimage: {tag: '3'}\n");
        read();
        assertThat(deployed.unread).containsExactly("Helm values source: web/" + name + ":3: another document");
    }

    @Test
    @DisplayName("folders that no search goes into are deployed, too")
    void notSearched() throws IOException {
        application("Application", "source: {repoURL: r, path: plain, directory: {recurse: true}}\n");
        pod("plain/pod.yaml", "web", "nginx:1");
        pod("plain/node_modules/pod.yaml", "hidden", "nginx:2");
        assertThat(read()).containsExactlyInAnyOrder("Pod web nginx:1", "Pod hidden nginx:2");
    }

    @Test
    @DisplayName("a missing file of values that may be missing is no part that is not judged")
    void missingValues() throws IOException {
        String helm = "source: {repoURL: r, path: web, helm: {ignoreMissingValueFiles: true, valueFiles: ['%s'],"
                + " values: 'image: {repository: r.io/a, tag: \"9\"}'}}\n";
        file("web/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        for (String known : new String[] {"prod.yaml", "/x/prod.yaml"}) {
            application("Application", helm.formatted(known));
            read();
            assertThat(deployed.unread).isEmpty();
        }
        for (String unknown : new String[] {"*.yaml", "https://a.b/c.yaml", "$x/y.yaml", "x-$y.yaml"}) {
            application("Application", helm.formatted(unknown));
            read();
            assertThat(deployed.unread).as(unknown).hasSize(1);
            deployed.unread.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "directory: {}",
                "directory: {recurse: false, jsonnet: {tlas: []}}",
                "helm: {}",
                "helm: {valueFiles: [], values: '', skipCrds: false}",
                "helm: {}, directory: {}",
            })
    @DisplayName(
            "Argo CD drops a type of a source whose fields are empty; before it does so it deploys an Application by this type")
    void emptyTypes(String type) throws IOException {
        application(
                "ApplicationSet",
                "template: {metadata: {name: x}, spec: {source: {repoURL: r, path: web, " + type + "}}}\n");
        file("web/kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: nginx, newTag: '2'}]\n");
        pod("web/pod.yaml", "web", "nginx:1");
        file("prod/kustomization.yaml", "resources: [../web]\nimages: [{name: nginx, newTag: '3'}]\n");
        assertThat(read()).containsExactlyInAnyOrder("Pod web nginx:2", "Pod web nginx:3");
        deployed.objects.clear();
        application("Application", "source: {repoURL: r, path: web, " + type + "}\n");
        assertThat(read()).contains("Pod web nginx:2", "Pod web nginx:3");
        assertThat(deployed.images().contains("Pod web nginx:1")).isEqualTo(type.startsWith("directory"));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory: {include: '*.yaml'}", "directory: {jsonnet: {tlas: [{name: a, value: b}]}}"})
    @DisplayName("a type of a source with a field that is not empty stays")
    void types(String type) throws IOException {
        application(
                "ApplicationSet",
                "template: {metadata: {name: x}, spec: {source: {repoURL: r, path: web, " + type + "}}}\n");
        file("web/kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: nginx, newTag: '2'}]\n");
        pod("web/pod.yaml", "web", "nginx:1");
        assertThat(read()).containsExactlyInAnyOrder("Pod web nginx:1", "Pod web nginx:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{name: image.tag, value: '2'}, {name: 'image.t\\ag', value: '3'}]",
                "[{name: image.tag, value: '2'}, {name: 'x=1,image.tag', value: '3'}]",
                "[{name: 'list', value: '{r.io/a:1,r.io/b:1}'}, {name: 'list[1]', value: 'r.io/c:1'}]",
                "[{name: 'list[0].image', value: 'r.io/a:1'}, {name: 'list[0]', value: 'r.io/c:1'}]",
                "[{name: 'a', value: '{x},image.tag=4,b={y}'}, {name: image.tag, value: '2'}]",
                "[{name: image.tag, value: '2', forceString: true}, {name: 'image.t\\ag', value: '3', forceString: true}]",
            })
    @DisplayName(
            "parameters that set one value in different words, in an order that Argo CD leaves to chance, are a problem")
    void parametersByChance(String parameters) throws IOException {
        application("Application", "source: {repoURL: r, chart: web, helm: {parameters: " + parameters + "}}\n");
        read();
        assertThat(problems).singleElement().asString().contains("in an order that Argo CD leaves to chance");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: image.tag, value: '2'}, {name: image.tag, value: '3'}]                       | r.io/a:3",
                "[{name: image.tag, value: '2'}, {name: 'image.t\\ag', value: '3', forceString: true}] | r.io/a:3",
                "[{name: 'l[0].image', value: 'b:1'}, {name: 'l[1].image', value: 'c:1'}, {name: 'l[0].x', value: y}] | r.io/a:1 b:1 c:1",
                "[{name: 'image.tag=2,image.tag', value: '3'}]                                        | r.io/a:3",
                "[{name: a, value: '{x},image.tag=2,b={y}'}, {name: a, value: z}]                     | r.io/a:1",
            })
    @DisplayName("of parameters with one name the last counts alone, and texts are set after all others")
    void parametersInOrder(String parameters, String images) throws IOException {
        parameters(parameters, images);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"web, values-*.yaml", "w[e]b, prod.yaml", "web, v?lues.yaml", "web, /we*/prod.yaml"})
    @DisplayName("a file of values whose name or path has *, ? or [ is not the one that is literally called so")
    void literalGlobs(String path, String name) throws IOException {
        file(".git/HEAD", "");
        application(
                "Application",
                "source: {repoURL: r, path: '" + path + "', helm: {valueFiles: ['" + name + "'],"
                        + " values: 'image: {repository: r.io/a}'}}\n");
        file(path + "/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        file((name.startsWith("/") ? "" : path + "/") + name, "image: {tag: decoy}\n");
        assertThat(read()).noneMatch(image -> image.startsWith("Application argocd/a r.io/a:decoy"));
        assertThat(deployed.unread).anyMatch(text -> text.contains(name));
    }
}
