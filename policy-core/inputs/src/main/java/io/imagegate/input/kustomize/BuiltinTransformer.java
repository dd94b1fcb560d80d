package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://github.com/kubernetes-sigs/kustomize/tree/master/api/internal/builtins">transformer of kustomize itself</a> in a file,
 * as the kustomization that does the same. Each has its own {@code fieldSpecs} in the place of a configuration.
 */
final class BuiltinTransformer {

    private static final Set<String> COMMON = Set.of("apiVersion", "kind", "metadata");
    private static final String SPECS = "fieldSpecs";

    private final ManifestNode transformer;
    private final ManifestNode root;
    private final ManifestNode configuration;

    private BuiltinTransformer(ManifestNode transformer) {
        this.transformer = transformer;
        this.root = transformer.object();
        this.configuration = transformer.object();
    }

    /** {@return a transformer; null if what it does is not known} */
    static @Nullable BuiltinTransformer of(ManifestNode transformer) throws InputException {
        BuiltinTransformer made = new BuiltinTransformer(transformer);
        return transformer.text("apiVersion").equals("builtin") && made.translate() ? made : null;
    }

    ManifestNode root() {
        return root;
    }

    ManifestNode configuration() {
        return configuration;
    }

    private boolean translate() throws InputException {
        switch (transformer.text("kind")) {
            case "ImageTagTransformer" -> {
                require("imageTag", SPECS);
                list("images", ManifestNode.in(transformer, "imageTag"));
                configure("images");
                // It is added once in places where the field of a kustomization adds it twice.
                return ManifestNode.in(transformer, "imageTag").field("tagSuffix") == null;
            }
            case "NamespaceTransformer" -> {
                require(SPECS);
                put("namespace", ManifestNode.in(transformer, "metadata").field("namespace"));
                configure("namespace");
            }
            case "PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer" -> {
                require("prefix", "suffix", SPECS);
                put("namePrefix", transformer.field("prefix"));
                put("nameSuffix", transformer.field("suffix"));
                return renames();
            }
            case "PatchTransformer" -> {
                require("path", "patch", "target", "options");
                ManifestNode patch = transformer.object();
                patch.fields.putAll(transformer.fields);
                patch.fields.keySet().removeAll(COMMON);
                list("patches", patch);
            }
            case "PatchJson6902Transformer" -> {
                require("path", "jsonOp", "target");
                ManifestNode patch = transformer.object();
                copy("path", "path", patch);
                copy("jsonOp", "patch", patch);
                copy("target", "target", patch);
                list("patchesJson6902", patch);
                return patch.field("target") != null;
            }
            case "PatchStrategicMergeTransformer" -> {
                require("paths", "patches");
                ManifestNode patches = transformer.array();
                patches.elements.addAll(ManifestNode.in(transformer, "paths").elements);
                ManifestNode inline = transformer.field("patches");
                if (inline != null) {
                    patches.elements.add(inline);
                }
                root.fields.put("patchesStrategicMerge", patches);
            }
            case "ReplicaCountTransformer" -> {
                require("replica", SPECS);
                list("replicas", ManifestNode.in(transformer, "replica"));
                configure("replicas");
            }
            case "ReplacementTransformer" -> {
                require("replacements");
                put("replacements", transformer.field("replacements"));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Other fields, and other metadata such as the annotation of a function, may do anything. */
    private void require(String... fields) throws InputException {
        Set<String> known = new HashSet<>(COMMON);
        known.addAll(Arrays.asList(fields));
        transformer.requireFields("a transformer", known);
        ManifestNode.in(transformer, "metadata").requireFields("a transformer", Set.of("name", "namespace"));
    }

    /** Configures what is renamed beside names. {@return whether all names are} */
    private boolean renames() {
        ManifestNode others = transformer.array();
        boolean all = false;
        for (ManifestNode spec : ManifestNode.in(transformer, SPECS).elements) {
            boolean isOfAll = spec.text("path").equals("metadata/name")
                    && List.of("group", "version", "kind").stream()
                            .allMatch(field -> spec.text(field).isEmpty());
            all |= isOfAll;
            if (!isOfAll) {
                others.elements.add(spec);
            }
        }
        configuration.fields.put("namePrefix", others);
        configuration.fields.put("nameSuffix", others);
        return all;
    }

    private void configure(String field) {
        configuration.fields.put(field, ManifestNode.in(transformer, SPECS));
    }

    private void put(String field, @Nullable ManifestNode value) {
        if (value != null) {
            root.fields.put(field, value);
        }
    }

    private void copy(String from, String to, ManifestNode object) {
        ManifestNode value = transformer.field(from);
        if (value != null) {
            object.fields.put(to, value);
        }
    }

    private void list(String field, ManifestNode element) {
        ManifestNode list = element.array();
        list.elements.add(element);
        root.fields.put(field, list);
    }
}
