package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which kustomizations of a run include which others, and which files. Not thread-safe. */
final class KustomizeGraph {

    private final KustomizeBuild reader;
    private final DeployScan scan;
    private final UnreadDeployed unread;
    private final DeployingObjects deploying;
    /** Folders of kustomizations by those that include them; an empty set for those that cannot be read. */
    private final Map<Path, Set<Path>> folders = new HashMap<>();

    /** Files that objects deploy with changes, and that deploy nothing themselves. */
    private final Set<Path> parts = new HashSet<>();

    private final Map<Path, ManifestNode> found = new LinkedHashMap<>();
    /** Files by the folders of kustomizations that include them. */
    private final Map<Path, Set<Path>> files = new HashMap<>();

    private @Nullable Set<Path> roots;

    KustomizeGraph(KustomizeBuild reader, DeployScan scan, UnreadDeployed unread, DeployingObjects deploying) {
        this.reader = reader;
        this.scan = scan;
        this.unread = unread;
        this.deploying = deploying;
    }

    /** Adds the kustomization of a folder, and what it includes. */
    void add(Path folder, ManifestNode reference) {
        roots = null;
        found.putIfAbsent(folder, reference);
        Deque<Path> open = new ArrayDeque<>(List.of(folder));
        Map<Path, ManifestNode> references = new HashMap<>(Map.of(folder, reference));
        while (!open.isEmpty()) {
            Path next = open.remove();
            if (!folders.containsKey(next)) {
                Map<Path, ManifestNode> included = included(next, references.getOrDefault(next, reference));
                folders.put(next, included.keySet());
                references.putAll(included);
                open.addAll(included.keySet());
            }
        }
    }

    /** What cannot be read is a problem of the kustomization that includes it, when that is built. */
    private Map<Path, ManifestNode> included(Path folder, ManifestNode reference) {
        Map<Path, ManifestNode> included = new LinkedHashMap<>();
        try {
            Kustomization kustomization = reader.read(folder, folder.toString(), reference);
            for (List<ManifestNode> references : List.of(
                    kustomization.resources(),
                    kustomization.components(),
                    kustomization.patchFiles(),
                    kustomization.elements("transformers"))) {
                for (ManifestNode named : references) {
                    KustomizeFiles.find(named, folder).ifPresent(path -> {
                        if (Files.isDirectory(path)) {
                            included.put(path, named);
                        } else {
                            files.computeIfAbsent(folder, by -> new HashSet<>()).add(path);
                        }
                    });
                }
            }
        } catch (InputException unreadable) {
            return included;
        }
        return included;
    }

    /** {@return whether a kustomization includes a file, or its folder as a kustomization} */
    boolean includes(Path file) {
        return files.values().stream().anyMatch(included -> included.contains(file));
    }

    /** {@return the folders of kustomizations that include a file, or others that do} */
    Set<Path> including(Path file) {
        Set<Path> all = new LinkedHashSet<>();
        files.forEach((folder, included) -> {
            if (included.contains(file)) {
                all.add(folder);
            }
        });
        Deque<Path> open = new ArrayDeque<>(all);
        for (Path next = open.poll(); next != null; next = open.poll()) {
            for (Map.Entry<Path, Set<Path>> entry : folders.entrySet()) {
                if (entry.getValue().contains(next) && all.add(entry.getKey())) {
                    open.add(entry.getKey());
                }
            }
        }
        return all;
    }

    /** {@return whether an object deploys a file or folder with changes, besides which it is judged as it is} */
    boolean deploys(Path file) {
        isRoot(file);
        return parts.contains(file);
    }

    /** {@return whether a kustomization is found and no other that is found includes it, or only in a circle} */
    boolean isRoot(Path folder) {
        Set<Path> now = roots;
        if (now == null) {
            Set<Path> all = new LinkedHashSet<>();
            unread.ahead(() -> all.addAll(roots()));
            now = all;
            roots = now;
        }
        return now.contains(folder);
    }

    /** {@return whether an Application of the run has what an override of Argo CD says} */
    boolean isApplied(Path override) {
        // Which are applied is known when all that is deployed has been looked at.
        return isRoot(override) || deploying.isApplied(override);
    }

    /** {@return whether a folder has a kustomization that others include or change} */
    boolean isBase(Path folder) {
        return found.containsKey(folder) && !isRoot(folder);
    }

    private Set<Path> roots() {
        Set<Path> included = new HashSet<>();
        Set<Path> started = new HashSet<>();
        for (Path file : scan.all()) {
            Set<Path> changed = deploying.changed(file);
            List<Path> by = files.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(file))
                    .map(Map.Entry::getKey)
                    .toList();
            // A file that no kustomization includes is read by itself, and then its objects deploy these.
            by.forEach(folder -> folders.merge(folder, changed, KustomizeGraph::union));
            if (by.isEmpty()) {
                started.addAll(changed);
            }
            changed.stream().filter(path -> scan.in(path).isEmpty()).forEach(parts::add);
        }
        folders.forEach((folder, others) ->
                others.stream().filter(other -> !other.equals(folder)).forEach(included::add));
        Set<Path> all = new LinkedHashSet<>();
        Set<Path> reached = new HashSet<>();
        included.addAll(started);
        started.forEach(folder -> reach(folder, reached));
        found.keySet().stream().filter(folder -> !included.contains(folder)).forEach(root -> {
            all.add(root);
            reach(root, reached);
        });
        for (Path folder : found.keySet()) {
            if (!reached.contains(folder)) {
                all.add(folder);
                reach(folder, reached);
            }
        }
        return all;
    }

    private static Set<Path> union(Set<Path> one, Set<Path> other) {
        Set<Path> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private void reach(Path root, Set<Path> reached) {
        Deque<Path> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Path next = open.remove();
            if (reached.add(next)) {
                open.addAll(folders.getOrDefault(next, Set.of()));
            }
        }
    }
}
