package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what objects of Flux, Argo CD and k3s name: files of values and others, and texts. Not thread-safe. */
final class DeployedFiles {

    final RepositoryPaths paths;
    final NamedObjects named;
    final UnreadDeployed unread;
    private final KustomizeFiles files;
    private final KustomizeBudget budget;

    DeployedFiles(
            KustomizeFiles files,
            KustomizeBudget budget,
            RepositoryPaths paths,
            NamedObjects named,
            UnreadDeployed unread) {
        this.files = files;
        this.budget = budget;
        this.paths = paths;
        this.named = named;
        this.unread = unread;
    }

    /** Adds a file of defaults of a chart. {@return whether there is one} */
    boolean defaults(ManifestNode object, String path, ChartLayers layers) throws InputException {
        List<ManifestNode> documents = values(object, path);
        for (ManifestNode document : documents == null ? List.<ManifestNode>of() : documents) {
            layers.addDefaults(document);
        }
        return documents != null;
    }

    /** {@return what is in a file of values; null if there is none, or there are several that the path may mean} */
    @Nullable
    List<ManifestNode> values(ManifestNode object, String path) throws InputException {
        List<Path> found =
                paths.paths(object, path).stream().filter(Files::isRegularFile).toList();
        if (found.size() != 1) {
            return null;
        }
        List<ManifestNode> documents = documents(found.get(0));
        for (ManifestNode other : documents.subList(Math.min(1, documents.size()), documents.size())) {
            unread.document(other);
        }
        return documents;
    }

    /** {@return the bytes of a file; none for one that cannot be read, which is a problem when it is} */
    byte[] content(Path file) {
        try {
            return files.read(file);
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    /** {@return what is in a file} */
    List<ManifestNode> documents(Path file) throws InputException {
        Path shown = paths.shown(file);
        return files.documents(new ManifestSource(shown.toString(), file, 0, false), ManifestNode.named(shown), budget);
    }

    /** {@return the values in a text} */
    ManifestNode document(ManifestNode text) throws InputException {
        ManifestSource source = new ManifestSource(text.source.name(), text.source.path(), text.line, true, text);
        budget.open(text);
        List<ManifestNode> documents = ManifestDocuments.read(source, text.text.getBytes(UTF_8), budget);
        return documents.isEmpty() ? text.object() : documents.get(0);
    }
}
