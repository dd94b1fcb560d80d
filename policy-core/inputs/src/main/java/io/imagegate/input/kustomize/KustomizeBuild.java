package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes of a kustomization the objects that {@code kubectl kustomize} makes, as far as they concern images. Not thread-safe. */
final class KustomizeBuild {

    private static final int DEEPEST = 50;

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Consumer<ManifestNode> unread;
    private final Set<Path> open = new LinkedHashSet<>();
    private final List<LooseImage> loose = new ArrayList<>();
    private final KustomizeTransformers transformers;
    private final KustomizeGenerators generators;
    private int missing;

    /**
     * Makes a build.
     *
     * @param unread receives what names objects that are not read
     * @param isWanted whether the data of a generated ConfigMap with a name is read
     */
    KustomizeBuild(
            KustomizeFiles files, KustomizeBudget budget, Consumer<ManifestNode> unread, Predicate<String> isWanted) {
        this.files = files;
        this.budget = budget;
        this.transformers = new KustomizeTransformers(files, budget);
        this.generators = new KustomizeGenerators(files, budget, isWanted);
        this.unread = reference -> {
            missing++;
            unread.accept(reference);
        };
    }

    /** {@return the objects of a kustomization} */
    List<KustomizedObject> objects(Kustomization root) throws InputException {
        budget.begin();
        return objectsBesideOthers(root, List.of());
    }

    /**
     * {@return the objects of a kustomization while others are kept}
     *
     * @param given objects that it has beside its resources
     */
    List<KustomizedObject> objectsBesideOthers(Kustomization root, List<KustomizedObject> given) throws InputException {
        transformers.begin();
        generators.begin();
        open.clear();
        loose.clear();
        int before = missing;
        Accumulated all = new Accumulated(budget);
        all.objects.addAll(given);
        accumulate(root, all, before);
        transformers.finish(root, all.objects, all.configuration, missing > before);
        all.objects.forEach(KustomizedObject::removeIncomplete);
        return all.objects;
    }

    /** What a kustomization and those that it includes have. */
    private record Accumulated(List<KustomizedObject> objects, KustomizeConfiguration configuration) {

        Accumulated(KustomizeBudget budget) {
            this(new ArrayList<>(), new KustomizeConfiguration(budget));
        }
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
    private Accumulated accumulate(Kustomization kustomization, Accumulated all, int before) throws InputException {
        if (!open.add(kustomization.folder) || open.size() > DEEPEST) {
            throw kustomization.root.malformed(
                    "this kustomization includes itself, or " + DEEPEST + " others one in another: expected neither");
        }
        transformers.setSchema(kustomization);
        copyFor(kustomization, new HashSet<>());
        for (ManifestNode resource : kustomization.resources()) {
            addResource(kustomization, resource, all);
        }
        transformers.configure(kustomization, all.configuration);
        generators.add(kustomization, all.objects);
        kustomization.unread().forEach(unread);
        for (ManifestNode reference : kustomization.components()) {
            Kustomization component = folder(reference, kustomization.folder);
            if (component != null) {
                accumulate(require(component, reference, true), all, before);
            }
        }
        loose.addAll(transformers.transform(kustomization, all.objects, all.configuration, missing > before));
        open.remove(kustomization.folder);
        return all;
    }

    /** Components copy from what is generated before them. */
    private void copyFor(Kustomization kustomization, Set<Path> seen) throws InputException {
        generators.copyFor(transformers.replacements(kustomization));
        for (ManifestNode reference : kustomization.components()) {
            Path component =
                    KustomizeFiles.find(reference, kustomization.folder).orElse(null);
            if (component != null && seen.add(component)) {
                copyFor(read(component, KustomizeFiles.name(reference), reference), seen);
            }
        }
    }

    private void addResource(Kustomization in, ManifestNode reference, Accumulated all) throws InputException {
        Optional<Path> found = KustomizeFiles.find(reference, in.folder);
        if (found.isEmpty()) {
            unread.accept(reference);
        } else if (Files.isDirectory(found.get())) {
            Kustomization base = folder(reference, in.folder);
            if (base != null) {
                Accumulated included = accumulate(require(base, reference, false), new Accumulated(budget), missing);
                all.objects.addAll(included.objects);
                all.configuration.addAll(included.configuration);
            }
        } else {
            for (ManifestNode document : transformers.resources(reference, in)) {
                add(document, all.objects);
            }
        }
    }

    private static void add(ManifestNode value, List<KustomizedObject> objects) throws InputException {
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
    private @Nullable Kustomization folder(ManifestNode reference, Path in) throws InputException {
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
    Kustomization read(Path folder, String name, ManifestNode reference) throws InputException {
        Path file = KustomizeFiles.kustomization(folder, reference);
        ManifestSource source = new ManifestSource(
                Path.of(name).resolve(String.valueOf(file.getFileName())).toString(), file, 0, false);
        return Kustomization.of(folder, source, files.documents(source, reference, budget));
    }

    private static Kustomization require(Kustomization included, ManifestNode reference, boolean component)
            throws InputException {
        if (included.isComponent() != component) {
            throw reference.malformed(SafeText.quote(reference.text, 100) + ": expected a folder with a "
                    + (component ? "Component" : "Kustomization"));
        }
        return included;
    }
}
