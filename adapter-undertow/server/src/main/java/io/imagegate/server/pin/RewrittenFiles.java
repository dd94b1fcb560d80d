package io.imagegate.server.pin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.manifest.Kustomizations;
import io.imagegate.manifest.Kustomizations.ChangedFile;
import io.imagegate.manifest.ManifestException;
import io.imagegate.manifest.ManifestObject;
import io.imagegate.manifest.ManifestText;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files whose images get the names of decisions. They are read once, kept, and written together: all or none. Not
 * thread-safe.
 */
public final class RewrittenFiles {

    /** Longest file; check reads longer ones, because it need not keep them. */
    static final int LONGEST = 16 << 20;

    private static final long LONGEST_TOGETHER = 128L << 20;

    private final Consumer<String> problems;
    private final List<OpenFile> files = new ArrayList<>();
    private final Set<Path> names = new HashSet<>();
    private final Map<ManifestObject, OpenFile> owners = new HashMap<>();
    private final List<Path> allowed = new ArrayList<>();
    private @Nullable Kustomizations kustomizations;
    private long length;

    /** A file as it was read; without a path it is standard input. */
    private static final class OpenFile {
        final String name;
        final @Nullable Path path;
        final byte[] content;
        final ManifestText text;
        int images;

        OpenFile(String name, @Nullable Path path, byte[] content, ManifestText text) {
            this.name = name;
            this.path = path;
            this.content = content;
            this.text = text;
        }
    }

    /**
     * A file that changes.
     *
     * @param name its name; that of standard input is empty
     * @param path where it is; null for standard input
     * @param before its content as it was read
     * @param after its new content
     * @param images number of images that get another name
     */
    public record Change(String name, @Nullable Path path, String before, String after, int images) {

        /** {@return the difference in the unified format} */
        public String diff() {
            return UnifiedDiff.of(name.isEmpty() ? "-" : name, before, after);
        }
    }

    /**
     * Creates an empty set of files.
     *
     * @param problems called with each reason why an image cannot be replaced
     */
    public RewrittenFiles(Consumer<String> problems) {
        this.problems = problems;
    }

    /**
     * Sets the kustomizations whose files may be written, too.
     *
     * @param others the kustomizations
     */
    public void use(Kustomizations others) {
        kustomizations = others;
    }

    /**
     * Allows files of kustomizations to be written.
     *
     * @param path a file, or a folder for all files in it, without links
     */
    public void allow(Path path) {
        allowed.add(path);
    }

    /**
     * Reads a file.
     *
     * @param name its name
     * @param objects called with each of its objects
     * @param kindless called with what is no object with a kind; null if that is an error
     * @throws IOException if it is no regular file, is too long or cannot be read; the message says why, without the name
     * @throws ManifestException if it is no manifest
     */
    public void read(
            String name, Consumer<ManifestObject> objects, @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
        Path path = Path.of(name);
        FileReplacement.requireRegular(path);
        // The folder may be named by a link; the file itself is none.
        Path real = path.toRealPath();
        if (names.add(real)) {
            add(name, real, FileReplacement.read(real, LONGEST), objects, kindless);
        }
    }

    /**
     * Reads standard input.
     *
     * @param name what messages call it
     * @param in its content
     * @param objects called with each of its objects
     * @throws IOException if it is too long or cannot be read
     * @throws ManifestException if it is no manifest
     */
    public void read(String name, InputStream in, Consumer<ManifestObject> objects)
            throws IOException, ManifestException {
        add(name, null, FileReplacement.read(in, LONGEST), objects, null);
    }

    private void add(
            String name,
            @Nullable Path path,
            byte[] content,
            Consumer<ManifestObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
        length += content.length;
        if (length > LONGEST_TOGETHER) {
            throw new IOException("expected " + LONGEST_TOGETHER + " bytes at most in all files to write together");
        }
        OpenFile file =
                new OpenFile(path == null ? "" : name, path, content, ManifestText.read(name, content, kindless));
        files.add(file);
        for (ManifestObject object : file.text.objects()) {
            owners.put(object, file);
            objects.accept(object);
        }
    }

    /**
     * Gives the images of an object the names that a decision was made on. Recorded reviews stay as they are.
     *
     * @param object an object of one of the files
     * @param decision the decision on it
     */
    public void replace(ManifestObject object, Decision decision) {
        OpenFile file = owners.get(object);
        Kustomizations others = kustomizations;
        boolean kustomized = others != null && others.owns(object);
        if ((file == null && !kustomized) || object.isReview()) {
            return;
        }
        try {
            for (ImageMutation mutation : decision.mutations()) {
                ImageReference name = ImageReference.parse(mutation.result());
                if (file == null) {
                    Objects.requireNonNull(others).replace(object, mutation.image(), name);
                } else {
                    file.text.replace(object, mutation.image(), name);
                    file.images++;
                }
            }
        } catch (ManifestException refused) {
            problems.accept(String.valueOf(refused.getMessage()));
        } catch (ReferenceSyntaxException invalid) {
            problems.accept(object.file() + ":" + object.line() + ": " + invalid.getMessage());
        }
    }

    /** {@return the files that change, and standard input always; those that cannot be changed are problems} */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (OpenFile file : files) {
            try {
                if (file.path == null || file.text.isChanged()) {
                    changes.add(new Change(
                            file.name,
                            file.path,
                            new String(file.content, UTF_8),
                            new String(file.text.content(), UTF_8),
                            file.images));
                }
            } catch (ManifestException refused) {
                problems.accept(String.valueOf(refused.getMessage()));
            }
        }
        if (kustomizations != null) {
            addChanges(kustomizations, changes);
        }
        return changes;
    }

    private void addChanges(Kustomizations others, List<Change> changes) {
        try {
            for (ChangedFile file : others.changes()) {
                if (allowed.stream().anyMatch(file.path()::startsWith)) {
                    changes.add(new Change(file.name(), file.path(), file.before(), file.after(), file.images()));
                } else {
                    problems.accept(file.name() + ": an image is written here, outside of what was named:"
                            + " name this file or its folder, too");
                }
            }
        } catch (ManifestException refused) {
            problems.accept(String.valueOf(refused.getMessage()));
        }
    }

    /**
     * Writes changed files. Nothing is written unless all can be written.
     *
     * @param changes the changes
     * @throws IOException if a file cannot be written, or changed since it was read; the message names it
     */
    public static void write(List<Change> changes) throws IOException {
        List<FileReplacement> prepared = new ArrayList<>();
        String name = "";
        int written = 0;
        try {
            for (Change change : changes) {
                name = change.name();
                if (change.path() != null) {
                    prepared.add(FileReplacement.prepare(
                            change.path(),
                            change.before().getBytes(UTF_8),
                            change.after().getBytes(UTF_8)));
                    prepared.get(prepared.size() - 1).requireUnchanged();
                }
            }
            for (FileReplacement replacement : prepared) {
                name = replacement.toString();
                replacement.commit();
                written++;
            }
        } catch (IOException failed) {
            String others = written == 0 ? "" : " (" + written + " other files are written)";
            throw new IOException(name + ": " + failed.getMessage() + others, failed);
        } finally {
            for (FileReplacement replacement : prepared) {
                replacement.close();
            }
        }
    }
}
