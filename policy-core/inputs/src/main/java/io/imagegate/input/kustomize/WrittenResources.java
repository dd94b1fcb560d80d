package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.kubernetes.DefinitionText;
import io.imagegate.input.kubernetes.FileObjects;
import io.imagegate.input.kubernetes.ObjectReading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The resources of kustomizations that cannot be built, as they are written: what a kustomization would make of their images is not
 * known, but these are. Each file is read once in a run. Not thread-safe.
 */
final class WrittenResources {

    private final KustomizeBuild build;
    private final KustomizeFiles files;
    private final ObjectReading reading;
    private final Set<Path> read = new HashSet<>();

    WrittenResources(KustomizeBuild build, KustomizeFiles files, ObjectReading reading) {
        this.build = build;
        this.files = files;
        this.reading = reading;
    }

    /**
     * Passes on the objects in files of a kustomization and of those that it includes. What cannot be read is left out: that the
     * kustomization cannot be built is a problem already.
     */
    void find(Kustomization root, InputListener found) {
        Deque<Kustomization> open = new ArrayDeque<>(List.of(root));
        for (Kustomization next = open.poll(); next != null; next = open.poll()) {
            for (ManifestNode reference : references(next)) {
                try {
                    Optional<Path> path = KustomizeFiles.find(reference, next.folder);
                    if (path.isPresent() && read.add(path.get())) {
                        if (Files.isDirectory(path.get())) {
                            open.add(build.read(path.get(), KustomizeFiles.name(reference), reference));
                        } else {
                            find(path.get(), KustomizeFiles.name(reference), found);
                        }
                    }
                } catch (InputException | IOException unreadable) {
                    // See above.
                }
            }
        }
    }

    private static List<ManifestNode> references(Kustomization kustomization) {
        List<ManifestNode> references = new ArrayList<>();
        try {
            references.addAll(kustomization.resources());
            references.addAll(kustomization.components());
        } catch (InputException malformed) {
            // See above.
        }
        return references;
    }

    private void find(Path file, String name, InputListener found) throws InputException, IOException {
        FileObjects.readFile(
                name,
                new ByteArrayInputStream(DefinitionText.passed(files.read(file))),
                reading,
                found::object,
                kindless -> {
                    // See above.
                });
    }
}
