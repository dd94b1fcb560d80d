package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kustomizations of folders and charts with the changes of an object that deploys them. Not thread-safe. */
final class ChangedKustomizations {

    /** Lists of a kustomization to which those of an object are added. */
    private static final Set<String> LISTS =
            Set.of("components", "labels", "patches", "patchesJson6902", "patchesStrategicMerge");

    private final KustomizeBuild build;
    private final KustomizeBudget budget;
    private final RepositoryPaths paths;
    private final FolderResources resources;

    /**
     * Makes a reader of kustomizations.
     *
     * @param build reads those of folders
     * @param resources what is in folders without one
     */
    ChangedKustomizations(
            KustomizeBuild build, KustomizeBudget budget, RepositoryPaths paths, FolderResources resources) {
        this.build = build;
        this.budget = budget;
        this.paths = paths;
        this.resources = resources;
    }

    /** {@return whether changes add to lists of a kustomization} */
    static boolean hasLists(ManifestNode changes) {
        return !Collections.disjoint(changes.fields.keySet(), LISTS);
    }

    /** {@return the kustomization of a folder as it is} */
    Kustomization of(Path folder) throws InputException {
        return build.read(folder, paths.shown(folder).toString(), ManifestNode.named(folder));
    }

    /** {@return the kustomization of a folder with the changes of an object; without one, of all files in it} */
    Kustomization of(Path folder, ManifestNode object, ManifestNode changes) throws InputException {
        Path shown = paths.shown(folder);
        ManifestSource source = new ManifestSource(
                shown.resolve(Kustomization.FILES.get(0)).toString(),
                folder.resolve(Kustomization.FILES.get(0)),
                0,
                false);
        ManifestNode root =
                Kustomization.isIn(folder) ? of(folder).root.copy(budget) : generated(folder, source, object);
        for (Map.Entry<String, ManifestNode> change : changes.fields.entrySet()) {
            String name = change.getKey();
            ManifestNode value = change.getValue();
            ManifestNode before = root.field(name);
            if (name.equals("images")) {
                root.fields.put(name, images(before, value));
            } else if (LISTS.contains(name)) {
                ManifestNode all = value.array();
                all.elements.addAll(before == null ? List.of() : before.elements);
                for (ManifestNode element : value.elements) {
                    all.elements.add(name.equals("components") ? element.named(source) : element);
                }
                root.fields.put(name, all);
            } else if (name.equals("commonAnnotations") && before != null) {
                before.fields.putAll(value.fields);
            } else if (!value.isScalar() || !value.text.isEmpty()) {
                root.fields.put(name, value);
            }
        }
        return new Kustomization(folder, root);
    }

    /** {@return a kustomization of a chart, of which only the changes are known} */
    static Kustomization ofChart(ManifestNode object, DeployedSource source) {
        ManifestNode root = source.what().object();
        root.fields.putAll(source.changes().fields);
        ManifestNode charts = root.array();
        charts.elements.add(source.what());
        root.fields.put("helmCharts", charts);
        return new Kustomization(
                Objects.requireNonNull(object.source.path().toAbsolutePath().getParent()), root);
    }

    /** An entry takes the place of those with its name; versions of the controllers differ in whether they join them. */
    private static ManifestNode images(@Nullable ManifestNode before, ManifestNode entries) throws InputException {
        List<ManifestNode> kept = new ArrayList<>(before == null ? List.of() : before.elements);
        Map<String, List<ManifestNode>> named = new HashMap<>();
        for (ManifestNode old : kept) {
            named.computeIfAbsent(old.text("name"), name -> new ArrayList<>()).add(old);
        }
        Map<String, ManifestNode> added = new LinkedHashMap<>();
        for (ManifestNode entry : entries.elements) {
            boolean hasVersion =
                    !entry.text("newTag").isEmpty() || !entry.text("digest").isEmpty();
            String name = entry.text("name");
            for (ManifestNode old : named.getOrDefault(name, List.of())) {
                boolean isJoined =
                        (entry.text("newName").isEmpty() && !old.text("newName").isEmpty())
                                || (!hasVersion && (old.field("newTag") != null || old.field("digest") != null));
                if (isJoined) {
                    throw entry.malformed("images: " + old.source.name() + ":" + old.line
                            + " has this name, too; what both make of an image depends on the version of the controller:"
                            + " write newName and newTag or digest");
                }
            }
            named.put(name, List.of(entry));
            added.remove(name);
            added.put(name, entry);
        }
        kept.removeIf(old -> added.containsKey(old.text("name")));
        ManifestNode images = entries.array();
        images.elements.addAll(kept);
        images.elements.addAll(added.values());
        return images;
    }

    private ManifestNode generated(Path folder, ManifestSource source, ManifestNode object) throws InputException {
        ManifestNode root = ManifestNode.named(folder).named(source).object();
        ManifestNode all = root.array();
        for (Path path : resources.in(folder, object)) {
            all.elements.add(root.withText(folder.relativize(path).toString()));
        }
        root.fields.put("resources", all);
        return root;
    }
}
