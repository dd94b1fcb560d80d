package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes objects as the fields of kustomizations say, in the order of kustomize. What a field makes in a way that is not known
 * here is marked as unknown, or refused. Not thread-safe.
 */
final class KustomizeTransformers {

    private static final String UNKNOWN = " is not known: check what kubectl kustomize prints instead";

    /** In how many places of an object a label is kept, at most. */
    private static final int KEPT_PAIRS = 3;

    /** Transformers of kustomize itself that are known, by the field with what they put into objects. */
    private static final Map<String, String> KNOWN =
            Map.of("LabelTransformer", "labels", "AnnotationsTransformer", "annotations");

    private static final Set<String> PATCH_FIELDS = Set.of("patch", "path", "target", "options");
    private static final Set<String> LABEL_FIELDS = Set.of("pairs", "includeSelectors", "includeTemplates", "fields");

    /** Where {@code fields} of labels narrow those of kustomize, and where kustomize has annotations of its own meanwhile. */
    private static final Set<List<String>> OWN_FIELDS =
            Set.of(List.of("metadata", "labels"), List.of("metadata", "annotations"));

    /** Where kustomize looks for variables, but for places that decide about no image. */
    private static final List<List<String>> WITH_VARIABLES = List.of(
            List.of("metadata", "labels"),
            List.of("metadata", "annotations"),
            List.of("spec", "template", "metadata", "annotations"));

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    /** Gives another schema than that of kustomize; null for none. */
    private @Nullable ManifestNode schema;
    /** Names a file with a schema in a comment; null for none. */
    private @Nullable ManifestNode comment;

    KustomizeTransformers(KustomizeFiles files, KustomizeBudget budget) {
        this.files = files;
        this.budget = budget;
    }

    /** Another run of kustomize begins. */
    void begin() {
        schema = null;
        comment = null;
    }

    /** Remembers that a kustomization has a schema, which kustomize then takes for all. */
    void setSchema(Kustomization by) {
        ManifestNode openapi = by.root.field("openapi");
        if (openapi != null && openapi.fields.values().stream().anyMatch(value -> !value.text.isEmpty())) {
            schema = openapi;
        }
    }

    /** Reads which fields the transformers of a kustomization change beside their own. */
    void configure(Kustomization by, KustomizeConfiguration configuration) throws InputException {
        for (ManifestNode reference : by.elements("configurations")) {
            for (ManifestNode document : documents(reference, by)) {
                configuration.addConfiguration(document);
            }
        }
        for (ManifestNode reference : by.elements("crds")) {
            for (ManifestNode document : documents(reference, by)) {
                configuration.addDefinitions(document);
            }
        }
        configuration.addVariables(by.root.field("vars"));
    }

    List<ManifestNode> documents(ManifestNode reference, Kustomization by) throws InputException {
        return documents(reference, by, false);
    }

    /** {@return the objects of a file of resources} */
    List<ManifestNode> resources(ManifestNode reference, Kustomization by) throws InputException {
        return documents(reference, by, true);
    }

    private List<ManifestNode> documents(ManifestNode reference, Kustomization by, boolean isResource)
            throws InputException {
        Path file = reference.type == ValueType.STRING
                ? KustomizeFiles.find(reference, by.folder).orElse(null)
                : null;
        if (file == null) {
            throw reference.malformed("expected the name of a file, or what is in it");
        }
        ManifestSource source = new ManifestSource(KustomizeFiles.name(reference), file, 0, false);
        List<ManifestNode> documents =
                isResource ? files.resources(source, reference, budget) : files.documents(source, reference, budget);
        if (files.hasSchemaComments(file)) {
            comment = reference;
        }
        return documents;
    }

    /**
     * Changes objects.
     *
     * @param partly whether there are others that are not read
     * @return the images that it makes of those
     */
    List<LooseImage> transform(
            Kustomization by, List<KustomizedObject> objects, KustomizeConfiguration configuration, boolean partly)
            throws InputException {
        for (ManifestNode patch : by.elements("patchesStrategicMerge")) {
            for (ManifestNode document : patch(patch, Kustomization.isInline(patch) ? patch : null, by)) {
                apply(document, null, null, false, objects);
            }
        }
        patches("patches", by, objects);
        for (KustomizedObject object : objects) {
            rename(by, object, configuration);
            label(by, object, configuration);
        }
        patches("patchesJson6902", by, objects);
        List<ImageEntry> images = by.images();
        for (KustomizedObject object : objects) {
            apply(images, configuration.of("images"), object);
            markTexts(by, "replicas", object, configuration);
        }
        KustomizeReplacements replacements = new KustomizeReplacements(objects, budget);
        for (ManifestNode replacement : replacements(by)) {
            replacements.apply(replacement);
        }
        List<LooseImage> loose = new ArrayList<>();
        for (ManifestNode reference : by.elements("transformers")) {
            for (ManifestNode transformer : documents(reference, by)) {
                loose.addAll(apply(transformer, reference, by, objects, partly));
            }
        }
        for (int i = 0; partly && i < images.size(); i++) {
            LooseImage.of(by, images.get(i), i).ifPresent(loose::add);
        }
        return loose;
    }

    /** {@return the replacements of a kustomization, also those in files of their own} */
    List<ManifestNode> replacements(Kustomization by) throws InputException {
        List<ManifestNode> all = new ArrayList<>();
        for (ManifestNode entry : by.elements("replacements")) {
            ManifestNode path = entry.field("path");
            for (ManifestNode element : path == null ? List.of(entry) : documents(path, by)) {
                all.addAll(element.isArray() ? element.elements : List.of(element));
            }
        }
        return all;
    }

    /** Kustomize applies an entry everywhere before the next. */
    private void apply(List<ImageEntry> images, List<KustomizeFieldSpec> places, KustomizedObject object)
            throws InputException {
        if (places.isEmpty() || object.root.text("kind").equals("CustomResourceDefinition")) {
            object.apply(images, budget);
            return;
        }
        for (ImageEntry image : images) {
            object.apply(List.of(image), budget);
            for (KustomizeFieldSpec place : places) {
                place.apply(image, object, budget);
            }
        }
    }

    private List<LooseImage> apply(
            ManifestNode transformer,
            ManifestNode reference,
            Kustomization by,
            List<KustomizedObject> objects,
            boolean partly)
            throws InputException {
        BuiltinTransformer builtin = BuiltinTransformer.of(transformer);
        if (builtin != null) {
            KustomizeConfiguration configuration = new KustomizeConfiguration(budget);
            configuration.addConfiguration(builtin.configuration());
            return transform(new Kustomization(by.folder, builtin.root()), objects, configuration, partly);
        }
        String field = KNOWN.get(transformer.text("kind"));
        if (field == null || !transformer.text("apiVersion").equals("builtin")) {
            throw reference.malformed("what this transformer makes of images" + UNKNOWN);
        }
        transformer.requireFields("a transformer", Set.of("apiVersion", "kind", "metadata", field, "fieldSpecs"));
        ManifestNode.in(transformer, "metadata").requireFields("a transformer", Set.of("name"));
        Map<String, ManifestNode> pairs = ManifestNode.in(transformer, field).fields;
        for (ManifestNode element : ManifestNode.in(transformer, "fieldSpecs").elements) {
            KustomizeFieldSpec spec = KustomizeFieldSpec.of(element);
            for (KustomizedObject object : objects) {
                spec.put(object, pairs, budget);
                object.rememberLabels(pairs.keySet());
            }
        }
        return List.of();
    }

    private void patches(String field, Kustomization by, List<KustomizedObject> objects) throws InputException {
        for (ManifestNode entry : by.elements(field)) {
            entry.requireFields(field, PATCH_FIELDS);
            ManifestNode path = entry.field("path");
            ManifestNode inline = entry.field("patch");
            ManifestNode reference = path == null || path.text.isEmpty() ? entry : path;
            ManifestNode target = entry.field("target");
            boolean hasTarget = target != null && target.type != ValueType.NULL;
            List<ManifestNode> documents = patch(reference, reference == entry ? inline : null, by);
            if (documents.size() > 1 && (hasTarget || documents.stream().anyMatch(ManifestNode::isArray))) {
                throw reference.malformed("what several patches in one make of images" + UNKNOWN);
            }
            KustomizeTarget selected = target != null && hasTarget ? KustomizeTarget.of(target) : null;
            for (ManifestNode document : documents) {
                apply(document, selected, entry.field("options"), field.equals("patches"), objects);
            }
        }
    }

    private void apply(
            ManifestNode patch,
            @Nullable KustomizeTarget target,
            @Nullable ManifestNode options,
            boolean remembers,
            List<KustomizedObject> objects)
            throws InputException {
        ManifestNode other = schema == null ? comment : schema;
        if (other != null && patch.isObject()) {
            throw patch.malformed("what this patch makes of images depends on the schema of " + other.source.name()
                    + ":" + other.line + ", so it" + UNKNOWN);
        }
        if (schema != null && target != null && target.hasNamespace()) {
            throw schema.malformed("which kinds have no namespace in this schema" + UNKNOWN);
        }
        new KustomizePatch(patch, target, options, remembers).apply(objects, budget);
    }

    private List<ManifestNode> patch(ManifestNode reference, @Nullable ManifestNode inline, Kustomization by)
            throws InputException {
        if (inline != null) {
            ManifestSource source = new ManifestSource(inline.source.name(), inline.source.path(), inline.line, true);
            if (SchemaComments.areIn(inline.text)) {
                comment = inline;
            }
            budget.open(inline);
            return ManifestDocuments.read(source, inline.text.getBytes(UTF_8), budget);
        }
        return documents(reference, by);
    }

    private void rename(Kustomization by, KustomizedObject object, KustomizeConfiguration configuration)
            throws InputException {
        ManifestNode namespace = by.root.field("namespace");
        if (namespace != null && !namespace.text.isEmpty()) {
            boolean mayHaveNone = schema != null && !StrategicMerge.knows(object.root);
            object.setNamespace(mayHaveNone && schema != null ? namespace.unknown(schema) : namespace, budget);
            for (KustomizeFieldSpec spec : configuration.of("namespace")) {
                // Kustomize leaves this one out.
                if (!spec.path().equals(List.of("metadata", "namespace"))) {
                    spec.markTexts(object, budget);
                }
            }
        }
        object.rename(by.root.text("namePrefix"), "", budget);
        markTexts(by, "namePrefix", object, configuration);
        object.rename("", by.root.text("nameSuffix"), budget);
        markTexts(by, "nameSuffix", object, configuration);
    }

    /** Marks what a field of a kustomization changes because of a configuration. */
    private void markTexts(
            Kustomization by, String field, KustomizedObject object, KustomizeConfiguration configuration)
            throws InputException {
        ManifestNode value = by.root.field(field);
        if (value != null && (!value.text.isEmpty() || !value.elements.isEmpty())) {
            for (KustomizeFieldSpec spec : configuration.of(field)) {
                spec.markTexts(object, budget);
            }
        }
    }

    private void label(Kustomization by, KustomizedObject object, KustomizeConfiguration configuration)
            throws InputException {
        for (ManifestNode entry : by.elements("labels")) {
            entry.requireFields("labels", LABEL_FIELDS);
            ManifestNode pairs = entry.field("pairs");
            budget.keep(entry, 1 + KEPT_PAIRS * (pairs == null ? 0L : pairs.fields.size()));
            Map<String, ManifestNode> labels = pairs == null ? Map.of() : pairs.fields;
            boolean selectors = isSet(entry, "includeSelectors");
            boolean templates = isSet(entry, "includeTemplates");
            object.label(labels, selectors || templates);
            ManifestNode fields = entry.field("fields");
            for (ManifestNode field : fields == null ? List.<ManifestNode>of() : fields.elements) {
                KustomizeFieldSpec spec = KustomizeFieldSpec.of(field);
                if (OWN_FIELDS.contains(spec.path())) {
                    throw field.malformed("which objects get labels at " + String.join("/", spec.path()) + UNKNOWN);
                }
                spec.put(object, labels, budget);
            }
            put(labels, object, configuration.of("labels"));
            put(labels, object, configuration.of(selectors ? "commonLabels" : templates ? "templateLabels" : ""));
        }
        int common =
                by.pairs("commonLabels").size() + by.pairs("commonAnnotations").size();
        budget.keep(by.root, KEPT_PAIRS * (long) common);
        object.label(by.pairs("commonLabels"), true);
        put(by.pairs("commonLabels"), object, configuration.of("commonLabels"));
        object.annotate(by.pairs("commonAnnotations"));
        put(by.pairs("commonAnnotations"), object, configuration.of("commonAnnotations"));
    }

    private static boolean isSet(ManifestNode entry, String option) throws InputException {
        ManifestNode value = entry.field(option);
        return value != null && value.isTrue(option);
    }

    private void put(Map<String, ManifestNode> pairs, KustomizedObject object, List<KustomizeFieldSpec> specs)
            throws InputException {
        for (KustomizeFieldSpec spec : specs) {
            if (!pairs.isEmpty()) {
                spec.put(object, pairs, budget);
            }
        }
    }

    /**
     * Does what kustomize does once, after all: references to names, variables, and leaving objects out.
     *
     * @param partly whether there are objects that are not read
     */
    void finish(
            Kustomization root, List<KustomizedObject> objects, KustomizeConfiguration configuration, boolean partly)
            throws InputException {
        ManifestNode variables = configuration.variables();
        List<KustomizeFieldSpec> places = variables == null
                ? List.of()
                : Stream.concat(
                                WITH_VARIABLES.stream()
                                        .map(path -> new KustomizeFieldSpec("", "", "", path, false, variables)),
                                configuration.of("varReference").stream())
                        .toList();
        ManifestNode managedBy = root.elements("buildMetadata").stream()
                .filter(option -> option.text.equals("managedByLabel"))
                .findFirst()
                .orElse(null);
        boolean renamed = partly || objects.stream().anyMatch(KustomizedObject::isRenamed);
        List<KustomizedObject> local = new ArrayList<>();
        for (KustomizedObject object : objects) {
            object.requireOwnAnnotations(budget);
            object.markGeneratedName();
            for (KustomizeFieldSpec spec :
                    renamed ? configuration.of("nameReference") : List.<KustomizeFieldSpec>of()) {
                spec.markTexts(object, budget);
            }
            for (KustomizeFieldSpec spec : places) {
                spec.markVariables(object, budget);
            }
            if (managedBy != null) {
                object.markManagedBy(managedBy);
            }
            if (object.isLocal()) {
                local.add(object);
            }
        }
        objects.removeAll(local);
    }
}
