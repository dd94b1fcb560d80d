package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.ImageParts;
import io.imagegate.input.edit.ReplacedText;
import io.imagegate.input.edit.ScalarReplacement;
import io.imagegate.input.edit.WrittenInParts.Edit;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Replaces images of kustomizations where their names and versions are written. Not thread-safe. */
final class KustomizePins {

    private static final int SHOWN = 100;

    private final KustomizeFiles files;
    private final ObjectReading reading;
    /** Objects by the file of their kustomization. */
    private final Map<Path, List<MadeObject>> made = new LinkedHashMap<>();
    /** Images that kustomizations make of what is not read, by the file of the kustomization. */
    private final Map<Path, List<LooseImage>> loose = new HashMap<>();
    /** What the images of each object are to be. */
    private final Map<InputObject, List<String>> wanted = new HashMap<>();
    /** The values of the images of each object. */
    private final Map<InputObject, List<@Nullable ManifestNode>> nodes = new HashMap<>();

    private final Map<Path, TreeMap<Integer, ScalarReplacement>> replacements = new LinkedHashMap<>();
    private final Map<Path, String> names = new HashMap<>();

    /** Images that objects of files give, by their file. */
    private final Map<Path, List<DeployedValues>> given = new LinkedHashMap<>();

    private final GivenImages givenImages;

    KustomizePins(KustomizeFiles files, ObjectReading reading, GivenImages givenImages) {
        this.reading = reading;
        this.givenImages = givenImages;
        this.files = files;
    }

    void add(Path file, List<MadeObject> objects, List<LooseImage> images) {
        made.put(file, objects);
        loose.put(file, images);
        objects.forEach(one -> nodes.put(one.object(), one.nodes()));
        images.forEach(one -> nodes.put(one.object(), List.of(one.made())));
        for (InputObject object : all(objects, images)) {
            wanted.put(object, new ArrayList<>(texts(object)));
        }
    }

    /** Adds images that objects of a file give. */
    void give(Path file, String name, List<DeployedValues> images) {
        given.put(file, images);
        names.putIfAbsent(file, name);
        images.forEach(image -> wanted.put(image, new ArrayList<>(texts(image))));
    }

    private static List<InputObject> all(List<MadeObject> objects, List<LooseImage> images) {
        return Stream.concat(
                        objects.stream().map(MadeObject::object),
                        images.stream().map(LooseImage::object))
                .toList();
    }

    private static List<String> texts(InputObject object) {
        return object.images().stream().map(ReviewedImage::text).toList();
    }

    boolean owns(InputObject object) {
        return wanted.containsKey(object);
    }

    void replace(InputObject object, ReviewedImage image, ImageReference name) throws InputException {
        int index = object.images().indexOf(image);
        if (object instanceof DeployedValues values) {
            Path file = values.object().source.path();
            for (Edit edit : values.edits(name)) {
                replace(file, edit, values.nodes().get(0));
            }
            wanted.getOrDefault(object, new ArrayList<>()).set(index, name.text());
            return;
        }
        ManifestNode now =
                Objects.requireNonNull(Objects.requireNonNull(nodes.get(object)).get(index));
        ImageOrigin origin = now.origin;
        if (origin == null) {
            replace(now, name.text());
        } else {
            replace(now, origin, ImageParts.of(now.text), ImageParts.of(name.text()));
        }
        wanted.getOrDefault(object, new ArrayList<>()).set(index, name.text());
    }

    private void replace(ManifestNode now, ImageOrigin origin, ImageParts before, ImageParts after)
            throws InputException {
        if (!after.name().equals(before.name())) {
            if (origin.name() == null) {
                throw now.malformed("images match the name " + SafeText.quote(before.name(), SHOWN)
                        + ", so it cannot get another one in its object: write newName");
            }
            replace(origin.name(), after.name());
        }
        if (!after.version().equals(before.version())) {
            ManifestNode version = origin.version();
            ManifestNode written = origin.written();
            if (version == null) {
                ImageParts parts = ImageParts.of(written.text);
                replace(written, new ImageParts(parts.name(), after.tag(), after.digest()).text());
            } else {
                replace(version, after.version());
            }
        }
    }

    /** An image of several objects is one value, which can have one text alone. */
    private void replace(ManifestNode value, String text) throws InputException {
        if (value.offset < 0) {
            throw value.malformed("this image is written in a patch in the kustomization, where it cannot be replaced:"
                    + " write the patch into a file");
        }
        Path file = value.source.path();
        names.putIfAbsent(file, value.source.name());
        replace(file, Edit.of(value.offset, value.line, value.text, text), value);
    }

    private void replace(Path file, Edit edit, ManifestNode value) throws InputException {
        ScalarReplacement known = replacements
                .computeIfAbsent(file, path -> new TreeMap<>())
                .putIfAbsent(edit.offset(), ScalarReplacement.of(edit));
        if (known != null && !known.after().equals(edit.after())) {
            throw value.malformed("one value would get two names, " + SafeText.quote(edit.after(), SHOWN) + " and "
                    + SafeText.quote(known.after(), SHOWN) + ": write images with newTag in each kustomization");
        }
    }

    List<ChangedFile> changes() throws InputException {
        List<ChangedFile> changes = new ArrayList<>();
        Map<Path, byte[]> changed = new HashMap<>();
        for (Map.Entry<Path, TreeMap<Integer, ScalarReplacement>> entry : replacements.entrySet()) {
            Path path = entry.getKey();
            String name = String.valueOf(names.get(path));
            byte[] before = files.content(path);
            byte[] after = ReplacedText.of(name, before, entry.getValue());
            changed.put(path, after);
            changes.add(new ChangedFile(
                    name,
                    path,
                    new String(before, UTF_8),
                    new String(after, UTF_8),
                    entry.getValue().size()));
        }
        requireGiven(changed);
        if (!changed.isEmpty()) {
            requireWanted(new KustomizeBuild(files.with(changed), new KustomizeBudget(), unread -> {}, name -> false));
        }
        return changes;
    }

    /** Reads the images that objects give in changed files, and compares them with what they should be. */
    private void requireGiven(Map<Path, byte[]> changed) throws InputException {
        for (Map.Entry<Path, List<DeployedValues>> entry : given.entrySet()) {
            byte[] content = changed.get(entry.getKey());
            if (content != null) {
                String name = String.valueOf(names.get(entry.getKey()));
                List<DeployedValues> now = givenImages.in(entry.getKey(), name, content);
                List<List<String>> texts =
                        now.stream().map(KustomizePins::texts).toList();
                if (!texts.equals(entry.getValue().stream().map(wanted::get).toList())) {
                    throw new InputException(
                            name, "after the images were replaced, its objects would give others: nothing is replaced");
                }
            }
        }
    }

    private void requireWanted(KustomizeBuild build) throws InputException {
        for (Map.Entry<Path, List<MadeObject>> entry : made.entrySet()) {
            List<InputObject> before = all(entry.getValue(), loose.getOrDefault(entry.getKey(), List.of()));
            List<MadeObject> objects =
                    Kustomizations.objects(build, Kustomizations.root(build, entry.getKey()), reading);
            List<InputObject> now = all(objects, build.loose());
            boolean same = now.size() == before.size();
            for (int i = 0; same && i < now.size(); i++) {
                List<String> images = wanted.getOrDefault(before.get(i), List.of());
                List<@Nullable ManifestNode> written = nodes.getOrDefault(before.get(i), List.of());
                List<String> texts = texts(now.get(i));
                same = texts.size() == images.size();
                for (int j = 0; same && j < texts.size(); j++) {
                    // One in parts is compared where an object gives it.
                    same = written.get(j) == null || texts.get(j).equals(images.get(j));
                }
            }
            if (!same) {
                throw new InputException(
                        entry.getKey().toString(),
                        1,
                        1,
                        "after the images were replaced, this kustomization would have others: nothing is replaced");
            }
        }
    }
}
