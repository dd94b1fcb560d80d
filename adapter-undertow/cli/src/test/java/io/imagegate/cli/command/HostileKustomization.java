package io.imagegate.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes kustomizations of three levels that change images, and what patches find objects by, in all ways that kustomize has:
 * fields, configurations, schemas, definitions, targets, replacements and directives.
 */
final class HostileKustomization {

    private static final List<String> IMAGES =
            List.of("ghcr.io/acme/ok:1", "evil/x", "reg:5000/app:2", "ghcr.io/acme/ok");
    private static final List<String> NAMES = List.of("web", "api");
    private static final List<String> CONTAINERS = List.of("a", "b", "c");
    private static final List<String> LABELS = List.of("tier", "app", "image", "reference");
    private static final List<String> VALUES = List.of("one", "two", "evil", "web");
    private static final List<String> KINDS =
            List.of("Deployment", "StatefulSet", "CronJob", "Pod", "Rollout", "Workflow", "Task", "ConfigMap");
    private static final List<String> TEXTS = List.of(
            "spec/template/spec/containers/image",
            "spec/template/spec/containers[]/image",
            "spec/template/spec/containers/name",
            "spec/template/spec/volumes/image/reference",
            "spec/template/spec/serviceAccountName",
            "spec/containers/image",
            "spec/templates/container/image",
            "spec/steps/image",
            "metadata/labels/tier",
            "metadata/name",
            "metadata/namespace",
            "spec/template/metadata/labels/tier",
            "kind",
            "spec/other");
    private static final List<String> MAPS = List.of(
            "spec/template/spec/containers[]",
            "spec/template/spec/volumes/image",
            "spec/template/metadata/labels",
            "spec/template/metadata/annotations",
            "spec/templates/container",
            "spec/steps[]",
            "spec/selector/matchLabels",
            "metadata/labels",
            "metadata/annotations");
    private static final List<String> SCHEMAS = List.of(
            "{\"type\":\"array\",\"items\":{},\"x-kubernetes-patch-strategy\":\"merge\","
                    + "\"x-kubernetes-patch-merge-key\":\"image\"}",
            "{\"type\":\"array\"}",
            "{\"$imagepolicy\": \"flux-system:app\"}",
            "pinned");

    private final Random random;
    private final Path folder;
    /** The kinds of the objects of the innermost kustomization. */
    private final Map<String, String> kinds = new HashMap<>();
    /** The names that they had. */
    private final Map<String, List<String>> names = new HashMap<>();

    private int folders;

    HostileKustomization(Random random, Path folder) {
        this.random = random;
        this.folder = folder;
        for (String name : NAMES) {
            kinds.put(name, any(KINDS.subList(0, 7)));
            names.put(name, new ArrayList<>(List.of(name)));
        }
    }

    /** {@return the folder of an overlay of an overlay} */
    Path write() throws IOException {
        return kustomization(0, false);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean maybe(int percent) {
        return random.nextInt(100) < percent;
    }

    private String maybe(int percent, Supplier<String> text) {
        return maybe(percent) ? text.get() : "";
    }

    private Path kustomization(int depth, boolean component) throws IOException {
        Path here = Files.createDirectories(folder.resolve("f" + folders++));
        StringBuilder text =
                new StringBuilder(component ? "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" : "");
        List<String> resources = new ArrayList<>();
        boolean base = depth == 2 && !component;
        if (depth < 2 && !component) {
            resources.add("../" + kustomization(depth + 1, false).getFileName());
        }
        if (base || maybe(20)) {
            resources.add(write(here, "objects.yaml", objects(here.getFileName().toString(), base)));
        }
        if (!resources.isEmpty()) {
            text.append("resources: ").append(resources).append('\n');
        }
        if (!component && depth < 2 && maybe(15)) {
            text.append("components: [../")
                    .append(kustomization(depth + 1, true).getFileName())
                    .append("]\n");
        }
        text.append(fields(here));
        write(here, "kustomization.yaml", text.toString());
        return here;
    }

    private static String write(Path here, String name, String text) throws IOException {
        Files.writeString(here.resolve(name), text);
        return name;
    }

    private String fields(Path here) throws IOException {
        StringBuilder text = new StringBuilder()
                .append(maybe(35, () -> "namePrefix: " + renamed(any(List.of("x-", "y-", "evil/", "z-")), "") + "\n"))
                .append(maybe(15, () -> "nameSuffix: " + renamed("", any(List.of("-s", "-t"))) + "\n"))
                .append(maybe(20, () -> "namespace: " + any(List.of("one", "two", "evil")) + "\n"))
                .append(maybe(20, () -> "commonLabels: {" + any(LABELS) + ": " + any(VALUES) + "}\n"))
                .append(maybe(20, () -> "commonAnnotations: {" + any(LABELS) + ": " + any(VALUES) + "}\n"))
                .append(maybe(20, this::labels))
                .append(maybe(20, this::images))
                .append(maybe(3, () -> "replicas: [{name: " + name() + ", count: 3}]\n"))
                .append(maybe(
                        5, () -> "buildMetadata: [" + any(List.of("managedByLabel", "originAnnotations")) + "]\n"))
                .append(maybe(8, this::generator))
                .append(maybe(8, this::variables));
        if (maybe(12)) {
            text.append(replacements(here));
        }
        if (maybe(15)) {
            text.append("configurations: [")
                    .append(write(here, "configuration.yaml", configuration()))
                    .append("]\n");
        }
        if (maybe(6)) {
            text.append("crds: [")
                    .append(write(here, "definitions.json", definitions()))
                    .append("]\n");
        }
        if (maybe(6)) {
            text.append("openapi: {path: ")
                    .append(write(here, "schema.json", schema()))
                    .append("}\n");
        }
        if (maybe(45)) {
            text.append("patches:\n").append(patch());
            text.append(maybe(30, this::patch));
        }
        text.append(maybe(8, () -> "patchesStrategicMerge:\n- |\n  " + indented(merge()) + "\n"));
        text.append(maybe(
                8,
                () -> "patchesJson6902:\n- target: {kind: StatefulSet, name: " + name() + "}\n  patch: '"
                        + containerOperations() + "'\n"));
        return text.toString();
    }

    private String renamed(String prefix, String suffix) {
        names.values().forEach(had -> had.add(prefix + had.get(had.size() - 1) + suffix));
        return prefix + suffix;
    }

    private static String indented(String text) {
        return text.strip().replace("\n", "\n  ");
    }

    private String name() {
        return nameOf(any(NAMES));
    }

    private String nameOf(String object) {
        return any(Objects.requireNonNull(names.get(object)));
    }

    private String labels() {
        return "labels:\n- pairs: {" + any(LABELS) + ": " + any(VALUES) + "}\n"
                + maybe(30, () -> "  includeTemplates: true\n")
                + maybe(20, () -> "  includeSelectors: true\n")
                + maybe(40, () -> "  fields: [" + fieldSpec(MAPS) + "]\n");
    }

    private String fieldSpec(List<String> paths) {
        return "{path: \"" + any(paths) + "\"" + maybe(70, () -> ", kind: " + kinds.get(any(NAMES)))
                + maybe(10, () -> ", group: apps") + maybe(40, () -> ", create: true") + "}";
    }

    private String images() {
        return "images:\n- name: " + any(List.of("ghcr.io/acme/ok", "evil/x", "reg:5000/app", "v")) + "\n"
                + maybe(60, () -> "  newName: " + any(List.of("evil/y", "ghcr.io/acme/new", "ghcr.io/acme/ok")) + "\n")
                + maybe(70, () -> "  newTag: \"7\"\n")
                + maybe(50, () -> "  tagSuffix: " + any(List.of("-s", ".2")) + "\n");
    }

    private String generator() {
        return any(List.of("configMapGenerator", "secretGenerator")) + ":\n- name: " + any(NAMES) + "\n  literals: [k="
                + any(VALUES) + "]\n" + maybe(30, () -> "  options: {labels: {tier: " + any(VALUES) + "}}\n");
    }

    private String variables() {
        return """
                vars:
                - name: V
                  objref: {apiVersion: v1, kind: ConfigMap, name: values}
                  fieldref: {fieldpath: data.word}
                """;
    }

    private String replacements(Path here) throws IOException {
        String source = "name: values, fieldPath: "
                + any(List.of("data.word", "data.image", "containers", "container", "labels"));
        if (maybe(30)) {
            source = "version: v1, name: " + any(NAMES) + ", fieldPath: data.k";
        }
        source = "{kind: ConfigMap, " + source + maybe(15, () -> ", options: {delimiter: /, index: 1}") + "}";
        if (maybe(40)) {
            source = "{kind: " + kinds.get(any(NAMES)) + maybe(60, () -> ", name: " + name())
                    + any(List.of(
                            "",
                            ", fieldPath: metadata.labels.tier",
                            ", fieldPath: 'spec.template.spec.containers.[name=a].image'"))
                    + maybe(15, () -> ", options: {delimiter: ':', index: 1}") + "}";
        }
        String target = maybe(20, () -> ".")
                + any(List.of(
                        "metadata.labels.tier",
                        "spec.replicas",
                        "metadata.labels",
                        "metadata.name",
                        "metadata.annotations.[acme.io/x]",
                        "spec.template.spec.containers.0.image",
                        "spec.template.spec.containers.[name=a].image",
                        "spec.template.spec.containers",
                        "spec.template.spec.containers.[name=z].image",
                        "spec.template.spec.serviceAccountName",
                        "spec.template.metadata.labels.tier",
                        "spec.templates.0.container",
                        "spec.templates.*.container.image",
                        "spec.steps",
                        "spec.steps.*.image",
                        "data.word",
                        "kind"));
        String replacement = "source: " + source
                + "\n  targets:\n  - select: {kind: " + kinds.get(any(NAMES)) + maybe(60, () -> ", name: " + name())
                + "}\n    fieldPaths: [\"" + target + "\"]\n"
                + any(List.of(
                        "",
                        "",
                        "    options: {create: true}\n",
                        "    options: {delimiter: ':', index: 1}\n",
                        "    options: {delimiter: /, index: -1}\n"));
        return "replacements:\n"
                + (maybe(30)
                        ? "- path: " + write(here, "replacement.yaml", replacement.replace("\n  ", "\n")) + "\n"
                        : "- " + replacement);
    }

    private String configuration() {
        if (maybe(15)) {
            return "nameReference:\n- kind: ConfigMap\n  fieldSpecs: [" + fieldSpec(TEXTS) + "]\n";
        }
        return maybe(50)
                ? any(List.of("namePrefix", "nameSuffix", "namespace", "varReference", "images", "replicas")) + ":\n- "
                        + fieldSpec(TEXTS) + "\n"
                : any(List.of("commonLabels", "labels", "templateLabels", "commonAnnotations")) + ":\n- "
                        + fieldSpec(MAPS) + "\n" + maybe(30, () -> "- " + fieldSpec(MAPS) + "\n");
    }

    private String definitions() {
        String extension = any(List.of(
                "\"x-kubernetes-identity\":\"\"",
                "\"x-kubernetes-annotation\":\"\"",
                "\"x-kubernetes-label-selector\":\"\"",
                "\"x-kubernetes-object-ref-kind\":\"ConfigMap\",\"x-kubernetes-object-ref-api-version\":\"v1\","
                        + "\"x-kubernetes-object-ref-name-key\":\"image\"",
                "\"x-kubernetes-patch-strategy\":\"merge\""));
        String last = any(List.of("image", "name"));
        return "{\"acme." + any(KINDS)
                + "\":{\"Schema\":{\"properties\":{\"apiVersion\":{},\"kind\":{},\"metadata\":{},"
                + "\"spec\":{\"$ref\":\"acme.Spec\"}}}},"
                + "\"acme.Spec\":{\"Schema\":{\"properties\":{\"containers\":{\"$ref\":\"acme.C\"},"
                + "\"template\":{\"$ref\":\"acme.T\"},\"steps\":{\"$ref\":\"acme.C\"}}}},"
                + "\"acme.T\":{\"Schema\":{\"properties\":{\"spec\":{\"$ref\":\"acme.Pod\"}}}},"
                + "\"acme.Pod\":{\"Schema\":{\"properties\":{\"containers\":{\"$ref\":\"acme.C\"}}}},"
                + "\"acme.C\":{\"Schema\":{\"properties\":{\"" + last + "\":{\"type\":\"string\"," + extension
                + "}}}}}";
    }

    private String schema() {
        String kind = any(List.of("Deployment", "StatefulSet", "Rollout"));
        String group = kind.equals("Rollout") ? "acme.io" : "apps";
        return "{\"definitions\":{\"d\":{\"type\":\"object\",\"x-kubernetes-group-version-kind\":[{\"group\":\"" + group
                + "\",\"version\":\"v1\",\"kind\":\"" + kind
                + "\"}],\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{\"template\":{\"type\":\"object\","
                + "\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{\"containers\":{\"type\":\"array\","
                + "\"items\":{\"type\":\"object\"},\"x-kubernetes-patch-strategy\":\"merge\","
                + "\"x-kubernetes-patch-merge-key\":\"" + any(List.of("name", "image")) + "\"}}}}}}}}}}}";
    }

    private String patch() {
        String target = any(List.of(
                "kind: " + kinds.get(any(NAMES)),
                "kind: Deployment, name: " + name(),
                "name: " + name(),
                "name: " + name() + ", namespace: " + any(List.of("one", "two", "default")),
                "kind: Deployment|Rollout, name: .*web",
                "kind: (Deployment|Rollout|Pod), name: (x-)*web.*",
                "name: \"[a-w][^x]+(-s)?\"",
                "name: \"(?i)WEB|^api$\"",
                "kind: \"Deployment)|(?:StatefulSet\", name: \"\\\\w{3}\"",
                "kind: \"(Pod|Task)$|^C\", name: \".+?b\"",
                "labelSelector: " + any(LABELS) + "=" + any(VALUES),
                "annotationSelector: " + any(LABELS) + "=" + any(VALUES),
                "annotationSelector: internal.config.kubernetes.io/previousNames=web",
                "group: apps, labelSelector: tier=" + any(VALUES)));
        if (maybe(25)) {
            return "- target: {" + target + "}\n  patch: '" + operations() + "'\n";
        }
        if (maybe(30)) {
            return "- target: {" + target.replaceAll("kind: [^,]*", "kind: StatefulSet")
                    + (target.contains("kind") ? "" : ", kind: Deployment|StatefulSet|Rollout") + "}\n  patch: '"
                    + containerOperations() + "'\n";
        }
        return "- patch: |\n    " + indented(merge()).replace("\n", "\n  ") + "\n"
                + maybe(50, () -> "  target: {" + target + "}\n")
                + maybe(10, () -> "  options: {" + any(List.of("allowNameChange", "allowKindChange")) + ": true}\n");
    }

    private String containerOperations() {
        return any(List.of(
                "[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/image\",\"value\":\"" + any(IMAGES)
                        + "\"}]",
                "[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/-\",\"value\":{\"name\":\"n\",\"image\":\""
                        + any(IMAGES) + "\"}}]",
                "[{\"op\":\"copy\",\"from\":\"/spec/template/spec/containers/0/name\","
                        + "\"path\":\"/spec/template/spec/containers/0/image\"}]",
                "[{\"op\":\"remove\",\"path\":\"/spec/template/spec/containers/0\"}]"));
    }

    private String operations() {
        return any(List.of(
                "[{\"op\":\"replace\",\"path\":\"/metadata/name\",\"value\":\"" + name() + "\"}]",
                "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"tier\":\"" + any(VALUES) + "\"}}]",
                "[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"image\":\"" + any(VALUES) + "\"}}]",
                "[{\"op\":\"add\",\"path\":\"/metadata/annotations\","
                        + "\"value\":{\"config.kubernetes.io/local-config\":\"true\"}}]",
                "[{\"op\":\"replace\",\"path\":\"/kind\",\"value\":\"" + any(KINDS) + "\"}]"));
    }

    private static String version(String kind) {
        return switch (kind) {
            case "Pod", "ConfigMap" -> "v1";
            case "CronJob" -> "batch/v1";
            case "Rollout" -> "acme.io/v1";
            case "Workflow" -> "argoproj.io/v1alpha1";
            case "Task" -> "tekton.dev/v1";
            default -> "apps/v1";
        };
    }

    private static String head(String kind, String metadata) {
        return "apiVersion: " + version(kind) + "\nkind: " + kind + "\nmetadata: {" + metadata + "}\n";
    }

    private String merge() {
        String object = any(NAMES);
        String kind = maybe(10) ? "ConfigMap" : Objects.requireNonNull(kinds.get(object));
        String name = kind.equals("ConfigMap") ? "values" : nameOf(object);
        String head = head(
                kind,
                "name: " + name + maybe(10, () -> ", namespace: one")
                        + maybe(15, () -> ", labels: {tier: " + any(VALUES) + "}"));
        return kind.equals("ConfigMap") ? head + "data: {word: changed}\n" : head + body(kind, false);
    }

    private String objects(String suffix, boolean base) {
        StringBuilder text = new StringBuilder();
        for (String name : base ? NAMES : List.of(any(NAMES) + suffix)) {
            String kind = kinds.getOrDefault(name, "Deployment");
            text.append(head(
                            kind,
                            "name: " + name + maybe(10, () -> ", namespace: one")
                                    + maybe(50, () -> ", labels: {tier: " + any(VALUES) + "}")
                                    + maybe(
                                            8,
                                            () -> ", annotations: {"
                                                    + any(
                                                            List.of(
                                                                    "image: one",
                                                                    "config.kubernetes.io/local-config: \"" + maybe(50)
                                                                            + "\"",
                                                                    "internal.config.kubernetes.io/previousNames: api, "
                                                                            + "internal.config.kubernetes.io/previousKinds: Deployment, "
                                                                            + "internal.config.kubernetes.io/previousNamespaces: default"))
                                                    + "}")))
                    .append(body(kind, true))
                    .append("---\n");
        }
        if (base) {
            text.append(head("ConfigMap", "name: values"))
                    .append("data: {word: evil, image: evil/z}\n")
                    .append(
                            "containers: [{name: e, image: evil/z}]\ncontainer: {image: evil/z}\nlabels: {tier: evil}\n");
        }
        return text.toString();
    }

    private String body(String kind, boolean whole) {
        return switch (kind) {
            case "Pod" -> "spec:\n" + pod("  ", whole);
            case "CronJob" ->
                "spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n" + pod("          ", whole);
            case "Workflow" -> "spec:\n  templates:\n  - {name: t, container: {image: \"" + any(IMAGES) + "\"}}\n";
            case "Task" -> "spec:\n  steps:\n  - {name: a, image: \"" + any(IMAGES) + "\"}\n";
            case "ConfigMap" -> "";
            default ->
                "spec:\n" + maybe(whole ? 20 : 5, () -> "  other: web\n") + "  template:\n"
                        + maybe(whole ? 40 : 10, () -> "    metadata: {labels: {tier: " + any(VALUES) + "}}\n")
                        + "    spec:\n" + pod("      ", whole);
        };
    }

    private String pod(String indent, boolean whole) {
        StringBuilder text = new StringBuilder();
        text.append(maybe(20, () -> indent + "serviceAccountName: web\n"));
        if (maybe(15)) {
            text.append(indent).append("volumes:\n").append(indent).append("- name: v\n");
            text.append(indent)
                    .append("  image: {reference: \"")
                    .append(any(IMAGES))
                    .append("\"}\n");
        }
        text.append(maybe(8, () -> indent + "# " + any(SCHEMAS) + "\n"));
        text.append(indent).append("containers:");
        text.append(maybe(5, () -> " # " + any(SCHEMAS))).append('\n');
        if (!whole) {
            text.append(maybe(8, () -> indent + "- $patch: " + any(List.of("replace", "delete", "merge")) + "\n"));
        }
        for (String container : CONTAINERS.subList(0, 1 + random.nextInt(3))) {
            String name = whole ? container : any(CONTAINERS);
            text.append(indent).append("- name: ").append(name).append('\n');
            if (whole || maybe(70)) {
                text.append(indent)
                        .append(maybe(5, () -> "  !!merge <<: {env: []}\n" + indent))
                        .append("  image: ")
                        .append(maybe(10, () -> "!!str "))
                        .append('"')
                        .append(any(IMAGES));
                text.append(maybe(4, () -> "$(V)")).append('"');
                text.append(maybe(8, () -> " # " + any(SCHEMAS))).append('\n');
            }
            if (!whole) {
                text.append(maybe(15, () -> indent + "  $patch: " + any(List.of("delete", "replace", "merge")) + "\n"));
            }
        }
        return text.toString();
    }
}
