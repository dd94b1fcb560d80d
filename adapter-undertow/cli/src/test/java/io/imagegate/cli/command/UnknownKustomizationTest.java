package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code check} is never green on a guess: what it does not know of a kustomization is exit 2, and what kubectl would print is
 * judged. {@link KustomizeDifferenceTest} compares both.
 */
class UnknownKustomizationTest extends CommandTest {

    private static final String OBJECTS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}}
            spec:
              template:
                spec:
                  volumes: [{name: v, image: {reference: "ghcr.io/acme/data:1"}}]
                  containers: [{name: a, image: "ghcr.io/acme/ok:1", env: [{name: E, value: x}]}]
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: flow}
            spec: {templates: [{name: t, container: {image: "ghcr.io/acme/ok:1"}}]}
            ---
            apiVersion: tekton.dev/v1
            kind: Task
            metadata: {name: task}
            spec: {steps: [{name: s, image: "ghcr.io/acme/ok:1"}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: in, annotations: {acme.io/x: y}}
            spec: {rules: [{host: a}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: values}
            data: {word: evil}
            steps: [{name: s, image: evil}]
            """;

    private static final String EVIL =
            "[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\", \"value\": \"evil\"}]";
    private static final Pattern FILE = Pattern.compile("(?m)^# (\\S+)\n");

    @TempDir
    Path folder = Path.of("");

    private int check(String files) throws IOException {
        String policy = Files.writeString(folder.resolve("policy"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec:
                          workloads:
                          - {kind: Workflow.argoproj.io, images: ["spec.templates[*].container.image"]}
                          - {kind: Task.tekton.dev, images: ["spec.steps[*].image"]}
                          - {kind: Rollout.acme.io, podSpec: spec.template.spec}
                          - {kind: One.acme.io, images: [spec.containers.image, spec.container.image]}
                          rules: [{name: own, allow: ["ghcr.io/acme/**"]}]
                        """).toString();
        write("base/objects.yaml", OBJECTS);
        Matcher matcher = FILE.matcher(files);
        String name = "top/kustomization.yaml";
        int begin = 0;
        while (matcher.find()) {
            write(name, files.substring(begin, matcher.start()));
            name = matcher.group(1);
            begin = matcher.end();
        }
        write(name, files.substring(begin));
        return run("check", "-p", policy, folder.resolve("deploy/top").toString());
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve("deploy").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private static final String BASE = "\n# base/kustomization.yaml\nresources: [objects.yaml]\n";

    @Test
    @DisplayName("what $patch: replace makes of an element of a list is unknown: kustomize leaves some as they are")
    void replacedElement() throws IOException {
        String patch = """
                resources: [../base]
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec: {template: {spec: {containers: [{name: a, image: "ghcr.io/acme/ok:2", $patch: DIRECTIVE}, {name: b, image: "ghcr.io/acme/b:1"}]}}}
                """ + BASE;
        assertThat(check(patch.replace("DIRECTIVE", "replace"))).isEqualTo(2);
        assertThat(err.toString()).contains("\"$patch: replace\" makes of an element of a list is not known");
        assertThat(check(patch.replace("DIRECTIVE", "merge"))).isZero();
    }

    @Test
    @DisplayName("a label of a template is unknown if that of the object, which was given at once, becomes another")
    void sharedLabel() throws IOException {
        String labels =
                "resources: [../base]\nlabels: [{pairs: {tier: OTHER}}]\n" + BASE + "commonLabels: {tier: one}\n";
        assertThat(check(labels.replace("OTHER", "one"))).as(err.toString()).isZero();
        assertThat(check(labels.replace("OTHER", "two"))).isEqualTo(2);
        assertThat(err.toString()).contains("is not known, and images or rules depend on it");
    }

    @ParameterizedTest
    @CsvSource({"metadata/labels, 2", "metadata/annotations, 2", "spec/selector, 0"})
    @DisplayName(
            "labels at the places of those of kustomize are unknown: its own change there, too, or elsewhere no more")
    void ownFields(String path, int expected) throws IOException {
        assertThat(check("resources: [../base]\nlabels: [{pairs: {tier: one}, fields: [{path: " + path
                        + ", kind: Deployment}]}]\n" + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "namePrefix, image      | namePrefix: evil/        | namePrefix: [{path: spec/template/spec/containers/image, kind: Deployment}]",
                "namePrefix, volume     | namePrefix: evil/        | namePrefix: [{path: spec/template/spec/volumes/image/reference}]",
                "nameSuffix, container  | nameSuffix: -evil        | nameSuffix: [{path: 'spec/template/spec/containers[]/name'}]",
                "namespace, image       | namespace: evil          | namespace: [{path: spec/steps/image, kind: Task}]",
                "nameReference, image   | namePrefix: evil/        | nameReference: [{kind: ConfigMap, fieldSpecs: [{path: spec/templates/container/image}]}]",
                "annotations, volume    | commonAnnotations: {reference: evil} | commonAnnotations: [{path: 'spec/template/spec/volumes[]/image'}]",
                "labels, container      | commonLabels: {image: evil} | commonLabels: [{path: spec/templates/container, kind: Workflow}]",
                "replicas, image        | replicas: [{name: web, count: 3}] | replicas: [{path: spec/template/spec/containers/image, kind: Deployment}]",
                "kind                   | nameSuffix: x            | nameSuffix: [{path: kind, kind: ConfigMap}]",
            })
    @DisplayName(
            "(a) a configuration of the base whose fields reach an image, a container or a kind is unknown, not without use")
    void configurations(String name, String field, String configuration) throws IOException {
        String base = BASE + "configurations: [c.yaml]\n# base/c.yaml\n" + configuration + "\n";
        assertThat(check("resources: [../base]\n" + field + "\n" + base))
                .as(out.toString())
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not known", "kubectl kustomize").contains("base/c.yaml:1:");
        assertThat(check("resources: [../base]\nsortOptions: {order: fifo}\n" + base))
                .as(err.toString())
                .isZero();
    }

    @Test
    @DisplayName(
            "(a) a configuration of fields that name no image, and of labels at their place, is judged; unknown fields are not")
    void harmlessConfigurations() throws IOException {
        String top = "resources: [../base]\nnamePrefix: x-\ncommonLabels: {a: b}\n";
        String base = BASE + "configurations: [c.yaml]\n# base/c.yaml\n";
        assertThat(check(top + base + """
                nameReference:
                - kind: ConfigMap
                  fieldSpecs: [{path: spec/rules/host, kind: Ingress}]
                namePrefix: [{path: spec/template/spec/serviceAccountName}, {path: spec/template/spec/containers/image, kind: Job}]
                commonLabels: [{path: spec/template/metadata/labels, kind: Deployment, create: true}]
                """)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("4 images checked");
        assertThat(check(top + base + "NamePrefix: [{path: spec/template/spec/containers/image}]\n"))
                .isEqualTo(2);
        assertThat(check(top + base + "namePrefix: [{Path: spec/template/spec/containers/image}]\n"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "image, x-kubernetes-identity, 2",
        "image, X-Kubernetes-Object-Ref-Kind, 2",
        "image, x-kubernetes-list-type, 0",
        "other, x-kubernetes-identity, 0",
    })
    @DisplayName(
            "(b) crds that make an image part of a name are unknown; those of other fields and with other extensions are judged")
    void definitions(String property, String extension, int expected) throws IOException {
        assertThat(check("resources: [../base]\nnamePrefix: evil/\n" + BASE
                        + """
                crds: [crd.json]
                # base/crd.json
                {"acme.Task": {"Schema": {"properties": {"spec": {"$ref": "acme.Spec"}}}},
                 "acme.Spec": {"Schema": {"properties": {"steps": {"$ref": "#/definitions/acme.Step"}}}},
                 "acme.Step": {"Schema": {"properties": {"PROPERTY": {"type": "string", "EXTENSION": "x"}}}}}
                """.replace("PROPERTY", property).replace("EXTENSION", extension)))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName(
            "(c) patches of lists are unknown with another schema, in openapi or a comment; operations and image policies are judged")
    void schemas() throws IOException {
        String merge = """
                resources: [../base]
                OPENAPI
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec:
                      template:
                        spec:
                          containers: # COMMENT
                          - {name: a, image: "ghcr.io/acme/ok:2"}
                """ + BASE + "# top/s.json\n{\"definitions\": {}}\n";
        String openapi = "openapi: {path: s.json}";
        assertThat(check(merge.replace("OPENAPI", openapi))).isEqualTo(2);
        assertThat(err.toString()).contains("depends on the schema of");
        assertThat(check(merge.replace("OPENAPI", "")
                        .replace("COMMENT", "{\"x-kubernetes-patch-merge-key\":\"image\"}")))
                .isEqualTo(2);
        assertThat(check(merge.replace("OPENAPI", "")
                        .replace("metadata: {name: web}", "metadata: {name: web} # pinned {\"a\": 1}")
                        .replace("kind: Deployment", "kind: Deployment # {\"$imagepolicy\": \"flux-system:web\"}")))
                .as(err.toString())
                .isZero();
        assertThat(check("resources: [../base]\n" + openapi + "\npatches: [{target: {kind: Deployment}, patch: '" + EVIL
                        + "'}]\n" + BASE + "# top/s.json\n{}\n"))
                .as(err.toString())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: evil | spec/templates/container | 2",
                "image: evil | spec/template/spec/containers[] | 2",
                "image: evil | spec/selector/matchLabels | 0",
                "image: evil | spec/other/metadata/labels | 0",
            })
    @DisplayName("(d) fields of labels that reach a container are unknown; others are judged")
    void fieldsOfLabels(String pairs, String path, int expected) throws IOException {
        assertThat(check("resources: [../base]\nlabels: [{pairs: {" + pairs + "}, fields: [{path: '" + path
                        + "', create: true}]}]\n" + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Workflow | spec.templates.0.container | 2",
                "kind: Task | spec.steps | 2",
                "kind: Task | spec.steps.[name=s].image | 1",
                "kind: Deployment | spec.template.spec.containers.*.image | 2",
                "kind: Deployment | metadata.labels.app | 0",
                "name: in.* | metadata.annotations.[acme.io/x] | 0",
                "kind: Ingress | metadata.annotations.[acme.io/x] | 0",
                "kind: Ingress | spec.rules.0.host | 0",
                "kind: Deployment | spec.template.spec.containers.[name=a].env.[name=E].value | 0",
                "kind: ConfigMap | kind | 1",
            })
    @DisplayName(
            "(e) replacements of what holds images, or of several, are unknown; others are judged as kubectl prints them")
    void replacements(String select, String path, int expected) throws IOException {
        assertThat(check("""
                resources: [../base]
                replacements:
                - source: {kind: ConfigMap, name: values, fieldPath: data.word}
                  targets: [{select: {SELECT}, fieldPaths: ["PATH"]}]
                """.replace("SELECT", select).replace("PATH", path) + BASE))
                .as(err.toString())
                .isEqualTo(expected);
        if (expected == 2) {
            assertThat(err.toString()).contains("kustomization.yaml:4:");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Deployment, name: web | spec.template.spec.containers.0.image | IMAGE | 1",
                "kind: Deployment, name: web | spec.template.spec.containers.[name=a].image | IMAGE | 1",
                "kind: Deployment, name: web, group: apps, version: v1 | .spec.template.spec.containers.0.image | IMAGE | 1",
                "kind: Deployment, name: web | spec.template.spec.containers.0.image | GOOD | 0",
                "kind: Deployment, name: web | metadata.labels.app | GOOD | 0",
                "kind: Deployment, name: web, group: batch | spec.template.spec.containers.0.image | GOOD | 2",
                "kind: Deployment, name: w.b | spec.template.spec.containers.0.image | GOOD | 2",
                "kind: Deployment, name: web | spec.template.spec.containers.*.image | GOOD | 2",
                "kind: Deployment, name: web | spec.template.spec.containers.0.image | NONE | 2",
                "kind: Deployment, name: web | spec.template.spec.containers.0.image | TWICE | 2",
            })
    @DisplayName(
            "a value that a generator gives a ConfigMap is copied to a text of an object that is selected by its name")
    void generatedSource(String select, String path, String key, int expected) throws IOException {
        assertThat(check("""
                resources: [../base]
                configMapGenerator:
                - {name: parameters, literals: [IMAGE=evil, "GOOD='ghcr.io/acme/good'", TWICE=a, TWICE=b]}
                replacements:
                - source: {kind: ConfigMap, version: v1, name: parameters, fieldPath: data.KEY}
                  targets: [{select: {SELECT}, fieldPaths: ["PATH"]}]
                """.replace(", TWICE=a, TWICE=b", key.equals("TWICE") ? ", TWICE=a, TWICE=b" : "")
                                .replace("SELECT", select)
                                .replace("PATH", path)
                                .replace("KEY", key)
                        + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("a problem of an object that deploys a folder names its file once")
    void deployedProblem() throws IOException {
        assertThat(check("resources: [../base]\n# top/app.yaml\n" + """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: app}
                spec: {source: {repoURL: r, path: base, kustomize: {magic: 1}}}
                """ + BASE))
                .as(err.toString())
                .isEqualTo(2);
        assertThat(err.toString().split("app\\.yaml:", -1)).as(err.toString()).hasSize(2);
        assertThat(err.toString()).contains("app.yaml:4:");
    }

    @ParameterizedTest
    @CsvSource({"labelSelector: app=evil, 2", "labelSelector: app=evil;kind: Service, 1", "name: evil, 2"})
    @DisplayName(
            "(e) a target that depends on a label or a name that a replacement made is unknown, unless the kind is another")
    void targetsOfReplaced(String target, int expected) throws IOException {
        String path = target.startsWith("name") ? "metadata.name" : "metadata.labels.app";
        assertThat(check("resources: [../base]\npatches: [{target: {" + target.replace(';', ',') + "}, patch: '" + EVIL
                        + "'}, {target: {kind: Deployment}, patch: '- {op: add, path: /metadata, value: {name: web}}'}"
                        + ", {target: {kind: Deployment}, patch: '" + EVIL + "'}]\n" + BASE
                        + """
                        replacements:
                        - source: {kind: ConfigMap, name: values, fieldPath: steps.0.image}
                          targets: [{select: {kind: Deployment}, fieldPaths: [PATH]}]
                        """.replace("PATH", path)))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: web | 1",
                "name: x-web | 0",
                "name: y-x-web | 1",
                "name: y-x-web, namespace: default | 1",
                "name: web, namespace: two | 1",
                "name: web, namespace: one | 0",
            })
    @DisplayName("(f) the target of a patch is found by the first and the last name and namespace, and by none between")
    void targets(String target, int expected) throws IOException {
        assertThat(check(
                        "resources: [../middle]\npatches: [{target: {kind: Deployment, " + target + "}, patch: '" + EVIL
                                + "'}]\n# middle/kustomization.yaml\nresources: [../base]\nnamePrefix: y-\nnamespace: two\n"
                                + BASE
                                + "namePrefix: x-\nnamespace: one\n"))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"web, 1", "x-web, 1", "x-web-s, 1", "y-x-web-s, 1"})
    @DisplayName("(f) a patch without a target finds its object by each name that it had")
    void patchesWithoutTarget(String name, int expected) throws IOException {
        assertThat(check("""
                resources: [../middle]
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: NAME}
                    spec: {template: {spec: {containers: [{name: a, image: evil}]}}}
                # middle/kustomization.yaml
                resources: [../base]
                namePrefix: y-
                """.replace("NAME", name) + BASE + "namePrefix: x-\nnameSuffix: -s\n"))
                .as(err.toString())
                .isEqualTo(expected);
        assertThat(out.toString()).contains("4 images checked");
    }

    @Test
    @DisplayName(
            "(g) selectors on what kustomize notes in annotations, and such annotations, are unknown; others are judged")
    void annotationsOfKustomize() throws IOException {
        String patch = "resources: [../base]\npatches: [{target: {annotationSelector: KEY=x}, patch: '[]'}]\n" + BASE;
        for (String key : new String[] {
            "internal.config.kubernetes.io/previousNames", "config.kubernetes.io/origin", "config.k8s.io/id"
        }) {
            assertThat(check(patch.replace("KEY", key))).as(key).isEqualTo(2);
        }
        assertThat(check(patch.replace("KEY", "acme.io/x"))).as(err.toString()).isZero();
        String annotated = "resources: [../base]\ncommonAnnotations: {KEY: 'true'}\n" + BASE;
        assertThat(check(annotated.replace("KEY", "internal.config.kubernetes.io/previousNames")))
                .isEqualTo(2);
        assertThat(check(annotated.replace("KEY", "config.kubernetes.io/depends-on")))
                .isZero();
    }

    @Test
    @DisplayName("(h) labels come before commonLabels, so a later selector finds those")
    void labelsBeforeCommonLabels() throws IOException {
        String patch =
                "resources: [../base]\npatches: [{target: {kind: Deployment, labelSelector: tier=WHICH}, patch: '"
                        + EVIL + "'}]\n" + BASE + "labels: [{pairs: {tier: one}}]\ncommonLabels: {tier: two}\n";
        assertThat(check(patch.replace("WHICH", "two"))).as(err.toString()).isEqualTo(1);
        assertThat(check(patch.replace("WHICH", "one"))).as(err.toString()).isZero();
    }

    @Test
    @DisplayName("names of fields in other case, which kustomize takes, and variables in images are unknown")
    void otherFields() throws IOException {
        String target = "resources: [../base]\npatches: [{TARGET: {kind: Ingress}, patch: '[]'}]\n" + BASE;
        assertThat(check(target.replace("TARGET", "Target"))).isEqualTo(2);
        assertThat(check(target.replace("TARGET", "target"))).as(err.toString()).isZero();
        assertThat(check("resources: [../base]\nlabels: [{Pairs: {a: b}}]\n" + BASE))
                .isEqualTo(2);
        assertThat(check("Images: [{name: ghcr.io/acme/ok, newName: evil}]\nresources: [../base]\n" + BASE))
                .isEqualTo(2);
    }

    @Test
    @DisplayName(
            "an object of a generator that a patch gives another kind is judged; a list that no schema knows is replaced")
    void kinds() throws IOException {
        String generator = """
                resources: [../base]
                configMapGenerator: [{name: cm, literals: [a=b]}]
                patches:
                - target: {kind: ConfigMap, name: cm}
                  patch: |
                    - {op: replace, path: /kind, value: KIND}
                    - {op: add, path: /spec, value: {containers: [{image: evil}]}}
                """ + BASE;
        assertThat(check(generator.replace("KIND", "Pod"))).isEqualTo(2);
        assertThat(check(generator.replace("KIND", "Secret")))
                .as(err.toString())
                .isZero();
        String rollout = """
                resources: [r.yaml]
                patches:
                - patch: |
                    apiVersion: VERSION
                    kind: KIND
                    metadata: {name: r}
                    spec: {template: {spec: {containers: [{name: a, image: "ghcr.io/acme/ok"}]}}}
                # top/r.yaml
                apiVersion: VERSION
                kind: KIND
                metadata: {name: r}
                spec: {template: {spec: {containers: [{name: a, image: x}, {name: b, image: evil}]}}}
                """;
        assertThat(check(rollout.replace("VERSION", "acme.io/v1").replace("KIND", "Rollout")))
                .as(err.toString())
                .isZero();
        assertThat(check(rollout.replace("VERSION", "apps/v1").replace("KIND", "Deployment")))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(check(rollout.replace("VERSION", "apps/v1beta1").replace("KIND", "Deployment")))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("patches of what a generator makes change no image, unless one copies it to an image")
    void patchesOfGenerated() throws IOException {
        String patches = """
                resources: [../base]
                configMapGenerator: [{name: cm, literals: [a=b]}]
                patches:
                - patch: |
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: cm}
                    data: {a: c}
                - target: {kind: ConfigMap, name: cm}
                  patch: |
                    - {op: replace, path: /data/a, value: d}
                    - {op: remove, path: /data/a}
                """;
        assertThat(check(patches + BASE)).as(err.toString()).isZero();
        assertThat(check(patches + "    - {op: replace, path: /kind, value: Pod}\n"
                        + "    - {op: add, path: /spec, value: {containers: [{name: a, image: x}]}}\n"
                        + "    - {op: copy, from: /data/b, path: /spec/containers/0/image}\n" + BASE))
                .isEqualTo(2);
    }

    private static final String IMAGE_OF =
            "'- {op: replace, path: /spec/template/spec/containers/0/image, value: evil}'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v: 1          | v=1          | 2",
                "v: true       | v=true       | 2",
                "v: 1.0        | v=1          | 2",
                "v: 1_000      | v=1000       | 2",
                "v: 2024-01-01 | v=2024-01-01 | 2",
                "v: on         | v=on         | 1",
                "v: {}         | v=           | 2",
                "v: ~          | v=null       | 2",
                "v: '1'        | v=1          | 1",
                "v: 1.0.0      | v=1.0.0      | 1",
                "v: 1          | w=1          | 0",
                "validated-by: x | validated-by=x | 2",
            })
    @DisplayName("(f) labels that kustomize may write as another text are unknown where a target looks for them")
    void labelsOfOtherTypes(String label, String selector, int expected) throws IOException {
        assertThat(check("resources: [o.yaml]\npatches: [{target: {labelSelector: '" + selector + "'}, patch: "
                        + IMAGE_OF + "}, {target: {kind: Deployment}, patch: '- {op: replace, path: /metadata/labels, "
                        + "value: {}}'}]\n# top/o.yaml\n"
                        + OBJECTS.substring(0, OBJECTS.indexOf("---")).replace("app: web", label)))
                .as(err.toString())
                .isEqualTo(expected);
        if (expected == 2 && !label.startsWith("validated-by")) {
            assertThat(err.toString()).contains("o.yaml:3:", "metadata.labels: expected a text in quotes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123   | name: '123' | 2",
                "true  | name: 'true' | 2",
                "\"123\" | name: '123' | 1",
                "123   | kind: StatefulSet | 0",
            })
    @DisplayName("(f) names that kustomize may write as another text are unknown where a target looks for them")
    void namesOfOtherTypes(String name, String target, int expected) throws IOException {
        String objects = OBJECTS.substring(0, OBJECTS.indexOf("---")).replace("name: web", "name: " + name);
        String named = "{target: {kind: Deployment}, patch: '- {op: replace, path: /metadata/name, value: web}'}";
        assertThat(check("resources: [o.yaml]\npatches: [{target: {" + target + "}, patch: " + IMAGE_OF + "}, " + named
                        + "]\n# top/o.yaml\n" + objects))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("a patch that names its object by a number is unknown")
    void patchesThatNameNumbers() throws IOException {
        String patch = """
                resources: [../base]
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: NAME}
                    spec: {template: {spec: {containers: [{name: a, image: evil}]}}}
                """ + BASE;
        assertThat(check(patch.replace("NAME", "123"))).isEqualTo(2);
        assertThat(err.toString()).contains("as texts in quotes");
        assertThat(check(patch.replace("NAME", "web"))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"yes, 2", "1_000, 2", "'\"yes\"', 0", "true, 2", "one, 0"})
    @DisplayName(
            "words that patches of operations read as truth values or numbers are unknown where a target looks for them")
    void wordsInOperations(String value, int expected) throws IOException {
        assertThat(check("resources: [../base]\npatches: [{target: {labelSelector: app=true}, patch: " + IMAGE_OF
                        + "}]\n" + BASE
                        + "patches: [{target: {kind: Deployment}, patch: '- {op: add, path: /metadata/labels/app, value: "
                        + value + "}'}]\n"))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes: x | true=x | 2",
                "0x10: x | 16=x | 2",
                "True: x | true=x | 2",
                "16: x | 16=x | 1",
                "z: x | z=x | 1",
            })
    @DisplayName("so are names of labels that such patches set")
    void namesInOperations(String label, String selector, int expected) throws IOException {
        assertThat(check(
                        "resources: [../base]\npatches: [{target: {labelSelector: " + selector + "}, patch: " + IMAGE_OF
                                + "}]\n" + BASE + "patches: [{target: {kind: Deployment}, patch: '- {op: add, path: "
                                + "/metadata/labels, value: {" + label + "}}'}]\n"))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("words in operations at other places change no image")
    void wordsAtOtherPlaces() throws IOException {
        assertThat(check("resources: [../base]\npatches: [{target: {kind: Deployment}, patch: '- {op: replace, path: "
                        + "/spec/template/spec/containers/0/env/0/value, value: yes}'}]\n" + BASE))
                .as(err.toString())
                .isZero();
    }

    private static final String TO_POD = "'[{\"op\": \"replace\", \"path\": \"/kind\", \"value\": \"Pod\"},"
            + " {\"op\": \"replace\", \"path\": \"/apiVersion\", \"value\": \"v1\"}]'";

    /** An object that is no Pod yet, with an image that is not allowed, and a Pod with another. */
    private static String notYetPod(String apiVersion, String kind) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + """

                metadata: {name: web}
                spec: {containers: [{name: a, image: evil}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: other}
                spec: {containers: [{name: a, image: ghcr.io/acme/ok}]}
                """;
    }

    @ParameterizedTest
    @CsvSource({"acme.io/v1, x-web, 1", "apiregistration.k8s.io/v1, x-web, 0", "apiregistration.k8s.io/v1, web, 1"})
    @DisplayName("(f) of the kind APIService, objects of other groups get the prefix, too")
    void apiServices(String apiVersion, String name, int expected) throws IOException {
        String evil = TO_POD.replace(
                "]'",
                ", {\"op\": \"replace\", \"path\": \"/spec\", \"value\": {\"containers\": [{\"image\": \"evil\"}]}}]'");
        assertThat(check("resources: [../middle]\npatches: [{target: {name: " + name + "}, patch: " + evil
                        + "}]\n# middle/kustomization.yaml\nresources: [o.yaml]\nnamePrefix: x-\n# middle/o.yaml\n"
                        + notYetPod(apiVersion, "APIService").replace("{containers: [{name: a, image: evil}]}", "{}")))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Node, default, 0",
        "v1, Node, _non_namespaceable_, 1",
        "v1, Node, .*, 1",
        "acme.io/v1, Node, default, 2",
        "acme.io/v1, Pipeline, default, 1",
        "storage.k8s.io/v1, CSINode, default, 2",
    })
    @DisplayName("(f) objects without a namespace are found as kustomize finds them, if all versions do so alike")
    void withoutNamespace(String apiVersion, String kind, String namespace, int expected) throws IOException {
        assertThat(check("resources: [o.yaml]\npatches: [{target: {namespace: '" + namespace + "'}, patch: " + TO_POD
                        + "}]\n# top/o.yaml\n" + notYetPod(apiVersion, kind)))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generatorOptions: {Labels: {x: z}} | name: cm | 2",
                "generatorOptions: {labels: {x: z}} | Name: cm | 2",
                "generatorOptions: {labels: {x: z}} | name: cm, Namespace: n | 2",
                "generatorOptions: {immutable: true} | name: cm, Options: {labels: {x: z}} | 2",
                "generatorOptions: {immutable: true} | name: cm, options: {Labels: {x: z}} | 2",
                "generatorOptions: | name: cm, options: | 0",
                "generatorOptions: {annotations: {x: z}} | name: cm, namespace: n, behavior: create, options: {immutable: true} | 0",
            })
    @DisplayName("fields of generators in other case, which kustomize takes, are unknown")
    void fieldsOfGenerators(String options, String generator, int expected) throws IOException {
        assertThat(check("resources: [../base]\n" + options + "\nconfigMapGenerator: [{" + generator
                        + ", literals: [a=b]}]\n" + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.test/acme/x, true",
        "file:///tmp/x.git, true",
        "github.com/acme/base, true",
        "GitHub.com/acme/base, true",
        "git::base/a/b, true",
        "git@example.test/a/b, true",
        "base?ref=v1, true",
        "acme.github.com/x/y, false",
        ".github/base, false",
        "a.git/base, false",
    })
    @DisplayName("a folder here is no decoy for what kustomize fetches from elsewhere")
    void fetched(String reference, boolean isFetched) throws IOException {
        String folder = reference.replace("//", "/").replace("///", "/");
        assertThat(check("resources: [\"" + reference + "\"]\n# top/" + folder
                        + "/kustomization.yaml\nresources: [p.yaml]\n# top/" + folder
                        + "/p.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"
                        + "spec: {containers: [{name: a, image: ghcr.io/acme/ok}]}\n"))
                .as(err.toString())
                .isEqualTo(isFetched ? 2 : 0);
        if (isFetched) {
            assertThat(err.toString()).contains("kustomization.yaml:1:13: kustomize fetches \"");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://example.test/p.yaml, 2", "github.com/acme/p.yaml, 1"})
    @DisplayName("a file here is read before anything is fetched, but for one with a scheme")
    void fetchedFiles(String reference, int expected) throws IOException {
        assertThat(check("resources: [../base]\npatches: [{path: \"" + reference
                        + "\", target: {kind: Deployment}}]\n# top/" + reference.replace("//", "/") + "\n" + EVIL + "\n"
                        + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ghcr.io/acme/ok:1     | {tagSuffix: -s}                       | ghcr.io/acme/ok:1-s-s",
                "ghcr.io/acme/ok:1@sha256:aa | {tagSuffix: -s}                 | ghcr.io/acme/ok:1-s-s",
                "ghcr.io/acme/ok:1     | {newName: evil/x, tagSuffix: -s}      | evil/x:1-s",
                "ghcr.io/acme/ok:1     | {newTag: '7', tagSuffix: -s}          | ghcr.io/acme/ok:7",
                "ghcr.io/acme/ok:1     | {digest: 'sha256:aa', tagSuffix: -s}  | ghcr.io/acme/ok@sha256:aa",
            })
    @DisplayName(
            "tagSuffix is added where kustomize adds it: twice to containers of pods and templates, once to others")
    void tagSuffix(String image, String entry, String expected) throws IOException {
        String overlay = "resources: [o.yaml]\nimages: [{name: ghcr.io/acme/ok, " + entry.substring(1)
                + "]\n# top/o.yaml\napiVersion: KIND\nmetadata: {name: a}\nspec: SPEC\n";
        String spec = "{containers: [{name: c, image: \"" + image + "\"}]}";
        images(overlay.replace("KIND", "v1\nkind: Pod").replace("SPEC", spec), expected);
        images(
                overlay.replace("KIND", "acme.io/v1\nkind: Rollout")
                        .replace("SPEC", "{template: {spec: " + spec + "}}"),
                expected);
        images(
                overlay.replace("KIND", "batch/v1\nkind: CronJob")
                        .replace("SPEC", "{jobTemplate: {spec: {template: {spec: " + spec + "}}}}"),
                expected.replace("-s-s", "-s"));
    }

    private void images(String files, String expected) throws IOException {
        assertThat(check(files)).as(err.toString()).isLessThan(2);
        String none = Files.writeString(folder.resolve("none"), """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {workloads: [{kind: Rollout.acme.io, podSpec: spec.template.spec}], rules: [{name: none, deny: ["**"]}]}
                        """).toString();
        assertThat(run("check", "-p", none, folder.resolve("deploy/top").toString()))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(out.toString()).contains(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "(web|api)              # 1",
                "(?:we[bc])             # 1",
                "w.{2}                  # 1",
                "w[^a]+                 # 1",
                "web?                   # 1",
                "^(web|api)$            # 1",
                "(WEB)                  # 0",
                "(?i)WEB                # 1",
                "(we)                   # 0",
                "w+                     # 0",
                "(web                   # 2",
                "x)|(web                # 2",
                "web++                  # 2",
                "(?=web)web             # 2",
                "\\p{L}+                # 2",
                "(?i)\\x57eb            # 2",
                "((w{9}){99}){99}       # 2",
            })
    @DisplayName("a target is a regular expression of Go, anchored; what may be read in another way is unknown")
    void expressions(String name, int expected) throws IOException {
        assertThat(check("resources: [../base]\npatches: [{target: {kind: Deployment, name: '" + name + "'}, patch: '"
                        + EVIL + "'}]\n" + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("the page that Flux prints for its bootstrap is read: its patches have alternatives in parentheses")
    void fluxBootstrap() throws IOException {
        String patch = """
                resources: [../base]
                patches:
                - patch: |
                    - {op: add, path: /spec/template/spec/containers/0/args/-, value: --concurrent=20}
                    - {op: replace, path: /spec/template/spec/containers/0/image, value: evil}
                  target:
                    kind: Deployment
                    name: "(kustomize-controller|NAME)"
                # base/kustomization.yaml
                resources: [d.yaml]
                # base/d.yaml
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: helm-controller}
                spec: {template: {spec: {containers: [{name: manager, image: ghcr.io/acme/ok, args: []}]}}}
                """;
        assertThat(check(patch.replace("NAME", "helm-controller"))).isEqualTo(1);
        assertThat(check(patch.replace("NAME", "source-controller"))).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LabelTransformer             | part: flux | part=flux  | 1",
                "LabelTransformer             | part: flux | part=other | 0",
                "LabelTransformer             | part: 1.0  | part=1     | 2",
                "LabelTransformer; fields: [] | part: flux | part=other | 2",
                "PrefixSuffixTransformer      | part: flux | part=other | 2",
            })
    @DisplayName(
            "labels that a transformer of kustomize adds decide what a target selects; other transformers are unknown")
    void labelTransformers(String kind, String labels, String selector, int expected) throws IOException {
        String transformer = """
                # base/labels.yaml
                apiVersion: builtin
                kind: KIND
                metadata: {name: labels}
                fieldSpecs: [{path: metadata/labels, create: true}, {kind: Deployment, path: spec/template/metadata/labels}]
                labels: {LABELS}
                """.replace("KIND", kind.replace("; ", "\n")).replace("LABELS", labels);
        assertThat(check("resources: [../base]\npatches: [{target: {kind: Deployment, labelSelector: '" + selector
                        + "'}, patch: '" + EVIL + "'}]\n" + BASE + "transformers: [labels.yaml]\n" + transformer))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName(
            "a transformer puts its labels after all that its kustomization does, so its own targets do not see them")
    void orderOfTransformers() throws IOException {
        assertThat(check(
                        "resources: [objects.yaml]\ntransformers: [a.yaml]\npatches: [{target: {annotationSelector: part=x}, "
                                + "patch: '" + EVIL + "'}]\n# top/objects.yaml\n" + OBJECTS
                                + "# top/a.yaml\napiVersion: builtin\n"
                                + "kind: AnnotationsTransformer\nmetadata: {name: a}\nannotations: {part: x}\n"
                                + "fieldSpecs: [{path: metadata/annotations, create: true}]\n"))
                .as(err.toString())
                .isZero();
    }

    @Test
    @DisplayName(
            "a JSON patch replaces a field that is not there, as kustomize does, but no element and no field in such a field")
    void replacedNothing() throws IOException {
        String patches = """
                resources: [../base]
                patches:
                - target: {kind: Deployment}
                  patch: |
                    - {op: replace, path: PATH, value: evil}
                """;
        assertThat(check(patches.replace("PATH", "/metadata/namespace") + BASE))
                .as(err.toString())
                .isZero();
        assertThat(check(patches.replace("PATH", "/spec/template/spec/containers/3") + BASE))
                .isEqualTo(2);
        assertThat(check(patches.replace("PATH", "/spec/missing/field") + BASE)).isEqualTo(2);
        String noImage = """
                # base/kustomization.yaml
                resources: [d.yaml]
                # base/d.yaml
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {template: {spec: {containers: [{name: a}]}}}
                """;
        assertThat(check(patches.replace("PATH", "/spec/template/spec/containers/0/image") + noImage))
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({
        ".spec.template.spec.containers.0.image, 2",
        "'.spec.template.spec.containers.[name=a].image', 2",
        ".metadata.labels.app, 2",
        ".spec.template.spec.containers.0.env.0.value, 0",
        ".spec.replicas, 0",
    })
    @DisplayName("a path of a replacement may begin with a dot")
    void pathsWithDots(String path, int expected) throws IOException {
        assertThat(check("""
                resources: [../base]
                replacements:
                - source: {kind: ConfigMap, name: values, fieldPath: .data.word}
                  targets: [{select: {kind: Deployment}, fieldPaths: ["PATH"], options: {create: true}}]
                """.replace("PATH", path) + BASE)).as(err.toString()).isEqualTo(expected);
    }

    @Test
    @DisplayName("the containers of a pod may be one that is in no list: images change it, too")
    void oneContainer() throws IOException {
        String overlay = """
                resources: [one.yaml]
                images: [{name: ghcr.io/acme/ok, newName: evil/x}]
                # top/one.yaml
                apiVersion: acme.io/v1
                kind: One
                metadata: {name: one}
                spec: {PLACE: {image: ghcr.io/acme/ok}}
                """;
        assertThat(check(overlay.replace("PLACE", "containers"))).isEqualTo(1);
        assertThat(out.toString()).contains("evil/x");
        assertThat(check(overlay.replace("PLACE", "container")))
                .as(out.toString())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{target: {kind: CustomResourceDefinition}, patch: '[{\"op\": \"remove\", \"path\": \"/spec/a/0\"}]'} | 0",
                "{target: {kind: CustomResourceDefinition}, patch: '[{\"op\": \"replace\", \"path\": \"/kind\", \"value\": \"Task\"}]'} | 2",
                "{target: {kind: Deployment}, path: p.yaml} | 1",
            })
    @DisplayName(
            "what is in a definition is not known, which matters only if it becomes another kind; a patch like one is read")
    void definitionsAreNotRead(String patch, int expected) throws IOException {
        String crd = """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: web
                spec:
                """;
        assertThat(check("resources: [crd.yaml, ../base]\npatches: [" + patch + "]\n# top/crd.yaml\n" + crd
                        + "  a: [b]\n# top/p.yaml\n" + crd
                        + "  template:\n    spec:\n      containers: [{name: a, image: evil}]\n" + BASE))
                .as(err.toString())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("of a kustomization that cannot be built, the resources are judged as they are written, each once")
    void unbuildable() throws IOException {
        String overlay = """
                resources: [../base, own.yaml]
                patches: [{target: {kind: Deployment, name: '\\p{L}+'}, patch: '[]'}]
                # top/own.yaml
                apiVersion: v1
                kind: Pod
                metadata: {name: own}
                spec: {containers: [{name: a, image: evil/own}]}
                """ + BASE;
        assertThat(check(overlay)).isEqualTo(2);
        assertThat(err.toString()).contains("top/kustomization.yaml:2:");
        assertThat(out.toString())
                .contains("5 images checked, 1 denied, 1 problem", "top/own.yaml:4:", "evil/own")
                .doesNotContain("objects.yaml");
        assertThat(check(overlay.replace("\\p{L}+", "x+"))).isEqualTo(1);
        assertThat(out.toString()).contains("5 images checked, 1 denied");
    }

    @Test
    @DisplayName("the fields that people write are judged together")
    void ordinary() throws IOException {
        assertThat(check("""
                resources: [../base]
                namePrefix: x-
                nameSuffix: -s
                namespace: shop
                labels: [{pairs: {team: one}, includeSelectors: true}, {pairs: {part: two}, includeTemplates: true}]
                commonAnnotations: {a: b}
                configMapGenerator: [{name: settings, literals: [a=b]}]
                replicas: [{name: web, count: 3}]
                images: [{name: ghcr.io/acme/ok, newName: ghcr.io/acme/other, newTag: "2"}]
                patches:
                - target: {kind: Deployment, name: web, labelSelector: app=web}
                  patch: '- {op: add, path: /spec/template/spec/containers/-, value: {name: b, image: ghcr.io/acme/b}}'
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec: {template: {spec: {containers: [{name: a, env: [{name: A, value: b}]}]}}}
                replacements:
                - source: {kind: ConfigMap, name: values, fieldPath: data.word}
                  targets:
                  - select: {kind: Ingress, name: in}
                    fieldPaths: [spec.rules.0.host, "metadata.annotations.[acme.io/y]"]
                    options: {create: true}
                """ + BASE + "commonLabels: {app.kubernetes.io/name: web}\n"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("5 images checked");
    }
}
