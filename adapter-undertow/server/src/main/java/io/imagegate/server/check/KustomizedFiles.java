package io.imagegate.server.check;

import io.imagegate.manifest.Kustomizations;
import io.imagegate.manifest.ManifestException;
import io.imagegate.server.check.report.ShownText;
import io.imagegate.server.pin.RewrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The kustomizations of a run, and the files that they include, which are not checked by themselves. Not thread-safe. */
final class KustomizedFiles {

    private static final String UNREAD = "Kustomize resource";

    private final Checker checker;
    private final @Nullable RewrittenFiles rewritten;
    private final Kustomizations kustomizations;
    private final Set<Path> found = new HashSet<>();

    KustomizedFiles(Checker checker, Consumer<String> notes, @Nullable RewrittenFiles rewritten) {
        this.checker = checker;
        this.rewritten = rewritten;
        this.kustomizations = new Kustomizations(unread -> {
            notes.accept(ShownText.escape(unread) + ": not read: expected a local file or folder");
            checker.leaveOut(UNREAD);
        });
        if (rewritten != null) {
            rewritten.use(kustomizations);
        }
    }

    /** Finds the kustomizations in a file or folder before anything is checked: an overlay may come after its base. */
    void find(String name, Exclusions exclusions) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                ManifestFolder.files(path, exclusions, leftOut -> {}, (file, unreadable) -> {})
                        .forEach(this::add);
            } else {
                add(path);
            }
            if (rewritten != null) {
                rewritten.allow(path.toRealPath());
            }
        } catch (InvalidPathException | IOException unusable) {
            // It is a problem when it is read.
        }
    }

    private void add(Path file) {
        if (Kustomizations.isNamed(file) && kustomizations.add(file)) {
            found.add(key(file));
        }
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /**
     * Checks what a kustomization makes, if a file is one that no other includes.
     *
     * @return whether the file is a kustomization or is included by one, so that it is not to be read by itself
     */
    boolean read(Path file) {
        if (!found.contains(key(file))) {
            return kustomizations.includes(file);
        }
        if (kustomizations.isRoot(file)) {
            try {
                kustomizations.read(file, object -> checker.manifest(object, ""));
            } catch (ManifestException unusable) {
                checker.problem(String.valueOf(unusable.getMessage()));
            }
        }
        return true;
    }
}
