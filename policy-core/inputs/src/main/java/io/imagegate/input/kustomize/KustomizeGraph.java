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
    /** Folders of kustomizations by those that include them; an empty set for those that cannot be read. */
    private final Map<Path, Set<Path>> folders = new HashMap<>();

    private final Map<Path, ManifestNode> found = new LinkedHashMap<>();
    private final Set<Path> files = new HashSet<>();
    private @Nullable Set<Path> roots;

    KustomizeGraph(KustomizeBuild reader) {
        this.reader = reader;
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
            for (List<ManifestNode> references :
                    List.of(kustomization.resources(), kustomization.components(), kustomization.patchFiles())) {
                for (ManifestNode named : references) {
                    KustomizeFiles.find(named, folder).ifPresent(path -> {
                        if (Files.isDirectory(path)) {
                            included.put(path, named);
                        } else {
                            files.add(path);
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
        return files.contains(file);
    }

    /** {@return whether a kustomization is found and no other that is found includes it, or only in a circle} */
    boolean isRoot(Path folder) {
        Set<Path> now = roots;
        if (now == null) {
            now = roots();
            roots = now;
        }
        return now.contains(folder);
    }

    private Set<Path> roots() {
        Set<Path> included = new HashSet<>();
        folders.forEach((folder, others) ->
                others.stream().filter(other -> !other.equals(folder)).forEach(included::add));
        Set<Path> all = new LinkedHashSet<>();
        Set<Path> reached = new HashSet<>();
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
