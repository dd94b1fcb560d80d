package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.ImageParts;
import io.imagegate.input.edit.WrittenInParts.Edit;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.policy.MutationScope;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Images that objects of a file give to charts and kustomizations, each by itself, so that it can be replaced where it is given. Not
 * thread-safe.
 */
final class GivenImages {

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final DeployScan scan;
    private final DeployingObjects deploying;
    private final ChangedKustomizations kustomizations;
    private final ObjectReading reading;

    GivenImages(
            KustomizeFiles files,
            KustomizeBudget budget,
            DeployScan scan,
            DeployingObjects deploying,
            ChangedKustomizations kustomizations,
            ObjectReading reading) {
        this.files = files;
        this.budget = budget;
        this.scan = scan;
        this.deploying = deploying;
        this.kustomizations = kustomizations;
        this.reading = reading;
    }

    /** Images of one content of a file. */
    private static final class Found {
        private final List<DeployedValues> images = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        /** Adds an image, once: an object may be read in several ways. */
        private void add(DeployedValues image) {
            ManifestNode node = image.nodes().get(0);
            String key = node.source.path() + ":" + node.line + ":" + node.column + ":"
                    + image.images().get(0).text();
            if (seen.add(key)) {
                images.add(image);
            }
        }
    }

    /** {@return the images that objects in a content of a file give} */
    List<DeployedValues> in(Path file, String name, byte[] content) throws InputException {
        budget.begin();
        Found found = new Found();
        ManifestSource source = new ManifestSource(name, file, 0, false);
        List<ManifestNode> objects = new ArrayList<>();
        for (ManifestNode document : ManifestDocuments.readResources(source, content, budget)) {
            objects.addAll(DeployScan.objects(document));
        }
        String text = new String(content, UTF_8);
        for (int i = 0; i < objects.size(); i++) {
            ManifestNode object = objects.get(i);
            int end = i + 1 < objects.size() ? objects.get(i + 1).offset : Integer.MAX_VALUE;
            GivenPlaces places = new GivenPlaces(file, text, object, end);
            for (DeployedSource deployed : deploying.sources(object)) {
                add(object, deployed, places, found);
            }
            ManifestNode job = DeployingKind.jobImage(object);
            if (job != null) {
                DeployedValues.given(object, job, places).forEach(found::add);
            }
        }
        return found.images;
    }

    private void add(ManifestNode object, DeployedSource source, GivenPlaces places, Found found)
            throws InputException {
        ManifestNode values = source.values() == null ? null : source.values().merged();
        if (values != null) {
            DeployedValues.given(object, values, places).forEach(found::add);
        }
        List<Path> folders = source.folders() == null ? List.of() : source.folders();
        if (source.changes().field("images") == null) {
            return;
        }
        if (source.values() != null || folders.isEmpty()) {
            addMade(object, ChangedKustomizations.ofChart(object, source), source, places, found);
            return;
        }
        for (Path folder : folders) {
            addMade(object, kustomizations.of(folder, object, source.changes()), source, places, found);
        }
    }

    /** Adds images whose version entries of the object decide. */
    private void addMade(
            ManifestNode object, Kustomization kustomization, DeployedSource source, GivenPlaces places, Found found)
            throws InputException {
        KustomizeBuild build = new KustomizeBuild(files, budget, missing -> {}, scan::isWanted);
        int mark = budget.mark();
        for (KustomizedObject made : build.objectsBesideOthers(kustomization, List.of())) {
            if (source.variables() != null) {
                source.variables().apply(made.root, budget);
            }
            for (MadeObject read : Kustomizations.read(made, reading)) {
                for (int i = 0; i < read.nodes().size(); i++) {
                    addEntry(object, read.object().images().get(i), read.nodes().get(i), places, found);
                }
            }
        }
        for (LooseImage loose : build.loose()) {
            addEntry(object, loose.object().images().get(0), loose.made(), places, found);
        }
        budget.release(mark);
    }

    private static void addEntry(
            ManifestNode object, ReviewedImage image, @Nullable ManifestNode made, GivenPlaces places, Found found) {
        if (made == null || made.origin == null) {
            return;
        }
        ManifestNode value = made;
        ImageOrigin origin = made.origin;
        ManifestNode version = origin.version();
        if (version != null && image.unknown().isEmpty() && places.isGiven(version)) {
            found.add(new DeployedValues(
                    object,
                    DeployingKind.objectKind(object),
                    List.of(image),
                    List.of(version),
                    MutationScope.AS_IN_PODS,
                    name -> edits(value, origin, name, places)));
        }
    }

    private static List<Edit> edits(ManifestNode made, ImageOrigin origin, ImageReference name, GivenPlaces places)
            throws InputException {
        ImageParts before = ImageParts.of(made.text);
        ImageParts after = ImageParts.of(name.text());
        ManifestNode version = origin.version();
        boolean renames = !after.name().equals(before.name());
        List<Edit> edits = new ArrayList<>();
        if (version != null && version.whole != null) {
            edits.add(places.edit(version.whole, text(version.whole.text, before, after), name));
            return edits;
        }
        if (renames && origin.name() == null) {
            throw places.refused(made, name);
        }
        if (renames) {
            edits.add(places.edit(origin.name(), after.name(), name));
        }
        if (version != null && !after.version().equals(before.version())) {
            edits.add(places.edit(version, after.version(), name));
        }
        return edits;
    }

    /** {@return a text of Argo CD, {@code name=other:tag} or {@code name:tag}, with another image} */
    private static String text(String written, ImageParts before, ImageParts after) {
        int sign = written.indexOf('=');
        ImageParts parts = ImageParts.of(written.substring(sign + 1));
        boolean renames = !after.name().equals(before.name());
        String prefix = sign < 0 && renames ? parts.name() + "=" : written.substring(0, sign + 1);
        return prefix + new ImageParts(renames ? after.name() : parts.name(), after.tag(), after.digest()).text();
    }
}
