package io.imagegate.manifest;

import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes of a kustomization the objects that {@code kubectl kustomize} makes, as far as they concern images. Not thread-safe. */
final class KustomizeBuild {

    /** Fields in which a replacement could give an object another image. */
    private static final Set<String> IMAGE_FIELDS = Set.of(
            "image",
            "reference",
            "containers",
            "initContainers",
            "ephemeralContainers",
            "volumes",
            "spec",
            "template",
            "jobTemplate",
            "*");

    private static final int DEEPEST = 50;

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Consumer<ManifestNode> unread;
    private final Set<Path> open = new LinkedHashSet<>();
    private final List<LooseImage> loose = new ArrayList<>();
    private int missing;

    /**
     * Makes a build.
     *
     * @param unread receives what names objects that are not read
     */
    KustomizeBuild(KustomizeFiles files, KustomizeBudget budget, Consumer<ManifestNode> unread) {
        this.files = files;
        this.budget = budget;
        this.unread = reference -> {
            missing++;
            unread.accept(reference);
        };
    }

    List<KustomizedObject> objects(Kustomization root) throws ManifestException {
        budget.begin();
        loose.clear();
        List<KustomizedObject> objects = accumulate(root, new ArrayList<>(), missing);
        objects.forEach(KustomizedObject::removeIncomplete);
        return objects;
    }

    /** {@return the images that the last build makes of what is not read} */
    List<LooseImage> loose() {
        return List.copyOf(loose);
    }

    /**
     * Adds the objects of a kustomization to those before, which only a component changes.
     *
     * @param before how many resources were not read before those that it changes
     */
    private List<KustomizedObject> accumulate(Kustomization kustomization, List<KustomizedObject> objects, int before)
            throws ManifestException {
        if (!open.add(kustomization.folder) || open.size() > DEEPEST) {
            throw kustomization.root.malformed(
                    "this kustomization includes itself, or " + DEEPEST + " others one in another: expected neither");
        }
        for (ManifestNode resource : kustomization.resources()) {
            objects.addAll(resource(kustomization, resource));
        }
        kustomization.unread().forEach(unread);
        List<KustomizedObject> all = objects;
        for (ManifestNode reference : kustomization.components()) {
            Kustomization component = folder(reference, kustomization.folder);
            if (component != null) {
                all = accumulate(require(component, reference, true), all, before);
            }
        }
        transform(kustomization, all, missing > before);
        open.remove(kustomization.folder);
        return all;
    }

    private List<KustomizedObject> resource(Kustomization in, ManifestNode reference) throws ManifestException {
        Optional<Path> found = KustomizeFiles.find(reference, in.folder);
        if (found.isEmpty()) {
            unread.accept(reference);
            return List.of();
        }
        List<KustomizedObject> objects = new ArrayList<>();
        if (Files.isDirectory(found.get())) {
            Kustomization base = folder(reference, in.folder);
            return base == null ? objects : accumulate(require(base, reference, false), objects, missing);
        }
        ManifestSource source = new ManifestSource(KustomizeFiles.name(reference), found.get(), 0, false);
        for (ManifestNode document : files.documents(source, reference, budget)) {
            add(document, objects);
        }
        return objects;
    }

    private static void add(ManifestNode value, List<KustomizedObject> objects) throws ManifestException {
        ManifestNode items = value.field("items");
        List<ManifestNode> elements = value.isArray()
                ? value.elements
                : items != null && items.isArray() && value.text("kind").endsWith("List") ? items.elements : null;
        if (elements != null) {
            for (ManifestNode element : elements) {
                add(element, objects);
            }
        } else if (value.isObject()) {
            objects.add(new KustomizedObject(value, false));
        } else {
            throw value.malformed("expected a Kubernetes object, got " + value.type);
        }
    }

    /** {@return the kustomization of a folder; null if it is not here} */
    private @Nullable Kustomization folder(ManifestNode reference, Path in) throws ManifestException {
        Optional<Path> found = KustomizeFiles.find(reference, in);
        if (found.isEmpty()) {
            unread.accept(reference);
            return null;
        }
        return read(found.get(), KustomizeFiles.name(reference), reference);
    }

    /**
     * {@return the kustomization of a folder}
     *
     * @param name the name of the folder, for messages
     * @param reference names the folder
     */
    Kustomization read(Path folder, String name, ManifestNode reference) throws ManifestException {
        Path file = KustomizeFiles.kustomization(folder, reference);
        ManifestSource source = new ManifestSource(
                Path.of(name).resolve(String.valueOf(file.getFileName())).toString(), file, 0, false);
        return Kustomization.of(folder, source, files.documents(source, reference, budget));
    }

    private static Kustomization require(Kustomization included, ManifestNode reference, boolean component)
            throws ManifestException {
        if (included.isComponent() != component) {
            throw reference.malformed(SafeText.quote(reference.text, 100) + ": expected a folder with a "
                    + (component ? "Component" : "Kustomization"));
        }
        return included;
    }

    /**
     * Changes objects, in the order of kustomize.
     *
     * @param partly whether there are others that are not read
     */
    private void transform(Kustomization by, List<KustomizedObject> objects, boolean partly) throws ManifestException {
        for (ManifestNode patch : by.elements("patchesStrategicMerge")) {
            for (ManifestNode document : patch(patch, Kustomization.isInline(patch) ? patch : null, by)) {
                new KustomizePatch(document, null, null).apply(objects, budget);
            }
        }
        patches("patches", by, objects);
        rename(by, objects);
        patches("patchesJson6902", by, objects);
        List<ImageEntry> images = by.images();
        for (KustomizedObject object : objects) {
            object.apply(images, budget);
        }
        for (int i = 0; partly && i < images.size(); i++) {
            LooseImage.of(by, images.get(i), i).ifPresent(loose::add);
        }
        requireKnownEffect(by);
    }

    private void patches(String field, Kustomization by, List<KustomizedObject> objects) throws ManifestException {
        for (ManifestNode entry : by.elements(field)) {
            ManifestNode path = entry.field("path");
            ManifestNode inline = entry.field("patch");
            ManifestNode reference = path == null || path.text.isEmpty() ? entry : path;
            ManifestNode target = entry.field("target");
            for (ManifestNode document : patch(reference, reference == entry ? inline : null, by)) {
                new KustomizePatch(
                                document,
                                target == null || target.type == ValueType.NULL ? null : KustomizeTarget.of(target),
                                entry.field("options"))
                        .apply(objects, budget);
            }
        }
    }

    private List<ManifestNode> patch(ManifestNode reference, @Nullable ManifestNode inline, Kustomization by)
            throws ManifestException {
        if (inline != null) {
            ManifestSource source = new ManifestSource(inline.source.name(), inline.source.path(), inline.line, true);
            return ManifestDocuments.read(source, inline.text.getBytes(StandardCharsets.UTF_8), budget);
        }
        return documents(reference, by);
    }

    private List<ManifestNode> documents(ManifestNode reference, Kustomization by) throws ManifestException {
        Path file = reference.type == ValueType.STRING
                ? KustomizeFiles.find(reference, by.folder).orElse(null)
                : null;
        if (file == null) {
            throw reference.malformed("expected the name of a file, or what is in it");
        }
        return files.documents(new ManifestSource(KustomizeFiles.name(reference), file, 0, false), reference, budget);
    }

    private static void rename(Kustomization by, List<KustomizedObject> objects) throws ManifestException {
        List<ManifestNode> labels = by.elements("labels");
        ManifestNode namespace = by.root.field("namespace");
        String prefix = by.root.text("namePrefix");
        String suffix = by.root.text("nameSuffix");
        for (KustomizedObject object : objects) {
            if (namespace != null && !namespace.text.isEmpty()) {
                object.setNamespace(namespace);
            }
            if (!prefix.isEmpty() || !suffix.isEmpty()) {
                object.rename(prefix, suffix);
            }
            object.label(by.pairs("commonLabels"));
            for (ManifestNode entry : labels) {
                ManifestNode pairs = entry.field("pairs");
                object.label(pairs == null ? Map.of() : pairs.fields);
            }
            object.annotate(by.pairs("commonAnnotations"));
        }
    }

    /** Refuses what could change images in a way that is not followed here. */
    private void requireKnownEffect(Kustomization by) throws ManifestException {
        for (ManifestNode reference : by.elements("configurations")) {
            for (ManifestNode document : documents(reference, by)) {
                if (document.field("images") != null) {
                    throw reference.malformed("where this configuration changes images is not known: "
                            + "check what kubectl kustomize prints instead");
                }
            }
        }
        for (ManifestNode entry : by.elements("replacements")) {
            ManifestNode path = entry.field("path");
            if (path == null) {
                requireOtherFields(entry);
            } else {
                for (ManifestNode document : documents(path, by)) {
                    requireOtherFields(document);
                }
            }
        }
    }

    private static void requireOtherFields(ManifestNode value) throws ManifestException {
        for (ManifestNode element : value.elements) {
            requireOtherFields(element);
        }
        ManifestNode targets = value.field("targets");
        for (ManifestNode target : targets == null ? List.<ManifestNode>of() : targets.elements) {
            ManifestNode paths = target.field("fieldPaths");
            for (ManifestNode path : paths == null ? List.<ManifestNode>of() : paths.elements) {
                String last = path.text.substring(path.text.lastIndexOf('.') + 1);
                if (IMAGE_FIELDS.contains(last)
                        || last.endsWith("]")
                        || last.chars().allMatch(Character::isDigit)
                        || last.toLowerCase(Locale.ROOT).contains("image")) {
                    throw path.malformed("what this replacement makes of images is not known: "
                            + "check what kubectl kustomize prints instead");
                }
            }
        }
    }
}
