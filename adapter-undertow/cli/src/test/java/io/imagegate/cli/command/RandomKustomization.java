package io.imagegate.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Writes kustomizations as people write them: bases, overlays, components, patches and images of all forms. */
final class RandomKustomization {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final List<String> NAMES =
            List.of("nginx", "app", "gcr.io/acme/app", "reg:5000/x/y", "docker.io/library/nginx", "gcrXio/acme/app");
    private static final List<String> VERSIONS =
            List.of("", ":1.27", ":latest", "@" + DIGEST, ":1@" + DIGEST, ":{{tag}}", ":UP_per.1-x");
    private static final List<String> KINDS = List.of("Deployment", "StatefulSet", "CronJob", "Job", "Pod");
    private static final List<String> OBJECTS = List.of("web", "api", "db");
    private static final List<String> CONTAINERS = List.of("a", "b", "c", "d");

    private final Random random;
    private final Path folder;
    private int folders;

    RandomKustomization(Random random, Path folder) {
        this.random = random;
        this.folder = folder;
    }

    /** {@return the folder of an overlay} */
    Path write() throws IOException {
        return kustomization(0, false);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean maybe(int percent) {
        return random.nextInt(100) < percent;
    }

    private String image() {
        return any(NAMES) + any(VERSIONS);
    }

    private Path kustomization(int depth, boolean component) throws IOException {
        Path here = Files.createDirectories(folder.resolve("f" + folders++));
        List<String> resources = new ArrayList<>();
        List<String> components = new ArrayList<>();
        String suffix = "-" + here.getFileName();
        if (depth == 0 || component || maybe(60)) {
            resources.add(resource(here, suffix));
        }
        for (int i = depth == 0 ? 1 : 0; i < 3 - depth && !component; i++) {
            resources.add("../" + kustomization(depth + 1, false).getFileName());
        }
        if (resources.isEmpty()) {
            resources.add(resource(here, suffix));
        }
        if (depth < 2 && maybe(40) && !component) {
            components.add("../" + kustomization(2, true).getFileName());
        }
        StringBuilder text = new StringBuilder(
                component
                        ? "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
                        : maybe(70) ? "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" : "");
        list(text, "resources", resources);
        list(text, "components", components);
        if (maybe(20)) {
            text.append("namespace: prod\n");
        }
        if (maybe(20)) {
            text.append("namePrefix: pre-\n");
        }
        if (maybe(20)) {
            text.append("commonLabels: {team: one}\n");
        }
        images(text);
        patches(here, text, suffix);
        Files.writeString(here.resolve(any(List.of("kustomization.yaml", "kustomization.yml", "Kustomization"))), text);
        return here;
    }

    private static void list(StringBuilder text, String field, List<String> values) {
        if (!values.isEmpty()) {
            text.append(field).append(":\n");
            values.forEach(value -> text.append("- ").append(value).append('\n'));
        }
    }

    private void images(StringBuilder text) {
        if (maybe(30)) {
            return;
        }
        text.append("images:\n");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("- name: ").append(maybe(10) ? ".*nginx" : any(NAMES)).append('\n');
            if (maybe(40)) {
                text.append("  newName: ").append(any(NAMES)).append('\n');
            }
            if (maybe(50)) {
                text.append("  newTag: \"")
                        .append(any(List.of("2", "latest", "v3", "3@" + DIGEST)))
                        .append("\"\n");
            }
            if (maybe(30)) {
                text.append("  digest: ").append(DIGEST.replace('0', '9')).append('\n');
            }
        }
    }

    private String resource(Path here, String suffix) throws IOException {
        List<String> documents = new ArrayList<>();
        for (String name : some(OBJECTS)) {
            documents.add(object(any(KINDS), name + suffix, true, ""));
        }
        String text = maybe(20)
                ? "apiVersion: v1\nkind: List\nitems:\n"
                        + String.join(
                                "",
                                documents.stream()
                                        .map(document -> "- " + document.strip().replace("\n", "\n  ") + "\n")
                                        .toList())
                : String.join("---\n", documents);
        Files.writeString(here.resolve("objects.yaml"), text);
        return "objects.yaml";
    }

    private Set<String> some(List<String> of) {
        Set<String> some = new LinkedHashSet<>();
        some.add(any(of));
        for (int i = random.nextInt(of.size()); i > 0; i--) {
            some.add(any(of));
        }
        return some;
    }

    private static String version(String kind) {
        return switch (kind) {
            case "Pod" -> "v1";
            case "CronJob", "Job" -> "batch/v1";
            default -> "apps/v1";
        };
    }

    private String object(String kind, String name, boolean whole, String directive) {
        StringBuilder text = new StringBuilder(
                "apiVersion: " + version(kind) + "\nkind: " + kind + "\nmetadata: {name: " + name + "}\n");
        List<String> path = switch (kind) {
            case "Pod" -> List.of("spec");
            case "CronJob" -> List.of("spec", "jobTemplate", "spec", "template", "spec");
            default -> List.of("spec", "template", "spec");
        };
        String indent = "";
        for (String step : path) {
            text.append(indent).append(step).append(":\n");
            indent += "  ";
        }
        for (String list :
                whole ? List.of("containers", "initContainers") : some(List.of("containers", "initContainers"))) {
            text.append(indent).append(list).append(":\n");
            // Behind an element with a directive, kustomize reads it in another way, and check refuses it.
            boolean replaces = !whole && maybe(10);
            if (replaces) {
                text.append(indent).append("- $patch: replace\n");
            }
            for (String container : some(CONTAINERS)) {
                text.append(indent).append("- name: ").append(container).append('\n');
                if (whole || maybe(50)) {
                    text.append(indent).append("  image: \"").append(image()).append("\"\n");
                } else if (maybe(30)) {
                    text.append(indent).append("  $patch: delete\n");
                }
            }
        }
        if (maybe(20)) {
            text.append(indent).append("volumes:\n").append(indent).append("- name: v\n");
            // An entry of images with its name would make it unknown: versions of kustomize differ.
            text.append(indent)
                    .append("  image: {reference: \"data/files")
                    .append(any(VERSIONS))
                    .append("\"}\n");
        }
        return text.append(directive).toString();
    }

    private void patches(Path here, StringBuilder text, String suffix) throws IOException {
        List<String> entries = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String kind = any(KINDS);
            String patch = maybe(60) ? object(kind, any(OBJECTS) + suffix, false, "") : operations(kind);
            String entry = "target: {kind: " + any(List.of(kind, kind, "Deployment|StatefulSet"))
                    + any(List.of("", ", name: \"web.*\"", ", version: v1")) + "}\n";
            if (maybe(50)) {
                String file = "patch" + i + ".yaml";
                Files.writeString(here.resolve(file), patch);
                entries.add(entry + "path: " + file + "\n");
            } else {
                entries.add(entry + "patch: |\n  " + patch.strip().replace("\n", "\n  ") + "\n");
            }
        }
        if (!entries.isEmpty()) {
            text.append("patches:\n");
            entries.forEach(entry -> text.append("- ")
                    .append(entry.strip().replace("\n", "\n  "))
                    .append('\n'));
        }
    }

    private String operations(String kind) {
        String spec = switch (kind) {
            case "Pod" -> "/spec";
            case "CronJob" -> "/spec/jobTemplate/spec/template/spec";
            default -> "/spec/template/spec";
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String list = spec + any(List.of("/containers", "/initContainers"));
            text.append(any(List.of(
                    "- {op: replace, path: " + list + "/0/image, value: \"" + image() + "\"}\n",
                    "- {op: add, path: " + list + "/-, value: {name: x" + i + ", image: \"" + image() + "\"}}\n",
                    "- {op: add, path: " + list + "/0, value: {name: y" + i + ", image: \"" + image() + "\"}}\n",
                    "- {op: remove, path: " + list + "/0}\n",
                    "- {op: copy, from: " + list + "/0/image, path: " + spec + "/containers/0/image}\n",
                    "- {op: test, path: " + spec
                            + "/x, value: null}\n- {op: add, path: /metadata/annotations, value: {a: b}}\n")));
        }
        return text.toString();
    }
}
