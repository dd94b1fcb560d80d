package io.imagegate.manifest;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import io.imagegate.wire.WireLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The kustomizations of a run: the objects that {@code kubectl kustomize} makes of them, with the images that {@code images} and
 * patches give them. Resources, components and patches in local files are followed; folders may be anywhere, files are in the
 * folder that includes them. Not thread-safe.
 *
 * <pre>{@code
 * Kustomizations kustomizations = new Kustomizations(remote -> System.err.println("not read: " + remote));
 * Path file = Path.of("overlays/prod/kustomization.yaml");
 * if (kustomizations.add(file) && kustomizations.isRoot(file)) {
 *     kustomizations.read(file, object -> System.out.println(object.images()));
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class Kustomizations {

    private final KustomizeFiles files = new KustomizeFiles();
    private final KustomizeBudget budget = new KustomizeBudget();
    private final KustomizeBuild build;
    private final KustomizeGraph graph;
    private final KustomizePins pins;

    /**
     * Creates an empty set.
     *
     * @param unread called with the place and the name of each resource that is not read, because it is no local file; once for
     *     each place
     */
    public Kustomizations(Consumer<String> unread) {
        Set<String> seen = new HashSet<>();
        Consumer<ManifestNode> once = reference -> {
            String line = reference.source.name() + ":" + reference.line + ": "
                    + (reference.isScalar() ? SafeText.quote(reference.text, 100) : "a generator");
            if (seen.add(line)) {
                unread.accept(line);
            }
        };
        build = new KustomizeBuild(files, budget, once);
        graph = new KustomizeGraph(build);
        pins = new KustomizePins(files);
    }

    /**
     * {@return whether a file is named like a kustomization}
     *
     * @param file the file
     */
    public static boolean isNamed(Path file) {
        return Kustomization.FILES.contains(String.valueOf(file.getFileName()));
    }

    /**
     * Adds a kustomization.
     *
     * @param file its file
     * @return whether it is one, or may be one and cannot be read; Flux has objects in files of the same name, for example
     */
    public boolean add(Path file) {
        ManifestNode reference = ManifestNode.named(file);
        budget.begin();
        try {
            Path real = file.toRealPath();
            ManifestSource source = new ManifestSource(file.toString(), real, 0, false);
            for (ManifestNode document : files.documents(source, reference, budget)) {
                if (!Kustomization.is(document)) {
                    return false;
                }
            }
        } catch (IOException | ManifestException unreadable) {
            // It is a problem when it is read.
        }
        graph.add(folder(file), reference);
        return true;
    }

    /** {@return the folder of a file, without links} */
    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        try {
            return folder.toRealPath();
        } catch (IOException missing) {
            return folder;
        }
    }

    /**
     * {@return whether a kustomization is one that no other of this set includes}
     *
     * @param file its file
     */
    public boolean isRoot(Path file) {
        return graph.isRoot(folder(file));
    }

    /**
     * {@return whether a kustomization of this set includes a file, as a resource or a patch: what becomes of it is among the
     * objects of that kustomization}
     *
     * @param file the file
     */
    public boolean includes(Path file) {
        try {
            return graph.includes(file.toRealPath());
        } catch (IOException missing) {
            return false;
        }
    }

    /**
     * Reads the objects that a kustomization makes. Their images are those after all patches and {@code images}.
     *
     * @param file its file
     * @param objects receives each object
     * @throws ManifestException if it, or what it includes, cannot be read, or has an effect on images that is not known
     */
    public void read(Path file, Consumer<ManifestObject> objects) throws ManifestException {
        List<ManifestObject> made = objects(build, file);
        pins.add(file, made);
        made.forEach(objects);
    }

    static List<ManifestObject> objects(KustomizeBuild build, Path file) throws ManifestException {
        Kustomization root = build.read(folder(file), file.resolveSibling("").toString(), ManifestNode.named(file));
        List<ManifestObject> made = new ArrayList<>();
        for (KustomizedObject object : build.objects(root)) {
            NodeCursor cursor = new NodeCursor(object.root, ManifestReader.TEXT);
            new ManifestWalker<>(
                            cursor,
                            object.root.source.name(),
                            WireLimits.DEFAULTS,
                            read -> made.add(read.madeOf(cursor)),
                            null)
                    .document();
        }
        return made;
    }

    /**
     * {@return whether an object is one of a kustomization that was read}
     *
     * @param object the object
     */
    public boolean owns(ManifestObject object) {
        return pins.owns(object);
    }

    /**
     * Replaces an image, in the file where its name or its version is written: an object, a patch, or an entry of a
     * kustomization.
     *
     * @param object an object of a kustomization that was read
     * @param image one of its images
     * @param name the new name
     * @throws ManifestException if it cannot be replaced there; the message says why
     */
    public void replace(ManifestObject object, ReviewedImage image, ImageReference name) throws ManifestException {
        pins.replace(object, image, name);
    }

    /**
     * {@return the files that change. The kustomizations are read again with their new content, and all images are compared}
     *
     * @throws ManifestException if another image would change, or one cannot be replaced
     */
    public List<ChangedFile> changes() throws ManifestException {
        return pins.changes();
    }

    /**
     * A file in which images are replaced.
     *
     * @param name its name, as it is reached from the kustomization that was read first
     * @param path the file, without links
     * @param before its content as it was read
     * @param after its new content
     * @param images number of replaced values
     */
    public record ChangedFile(String name, Path path, String before, String after, int images) {}
}
