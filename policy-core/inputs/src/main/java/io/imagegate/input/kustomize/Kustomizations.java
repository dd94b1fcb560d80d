package io.imagegate.input.kustomize;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.kubernetes.FileObjects;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.kubernetes.KindsWithoutImages;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The kustomizations of a run: the objects that {@code kubectl kustomize} makes of them, with the images that {@code images} and
 * patches give them. Resources, components and patches in local files are followed; folders may be anywhere, files are in the
 * folder that includes them. Not thread-safe.
 */
public final class Kustomizations implements Input {

    private static final Pattern VERSION = Pattern.compile("apiVersion:\\s*[\"']?kustomize\\.config\\.k8s\\.io/.*");

    private final KustomizeFiles files = new KustomizeFiles();
    private final KustomizeBudget budget = new KustomizeBudget();
    private final ObjectReading reading;
    private final Manifests manifests;
    private final KustomizeBuild build;
    private final RepositoryPaths paths;
    private final DeployScan scan;
    private final DeployingObjects deploying;
    private final Deployments deployments;
    private final KustomizeGraph graph;
    private final GivenImages given;
    private final KustomizePins pins;
    private final WrittenResources written;
    private final Set<Path> found = new HashSet<>();
    private final UnreadParts unread = new UnreadParts();

    /**
     * Creates an empty set.
     *
     * @param reading how objects are read
     * @param repository the repository that the files are of
     */
    public Kustomizations(ObjectReading reading, RepositoryUrls repository) {
        this.reading = reading;
        manifests = new Manifests(reading);
        Consumer<ManifestNode> told = reference -> unread.include(
                reference.source.path() + ":" + reference.line + ":" + reference.column,
                reference.source.name() + ":" + reference.line + ": " + UnreadResource.name(reference));
        paths = new RepositoryPaths(budget);
        NamedObjects named = new NamedObjects(files, budget);
        UnreadDeployed unreadDeployed = new UnreadDeployed(unread, paths);
        scan = new DeployScan(files, budget, named, paths);
        DeployedFiles deployed = new DeployedFiles(files, budget, paths, named, unreadDeployed);
        build = new KustomizeBuild(files, budget, told, scan::isWanted);
        FolderResources resources = new FolderResources(files, budget, paths);
        ChangedKustomizations changed = new ChangedKustomizations(build, budget, paths, resources);
        deploying = new DeployingObjects(
                budget,
                told,
                scan,
                deployed,
                resources,
                found -> new FluxSources(deployed, budget, unread, repository, found),
                objects -> new PatchedObjects(files, budget, scan, changed, this::including, objects));
        deployments = new Deployments(files, budget, told, scan, deployed, deploying, changed, resources, this::isPart);
        graph = new KustomizeGraph(build, scan, unreadDeployed, deploying);
        given = new GivenImages(files, budget, scan, deploying, changed, reading);
        pins = new KustomizePins(files, reading, given);
        written = new WrittenResources(build, files, reading);
    }

    @Override
    public String name() {
        return "kustomize";
    }

    @Override
    public boolean isOfStreams() {
        return false;
    }

    @Override
    public Set<Path> sources(Path file) throws InputException {
        return isNamed(file) ? KustomizeSources.of(folder(file)) : Input.super.sources(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return Kustomization.FILES.contains(String.valueOf(file.getFileName()));
    }

    /**
     * Adds a kustomization: an overlay may come after its base. Flux, for example, has objects in files of the same name.
     */
    @Override
    public void announce(Path file) {
        if (Manifests.areIn(file)) {
            scan.announce(file);
        }
        if (isNamed(file) && mayBeOne(file)) {
            graph.add(folder(file), ManifestNode.named(file));
            found.add(key(file));
        }
    }

    /** {@return whether a file is a kustomization, or may be one and cannot be read} */
    private boolean mayBeOne(Path file) {
        budget.begin();
        try {
            ManifestSource source = new ManifestSource(file.toString(), file.toRealPath(), 0, false);
            return files.documents(source, ManifestNode.named(file), budget).stream()
                    .allMatch(Kustomization::is);
        } catch (IOException | InputException unreadable) {
            // It is a problem when it is read.
            return true;
        }
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
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

    /** {@return whether a file is a kustomization of this set, or one includes it as a resource or a patch} */
    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        return path == null
                ? startsLikeOne(file)
                : found.contains(key(path)) || includes(path) || (isDeployed(path) && !file.isReplaceable());
    }

    /** {@return whether the first object of a stream is one, whose files are not known} */
    private static boolean startsLikeOne(InputFile file) throws IOException {
        return PlainText.start(file)
                .lines()
                .dropWhile(line -> line.isBlank() || line.startsWith("---") || line.startsWith("#"))
                .takeWhile(line -> !line.startsWith("---"))
                .anyMatch(line -> VERSION.matcher(line).matches());
    }

    /** {@return whether a file is an override of Argo CD whose Application is not in the run} */
    public boolean isUnapplied(Path file) {
        try {
            return ArgoOverrides.isOne(file) && !graph.isApplied(paths.real(file));
        } catch (IOException missing) {
            return false;
        }
    }

    /** Tells of an override of Argo CD whose Application is not in the run. */
    public void readUnapplied(Path file, InputListener found) {
        unread.of(found);
        unread.add(
                "Argo CD override",
                SafeText.escape(file.toString()),
                "expected its Application in files of this run, to judge what both deploy");
    }

    private boolean isDeployed(Path file) {
        try {
            return graph.deploys(paths.real(file));
        } catch (IOException missing) {
            return false;
        }
    }

    /** {@return whether a file or folder, without links, is judged only as a part of what includes it} */
    private boolean isPart(Path path) {
        return graph.includes(path) || graph.isBase(path);
    }

    private Set<Path> including(Path file) {
        return graph.including(file);
    }

    private boolean includes(Path file) {
        try {
            return graph.includes(paths.real(file));
        } catch (IOException missing) {
            return false;
        }
    }

    /**
     * Reads the objects that a kustomization makes. Their images are those after all patches and {@code images}. If another one
     * includes it, they are what it makes alone, as a part. Files that a kustomization includes have no objects of their own, but for
     * the resources of one that cannot be built: these are judged as they are written, beside the problem.
     */
    @Override
    public void read(InputFile file, InputListener listener) throws IOException, InputException {
        unread.of(listener);
        Path path = file.path();
        if (path != null && isDeployed(path) && !includes(path)) {
            List<InputObject> alone = new ArrayList<>();
            manifests.readWhole(file, new Collected(alone, listener));
            listener.part(InputListener.DEPLOYED, file.name(), alone);
            return;
        }
        if (path == null || !(isNamed(path) || includes(path))) {
            throw new InputException(
                    file.name(),
                    1,
                    1,
                    "a kustomization is a file named " + String.join(" or ", Kustomization.FILES)
                            + ", and names others: expected its folder, or what is made of it, as in"
                            + " kubectl kustomize DIR | imagegate check --policy FILE -");
        }
        if (!found.contains(key(path))) {
            listener.part("file", file.name(), List.of());
            if (file.isReplaceable()) {
                readGiven(path, listener);
            }
            return;
        }
        Kustomization root = root(build, path);
        try {
            read(root, path, file.name(), file.isReplaceable(), listener);
        } catch (InputException unbuildable) {
            if (!file.isReplaceable()) {
                written.find(root, listener);
            }
            throw unbuildable;
        }
    }

    private void read(Kustomization root, Path path, String name, boolean replaceable, InputListener listener)
            throws InputException {
        // What an object deploys with changes is a part of that alone, and nobody else replaces its images.
        boolean isWritten = graph.isRoot(folder(path)) || (!root.isComponent() && graph.deploys(folder(path)));
        if (isWritten && replaceable) {
            List<MadeObject> made = objects(build, root, reading);
            pins.add(path, made, build.loose());
            made.forEach(one -> listener.object(one.object()));
            build.loose().forEach(image -> listener.object(image.object()));
        } else if (graph.isRoot(folder(path))) {
            List<InputObject> all = new ArrayList<>();
            deploy(build.objects(root), true, all::add, listener);
            all.forEach(listener::object);
            build.loose().forEach(image -> listener.object(image.object()));
        } else if (root.isComponent()) {
            listener.part("Component", name, List.of());
        } else {
            List<InputObject> alone = new ArrayList<>();
            deploy(build.objects(root), false, alone::add, listener);
            build.loose().forEach(image -> alone.add(image.object()));
            listener.part(graph.deploys(folder(path)) ? InputListener.DEPLOYED : "base", name, alone);
        }
    }

    /**
     * {@return what a file is for kustomizations, no Component if it cannot be read; empty if it is none and none includes it}
     *
     * @param file the file
     */
    public Optional<KustomizeRole> role(Path file) {
        if (!found.contains(key(file))) {
            return includes(file) ? Optional.of(KustomizeRole.FILE) : Optional.empty();
        }
        KustomizeRole alone = graph.isRoot(folder(file)) ? KustomizeRole.ROOT : KustomizeRole.BASE;
        try {
            return Optional.of(root(build, file).isComponent() ? KustomizeRole.COMPONENT : alone);
        } catch (InputException unreadable) {
            return Optional.of(alone);
        }
    }

    static Kustomization root(KustomizeBuild build, Path file) throws InputException {
        return build.read(folder(file), file.resolveSibling("").toString(), ManifestNode.named(file));
    }

    static List<MadeObject> objects(KustomizeBuild build, Kustomization root, ObjectReading reading)
            throws InputException {
        List<MadeObject> made = new ArrayList<>();
        for (KustomizedObject object : build.objects(root)) {
            made.addAll(read(object, reading));
        }
        return made;
    }

    static List<MadeObject> read(KustomizedObject object, ObjectReading reading) throws InputException {
        List<MadeObject> made = new ArrayList<>();
        NodeCursor cursor = new NodeCursor(object.root, FileSyntax.LIMITS);
        FileObjects.fileWalker(
                        cursor, object.root.source.name(), reading, read -> made.add(MadeObject.of(read, cursor)), null)
                .document();
        requireKnown(object, cursor, made);
        return made;
    }

    /**
     * Passes on objects that a kustomization makes, and what those of Flux, Argo CD and k3s deploy.
     *
     * @param deep whether folders that they deploy are built, too
     */
    private void deploy(List<KustomizedObject> objects, boolean deep, Consumer<InputObject> to, InputListener listener)
            throws InputException {
        deployments.deployTogether(objects, deep, made(to, listener));
    }

    private Deployments.Made made(Consumer<InputObject> to, InputListener listener) {
        return new Deployments.Made() {
            @Override
            public void object(KustomizedObject made) throws InputException {
                read(made, reading).forEach(one -> to.accept(one.object()));
            }

            @Override
            public void value(InputObject value) {
                to.accept(value);
            }

            @Override
            public void problem(InputException problem) {
                listener.problem(problem);
            }
        };
    }

    /** Collects objects. */
    private record Collected(List<InputObject> objects, InputListener next) implements InputListener {

        @Override
        public void object(InputObject object) {
            objects.add(object);
        }

        @Override
        public void skipped(String why) {
            next.skipped(why);
        }

        @Override
        public void problem(InputException problem) {
            next.problem(problem);
        }
    }

    /** {@return whether a file has objects of Flux, Argo CD or k3s that deploy something} */
    public boolean deploys(Path file) {
        return scan.deploys(file);
    }

    /** {@return whether objects of a kind deploy something} */
    public static boolean isDeploying(String kind) {
        return DeployingKind.isOne(kind);
    }

    /** {@return whether all images of objects of a kind are those of {@link #given}} */
    public static boolean isGiving(String kind) {
        return DeployingKind.isGiving(kind);
    }

    /**
     * Reads the objects of a file that deploy something, and what they deploy.
     *
     * @param file a file of which {@link #deploys} is true
     * @param listener called with all objects
     */
    public void readDeployed(Path file, InputListener listener) throws InputException {
        unread.of(listener);
        scan.requireScanned(file);
        budget.begin();
        Deployments.Made made = made(listener::object, listener);
        for (ManifestNode object : scan.in(file)) {
            deployments.deploy(new KustomizedObject(object, false), true, made);
        }
    }

    /**
     * {@return the images that objects of a file give to charts and kustomizations, and that no other format replaces}
     *
     * @param file the file
     * @param content what is in it, perhaps after images were replaced
     */
    public List<? extends InputObject> given(Path file, byte[] content) throws IOException, InputException {
        return given.in(paths.real(file), file.toString(), content);
    }

    /** Reads the images that objects of a file of a kustomization give, to replace them with others of the kustomization. */
    private void readGiven(Path file, InputListener listener) throws IOException, InputException {
        Path real = paths.real(file);
        if (!scan.in(real).isEmpty()) {
            List<DeployedValues> images = given.in(real, file.toString(), files.read(real));
            pins.give(real, file.toString(), images);
            images.forEach(listener::object);
        }
    }

    /** Refuses what was read of an object if it is not known, and images are in the object or may be. */
    private static void requireKnown(KustomizedObject object, NodeCursor cursor, List<MadeObject> read)
            throws InputException {
        object.requireKnownId(Set.of("group", "kind"));
        ManifestNode text = cursor.unknownText();
        ManifestNode structure = cursor.unknownStructure();
        if (text != null && read.stream().anyMatch(made -> !made.nodes().isEmpty())) {
            text.requireKnown();
        }
        ObjectKind kind = ObjectKind.of(object.root.text("apiVersion"), object.root.text("kind"));
        if (structure != null && !KindsWithoutImages.contains(kind)) {
            structure.requireKnown();
        }
    }

    @Override
    public boolean owns(InputObject object) {
        return pins.owns(object);
    }

    /** Replaces an image where its name or its version is written: in an object, a patch, or an entry of a kustomization. */
    @Override
    public void replace(InputObject object, ReviewedImage image, ImageReference name) throws InputException {
        pins.replace(object, image, name);
    }

    @Override
    public List<ChangedFile> changes(Consumer<InputException> refused) {
        try {
            return pins.changes();
        } catch (InputException unchangeable) {
            refused.accept(unchangeable);
            return List.of();
        }
    }
}
