package io.imagegate.input.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.input.Input;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Rules;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What objects of Flux, Argo CD and k3s deploy, in folders with their repository. */
class DeploymentFilesTest extends DeployedFolder {

    private static String flux(String spec) {
        return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec:\n  path: ./x\n"
                + spec;
    }

    private static String lines(int number, String line) {
        return IntStream.range(0, number)
                .mapToObj(i -> line.replace("#", String.valueOf(i)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    @DisplayName("rules of what Flux leaves alone in the cluster change no image")
    void ignoreRules() throws Exception {
        file("k.yaml", flux("  ignore: [{paths: [/spec/replicas], target: {kind: Deployment}}]\n"));
        pod("x/pod.yaml", "p", "a:1");
        assertThat(read()).hasSize(1);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: &kind Kustomization",
                "kind: !!str Kustomization",
                "kind: # what it is\n  Kustomization",
                "kind: >-\n  Kustomization",
                "\"kin\\u0064\": \"Kustomiz\\x61tion\"",
                "kind: \"Kustomiz\\\n  ation\"",
            })
    @DisplayName("an object that deploys something is found however its kind is written")
    void kinds(String kind) throws Exception {
        file("k.yaml", flux("  images: [{name: a, newTag: '2'}]\n").replace("kind: Kustomization", kind));
        pod("x/pod.yaml", "p", "a:1");
        assertThat(read()).containsExactly("Pod p a:2");
        file(
                "k.yaml",
                flux("  images: [{name: a, newTag: '3'}]\n")
                        .replace("kustomize.toolkit.fluxcd.io/v1", "\"kustomize.toolk\\U00000069t.fluxcd.io\\/v1\"")
                        .replace("kind: Kustomization", kind));
        deployed.objects.clear();
        assertThat(read()).containsExactly("Pod p a:3");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a file that is too long to look for such objects in it is a problem, if it may have some")
    void longFile() throws Exception {
        String comment = "#" + "x".repeat(4 << 20) + "\n";
        file("k.yaml", comment + flux("  images: [{name: a, newTag: '2'}]\n"));
        pod("x/pod.yaml", "p", "a:1");
        read();
        assertThat(problems).singleElement().asString().contains("k.yaml", "4194304 bytes at most");
        problems.clear();
        file("k.yaml", comment + POD.formatted("q", "b:1"));
        deployed.objects.clear();
        assertThat(read()).containsExactly("Pod q b:1", "Pod p a:1");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("variables in names of fields may make one that names an image")
    void variablesInNames() throws Exception {
        file("k.yaml", flux("  postBuild: {substitute: {A: Containers, B: b}}\n"));
        file(
                "x/pod.yaml",
                POD.formatted("p", "a:1").replace("spec: {", "spec: {\"init${A}\": [{name: i, image: 'evil:1'}], "));
        read();
        assertThat(problems).singleElement().asString().contains("names of fields is not known");
        problems.clear();
        file("x/pod.yaml", POD.formatted("p", "a:1', \"${B}\": 'c"));
        read();
        assertThat(problems).singleElement().asString().contains("names of fields is not known");
        problems.clear();
        file("x/pod.yaml", POD.formatted("p, labels: {\"${B}\": x}", "a:1"));
        read();
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("how often paths are looked for in folders above is limited")
    void deepPaths() throws Exception {
        file(".git/HEAD", "");
        file(
                "d/".repeat(500) + "app.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:\n  sources:\n"
                        + lines(3_000, "  - {repoURL: r, path: x#}"));
        read();
        assertThat(problems).singleElement().asString().contains("include or patch too much");
    }

    @Test
    @DisplayName("a kustomization that .sourceignore or the source leaves out is not there for Flux")
    void ignoredKustomization() throws Exception {
        file("k.yaml", flux("  sourceRef: {kind: GitRepository, name: g}\n"));
        pod("x/pod.yaml", "p", "evil:1");
        file("x/kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: evil, newName: a}]\n");
        for (String other :
                List.of("/*\n!/x\n", "kustomization.yaml/\n", "# kustomization.yaml\ny/*.yaml\n", "*\n!*.yaml\n")) {
            file(".sourceignore", other);
            read();
            assertThat(problems).as(other).isEmpty();
        }
        for (String ignored :
                List.of("kustomization.yaml", "*.yaml", "/x/k*", "**/kustomization.yam?", "x/[k]*", "x/**")) {
            file(".sourceignore", "!a\n" + ignored + "\n");
            read();
            assertThat(problems).as(ignored).singleElement().asString().contains("kustomization.yaml is left out by");
            problems.clear();
        }
        file(".sourceignore", "");
        file(
                "g.yaml",
                "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: g}\nspec: {ignore: '*.yaml'}\n");
        read();
        assertThat(problems).singleElement().asString().contains("kustomization.yaml is left out by");
    }

    @Test
    @DisplayName(
            "long patterns of what a source leaves out are looked at once for a file, and for many files are too much")
    void longPatterns() throws Exception {
        file(".sourceignore", "a*b?c\n".repeat(10_000));
        String object = flux("\n---").replace("{name: a}", "{name: a#}");
        file("k.yaml", lines(200, object));
        pod("x/pod.yaml", "p", "a:1");
        file("x/kustomization.yaml", "resources: [pod.yaml]\n");
        read();
        assertThat(problems).isEmpty();
        for (int i = 0; i < 50; i++) {
            file("x" + i + "/kustomization.yaml", "resources: [../x/pod.yaml]\n");
        }
        file("k.yaml", lines(50, object.replace("./x", "./x#")));
        read();
        assertThat(problems).anyMatch(problem -> problem.contains("include or patch too much"));
    }

    @Test
    @DisplayName("a kustomization that is a link is not there for Flux")
    void linkedKustomization() throws Exception {
        file("k.yaml", flux(""));
        pod("x/pod.yaml", "p", "evil:1");
        file("x/k.txt", "resources: [pod.yaml]\nimages: [{name: evil, newName: a}]\n");
        Files.createSymbolicLink(folder.resolve("x/kustomization.yaml"), Path.of("k.txt"));
        read();
        assertThat(problems).singleElement().asString().contains("kustomization.yaml is a link");
    }

    @Test
    @DisplayName("values of variables make no text of any length")
    void longVariables() throws Exception {
        file(
                "vars.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: v}\ndata: {A: " + "a".repeat(200_000) + "}\n");
        file("k.yaml", flux("  postBuild: {substituteFrom: [{kind: ConfigMap, name: v}]}\n"));
        pod("x/pod.yaml", "p", "a:1");
        file("x/other.yaml", POD.formatted("q", "a:" + "${A}".repeat(50_000)));
        read();
        assertThat(problems).singleElement().asString().contains("this has more than 1048576 characters");
    }

    @Test
    @DisplayName("a path of many names is not known, and told in short")
    void longPaths() throws Exception {
        file(
                "app.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {chart: c, repoURL: x,"
                        + " helm: {parameters: [{name: " + "a.".repeat(50_000) + "a, value: b}]}}}\n");
        assertThat(read()).isEmpty();
        assertThat(problems).isEmpty();
        assertThat(deployed.unread).allSatisfy(text -> assertThat(text).hasSizeLessThan(300));
        assertThat(deployed.unread).anyMatch(text -> text.startsWith("Helm values source: app.yaml:4: a.a."));
    }

    @Test
    @DisplayName("many references to a name that many have are too much, and many images are not")
    void tooMuch() throws Exception {
        file("maps.yaml", lines(4_000, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: n}\n---"));
        file("k.yaml", flux("  postBuild:\n    substituteFrom:\n" + lines(4_000, "    - {kind: ConfigMap, name: n}")));
        pod("x/pod.yaml", "p", "a:1");
        read();
        assertThat(problems).anyMatch(problem -> problem.contains("kustomizations include or patch too much"));
        problems.clear();
        deployed.objects.clear();
        file("maps.yaml", "");
        file("k.yaml", flux("  images:\n" + lines(6_000, "  - {name: n#, newName: b, newTag: c}")));
        assertThat(read()).containsExactly("Pod p a:1");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName(
            "two Kustomizations in the path of each of two others, and so on, are too much before many are deployed")
    void tooDeep() throws Exception {
        for (int i = 0; i < 25; i++) {
            file(
                    "l" + i + "/k.yaml",
                    lines(2, flux("  targetNamespace: n#\n---").replace("./x", "./l" + (i + 1))));
        }
        pod("l25/pod.yaml", "p", "a:1");
        read();
        assertThat(problems).anyMatch(problem -> problem.contains("kustomizations include or patch too much"));
        assertThat(deployed.objects).hasSizeLessThan(10_000);
    }

    @Test
    @Tag("full")
    @DisplayName("files with objects that deploy something may not have more values together than memory has room for")
    void tooManyValues() throws Exception {
        for (int i = 0; i < 4; i++) {
            file("k" + i + ".yaml", flux("  x: [" + "a,".repeat(600_000) + "]\n"));
        }
        read();
        assertThat(problems).anyMatch(problem -> problem.contains("expected 2000000 values at most in all files"));
    }

    @Test
    @DisplayName("kustomize reads YAML that begins with a brace, as kubectl does not")
    void flow() throws Exception {
        file(
                "a/kustomization.yaml",
                "resources: [p.yaml]\npatches: [{patch: '{kind: Pod, apiVersion: v1, metadata: {name: p},"
                        + " spec: {containers: [{name: p, image: evil:1}]}}'}]\n");
        file(
                "a/p.yaml",
                "{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {containers: [{name: p, image: a:1}]}}\n");
        read();
        assertThat(problems).isEmpty();
        assertThat(deployed.images()).containsExactly("Pod p evil:1");
    }

    @Test
    @DisplayName("a long prefix of many names is too much")
    void longNames() throws Exception {
        file("a/kustomization.yaml", "resources: [pods.yaml]\nnamePrefix: " + "a".repeat(200_000) + "\n");
        file("a/pods.yaml", lines(1_000, POD.formatted("p#", "a:1") + "---"));
        read();
        assertThat(problems).anyMatch(problem -> problem.contains("kustomizations include or patch too much"));
    }

    @Test
    @DisplayName("a stream is of no folder, so that only its own objects are read")
    void stream() throws Exception {
        byte[] text =
                ("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ./x}\n---\n"
                                + POD.formatted("p", "nginx:1"))
                        .getBytes(UTF_8);
        Input input = Inputs.builtin(Workloads.wellKnown()).stream()
                .filter(format -> format.name().equals("gitops"))
                .findFirst()
                .orElseThrow();
        input.read(InputFile.stream("f", () -> new ByteArrayInputStream(text)), deployed);
        assertThat(deployed.images()).singleElement().asString().contains("nginx:1");
    }

    @Test
    @DisplayName("a Kustomization of Flux changes what is in its path; that is judged besides as it is written")
    void fluxImages() throws IOException {
        flux("clusters/prod/apps.yaml", """
                path: ./apps/web
                targetNamespace: shop
                images: [{name: nginx, newName: r.io/nginx, newTag: "2"}]
                """);
        file("apps/web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("apps/web/pod.yaml", "web", "nginx:1");
        assertThat(read()).containsExactly("Pod shop/web r.io/nginx:2");
        assertThat(alone.images()).containsExactly("Pod web nginx:1");
        assertThat(problems).isEmpty();
    }

    @Test
    @Tag("slow")
    @DisplayName("changes are what kubectl kustomize makes of a kustomization with them, as the controller writes it")
    void fluxBesideKustomize(@TempDir Path merged) throws Exception {
        Machine.needs("kubectl");
        String changes = """
                namePrefix: x-
                components: [../../comp]
                images: [{name: nginx, newTag: "2"}, {name: busybox, newName: r.io/busybox}]
                patches:
                  - target: {kind: Deployment}
                    patch: |
                      - {op: replace, path: /spec/template/spec/containers/0/image, value: "nginx:patched"}
                """;
        String web = "resources: [web.yaml]\nimages: [{name: redis, newTag: '7'}]\n";
        flux("ks.yaml", "path: ./apps/web\ntargetNamespace: shop\n" + changes);
        file("apps/web/kustomization.yaml", web);
        file("apps/web/web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {template: {spec: {containers: [{name: a, image: "nginx:1"}, {name: b, image: "redis:1"}]}}}
                """);
        file(
                "comp/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [p.yaml]\n");
        pod("comp/p.yaml", "side", "busybox:1");
        for (String name : List.of("apps/web/web.yaml", "comp/kustomization.yaml", "comp/p.yaml")) {
            Files.createDirectories(merged.resolve(name).getParent());
            Files.copy(folder.resolve(name), merged.resolve(name));
        }
        Files.writeString(
                merged.resolve("apps/web/kustomization.yaml"),
                "resources: [web.yaml]\nnamespace: shop\n"
                        + changes.replace("images: [", "images: [{name: redis, newTag: '7'}, "));
        Process process = new ProcessBuilder(
                        "kubectl", "kustomize", merged.resolve("apps/web").toString())
                .start();
        List<String> images = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> line.contains("image: "))
                .map(line -> line.replaceFirst(".*image: ", ""))
                .toList();
        read();
        assertThat(images).hasSize(3);
        assertThat(deployed.objects)
                .flatExtracting(InputObject::images)
                .extracting(ReviewedImage::text)
                .containsExactlyInAnyOrderElementsOf(images);
        assertThat(deployed.images()).contains("Deployment shop/x-web nginx:2", "Pod shop/x-side r.io/busybox:1");
    }

    @Test
    @DisplayName("one that changes nothing leaves its path as it is; one whose path is not here is counted")
    void fluxPath() throws IOException {
        flux("a.yaml", "path: ./apps/web\n");
        flux("b.yaml", "path: ./other\n");
        file("apps/web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("apps/web/pod.yaml", "web", "nginx:1");
        assertThat(read()).containsExactly("Pod web nginx:1");
        assertThat(alone.objects).isEmpty();
        assertThat(deployed.unread).singleElement().isEqualTo("included resource: b.yaml:8: \"./other\"");
    }

    @Test
    @DisplayName("variables get values in the objects that are made; without a value they stay")
    void fluxVariables() throws IOException {
        flux("a.yaml", """
                path: ./apps
                postBuild:
                  substitute: {TAG: "2", ODD: "a: b"}
                  substituteFrom: [{kind: ConfigMap, name: vars}]
                """);
        file(
                "vars.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: f}\ndata: {REG: r.io, TAG: '1'}\n");
        pod("apps/a.yaml", "a", "${REG}/a:${TAG}");
        pod("apps/b.yaml", "b", "${REG:-x}/b:${OTHER:=3}");
        pod("apps/c.yaml", "c", "c:${ODD}");
        pod("apps/d.yaml", "d", "d:${MISSING}");
        assertThat(read())
                .containsExactlyInAnyOrder(
                        "Pod a r.io/a:2",
                        "Pod b r.io/b:3",
                        "Pod c c:${ODD} ? ${ODD}",
                        "Pod d d:${MISSING} ? ${MISSING}");
        assertThat(alone.images()).contains("Pod a ${REG}/a:${TAG} ? ${REG}").hasSize(4);
    }

    @Test
    @DisplayName("with a Secret among the sources of variables no default is taken")
    void fluxSecrets() throws IOException {
        flux("a.yaml", """
                path: ./apps
                postBuild: {substitute: {A: "2"}, substituteFrom: [{kind: Secret, name: s}]}
                """);
        pod("apps/a.yaml", "a", "a:${A}");
        pod("apps/b.yaml", "b", "b:${B:-1}");
        assertThat(read()).containsExactlyInAnyOrder("Pod a a:2", "Pod b b:${B:-1} ? ${B:-1}");
    }

    @Test
    @DisplayName("patches of a Kustomization change those in its path, and these what is in theirs")
    void fluxNested() throws IOException {
        flux("clusters/a.yaml", """
                path: ./apps
                patches:
                  - target: {kind: Kustomization, group: kustomize.toolkit.fluxcd.io}
                    patch: |
                      apiVersion: kustomize.toolkit.fluxcd.io/v1
                      kind: Kustomization
                      metadata: {name: all}
                      spec: {images: [{name: nginx, newTag: "9"}]}
                """);
        file("apps/web/kustomization.yaml", "resources: [ks.yaml]\n");
        flux("apps/web/ks.yaml", "path: ./web\n");
        file("web/kustomization.yaml", "resources: [pod.yaml]\n");
        pod("web/pod.yaml", "web", "nginx:1");
        assertThat(read()).contains("Pod web nginx:9");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a Kustomization that deploys its own folder is read once, and the folder is judged")
    void fluxCircle() throws IOException {
        file("c/kustomization.yaml", "resources: [ks.yaml, pod.yaml]\n");
        flux("c/ks.yaml", "path: ./c\nimages: [{name: nginx, newTag: '2'}]\n");
        pod("c/pod.yaml", "web", "nginx:1");
        file(".git/HEAD", "");
        assertThat(read()).containsExactlyInAnyOrder("Pod web nginx:2", "Pod web nginx:1");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("an entry of images that versions join in other ways, and a field that is not known, are problems")
    void fluxUnknown() throws IOException {
        flux("a.yaml", "path: ./a\nimages: [{name: nginx, newName: x}]\n");
        flux("b.yaml", "path: ./a\nmagic: true\n");
        file("a/kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: nginx, newTag: '2'}]\n");
        pod("a/pod.yaml", "web", "nginx:1");
        read();
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).contains("a.yaml:9:", "depends on the version of the controller");
        assertThat(problems.get(1)).contains("what \"magic\" of a Kustomization of Flux does is not known");
    }

    @Test
    @DisplayName("values of a HelmRelease win over those of ConfigMaps, and those at a path over both")
    void releaseValues() throws IOException {
        file("maps.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: m, namespace: f}
                data:
                  values.yaml: |
                    image: {repository: r.io/a, tag: "1"}
                    other: {image: {repository: r.io/b, tag: "1"}}
                  third: r.io/c:1
                """);
        release("""
                chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: h}}}
                valuesFrom:
                  - {kind: ConfigMap, name: m}
                  - {kind: ConfigMap, name: m, valuesKey: third, targetPath: third.image}
                values: {image: {tag: "2"}}
                """);
        assertThat(read())
                .containsExactly("HelmRelease f/r r.io/a:2", "HelmRelease f/r r.io/b:1", "HelmRelease f/r r.io/c:1");
        assertThat(deployed.unread).singleElement().asString().startsWith("Helm chart: release.yaml:5: ");
    }

    @Test
    @DisplayName("a Secret is told, and the rest is judged; what it has at a path is not known")
    void releaseSecrets() throws IOException {
        release("""
                chartRef: {kind: OCIRepository, name: h}
                valuesFrom: [{kind: Secret, name: s}, {kind: Secret, name: t, targetPath: image.tag}]
                values: {image: {repository: r.io/a, tag: "2"}, b: {image: "r.io/b:1"}}
                """);
        assertThat(read()).containsExactly("HelmRelease f/r r.io/a:${t} ? ${t}", "HelmRelease f/r r.io/b:1");
        assertThat(deployed.unread)
                .contains(
                        "Helm values source: release.yaml:6: Secret s", "Helm values source: release.yaml:6: Secret t");
    }

    @Test
    @DisplayName("postRenderers make images of a chart")
    void releaseRenderers() throws IOException {
        release("""
                chartRef: {kind: OCIRepository, name: h}
                postRenderers:
                  - kustomize:
                      images: [{name: nginx, newName: r.io/nginx, newTag: "2"}]
                      patches:
                        - patch: |
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: web}
                            spec: {template: {spec: {containers: [{name: c, image: "r.io/c:1"}]}}}
                """);
        assertThat(read()).containsExactlyInAnyOrder("Deployment web r.io/c:1", "Kustomization r.io/nginx:2");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("a chart of the repository has its values below those of the release")
    void releaseOfLocalChart() throws IOException {
        release(
                "chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: r}}}\nvalues: {image: {tag: '2'}}\n");
        file("charts/web/Chart.yaml", "name: web\nversion: 1.0.0\napiVersion: v2\n");
        file("charts/web/values.yaml", "image: {repository: r.io/a, tag: '1'}\n");
        assertThat(read()).containsExactly("Helm values r.io/a:1", "HelmRelease f/r r.io/a:2");
        assertThat(deployed.unread).isEmpty();
    }

    @Test
    @DisplayName("values of an Application are those of its texts, objects and parameters, the later ones win")
    void applicationValues() throws IOException {
        application("Application", """
                source:
                  repoURL: https://charts.example
                  chart: web
                  helm:
                    values: |
                      image: {repository: r.io/a, tag: "1"}
                      sidecarImage: r.io/s:1
                    parameters: [{name: image.tag, value: "2"}]
                """);
        assertThat(read()).containsExactly("Application argocd/a r.io/a:2", "Application argocd/a r.io/s:1");
        assertThat(deployed.places().get(1)).endsWith("app.yaml:11:1");
        assertThat(deployed.unread).singleElement().asString().startsWith("Helm chart: app.yaml:6: ");
        ImageGate gate = ImageGate.of(PolicySet.of(
                Policy.builder("p").rule("ours", Rules.allow("q.io/**")).build()));
        assertThat(deployed.objects.get(0).decide(gate, "default").violations())
                .extracting(Violation::rule)
                .containsOnly("ours");
        ImageGate ignoring = ImageGate.of(PolicySet.of(Policy.builder("p")
                .rule("ours", Rules.allow("q.io/**"))
                .ignoreKind("Application.argoproj.io")
                .build()));
        assertThat(deployed.objects.get(0).decide(ignoring, "default").allowed())
                .isTrue();
    }

    @Test
    @DisplayName("kustomize of an Application changes its path")
    void applicationKustomize() throws IOException {
        application("Application", """
                sources:
                  - repoURL: https://git.example/r
                    path: apps/web
                    kustomize:
                      namePrefix: x-
                      images: ["nginx=r.io/nginx:2", "redis:7"]
                """);
        file("apps/web/kustomization.yaml", "resources: [a.yaml, b.yaml]\n");
        pod("apps/web/a.yaml", "a", "nginx:1");
        pod("apps/web/b.yaml", "b", "redis:1");
        assertThat(read()).containsExactly("Pod x-a r.io/nginx:2", "Pod x-b redis:7");
        assertThat(alone.images()).containsExactly("Pod a nginx:1", "Pod b redis:1");
    }

    @Test
    @DisplayName("what generators of an ApplicationSet give is not known, and nothing else")
    void applicationSet() throws IOException {
        application("ApplicationSet", """
                generators: [{list: {elements: [{image: "a:1"}]}}]
                template:
                  metadata: {name: '{{name}}'}
                  spec:
                    source:
                      repoURL: https://charts.example
                      chart: web
                      helm: {valuesObject: {image: {repository: r.io/a, tag: '{{image}}'}, b: {image: 'r.io/b:1'}}}
                """);
        assertThat(read())
                .containsExactly(
                        "ApplicationSet argocd/a r.io/a:{{image}} ? {{image}}", "ApplicationSet argocd/a r.io/b:1");
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("values and the job of a HelmChart of k3s are judged")
    void helmChart() throws IOException {
        file("chart.yaml", """
                apiVersion: helm.cattle.io/v1
                kind: HelmChart
                metadata: {name: web, namespace: kube-system}
                spec:
                  chart: web
                  jobImage: r.io/klipper:1
                  set: {image.tag: "3"}
                  valuesContent: |-
                    image: {repository: r.io/a, tag: "1"}
                ---
                apiVersion: helm.cattle.io/v1
                kind: HelmChartConfig
                metadata: {name: traefik, namespace: kube-system}
                spec: {valuesContent: "image: {repository: r.io/t, tag: '1'}"}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {containers: [{name: c, image: "r.io/p:1"}]}
                """);
        assertThat(read())
                .containsExactly(
                        "Pod p r.io/p:1",
                        "HelmChart kube-system/web r.io/a:3",
                        "HelmChart kube-system/web r.io/klipper:1",
                        "HelmChartConfig kube-system/traefik r.io/t:1");
        assertThat(deployed.unread).hasSize(1);
    }
}
