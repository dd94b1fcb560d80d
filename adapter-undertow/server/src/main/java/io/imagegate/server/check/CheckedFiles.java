package io.imagegate.server.check;

import io.imagegate.manifest.ManifestException;
import io.imagegate.manifest.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.server.check.ImageList.LineTooLongException;
import io.imagegate.server.check.report.ShownText;
import io.imagegate.server.pin.RewrittenFiles;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads files, folders and standard input for a {@link Checker}. Not thread-safe. */
public final class CheckedFiles {

    /** How the reasons of a FileNotFoundException end, which has no other sign of them. */
    private static final String MISSING = " (No such file or directory)";

    private static final String DENIED = " (Permission denied)";

    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final String INPUT = "standard input";

    /** A file of manifests. */
    private interface Manifests {
        void read(Consumer<ManifestObject> objects, @Nullable Consumer<ManifestException> kindless)
                throws IOException, ManifestException;
    }

    private final Checker checker;
    private final Consumer<String> notes;
    private final @Nullable RewrittenFiles rewritten;
    private final KustomizedFiles kustomized;
    private Exclusions exclusions = Exclusions.usual();
    private HelmSources sources = new HelmSources(InputStream.nullInputStream());

    /**
     * Creates a reader.
     *
     * @param checker judges what is read, and records what cannot be read
     * @param notes called with each line for the user that is no problem
     * @param rewritten reads and keeps files that may be written afterwards; null if none may
     */
    public CheckedFiles(Checker checker, Consumer<String> notes, @Nullable RewrittenFiles rewritten) {
        this.checker = checker;
        this.notes = notes;
        this.rewritten = rewritten;
        this.kustomized = new KustomizedFiles(checker, notes, rewritten);
    }

    /**
     * Finds the kustomizations in all files and folders. Call this before the first is read.
     *
     * @param names of files and folders that will be read
     */
    public void find(Collection<String> names) {
        names.forEach(name -> kustomized.find(name, exclusions));
    }

    /**
     * Leaves out files and folders of folders.
     *
     * @param others the files and folders
     * @return this reader
     */
    public CheckedFiles excluding(Exclusions others) {
        exclusions = others;
        return this;
    }

    /**
     * Reads a file, folder or standard input, and passes its contents to the checker.
     *
     * @param name of the file or folder; {@link #STANDARD_INPUT} for standard input
     */
    public void read(String name) {
        if (name.equals(STANDARD_INPUT)) {
            readInput();
            return;
        }
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                readFolder(path);
            } else if (kustomized.read(path)) {
                return;
            } else if (Dockerfile.is(path)) {
                checker.problem(Dockerfile.refusal(name));
            } else if (rewritten != null) {
                readManifests(name, rewritten(rewritten, name));
            } else {
                open(name, in -> read(name, in, ManifestFolder.isManifest(path)));
            }
        } catch (InvalidPathException noPath) {
            checker.problem(name + ": expected the name of a file: " + noPath.getReason());
        }
    }

    private void readInput() {
        RewrittenFiles files = rewritten;
        if (files == null) {
            read(INPUT, System.in, false);
        } else {
            readManifests(INPUT, (objects, kindless) -> files.read(INPUT, System.in, objects));
        }
    }

    private static Manifests rewritten(RewrittenFiles files, String name) {
        return (objects, kindless) -> files.read(name, objects, kindless);
    }

    private void readFolder(Path folder) {
        try {
            for (Path file : found(folder)) {
                String name = file.toString();
                if (kustomized.read(file)) {
                    continue;
                }
                if (Dockerfile.is(file)) {
                    checker.leaveOut(Dockerfile.NAME);
                } else if (rewritten == null) {
                    open(name, in -> readInFolder(name, manifests(name, in)));
                } else if (Files.isSymbolicLink(file)) {
                    notes.accept(ShownText.escape(name) + ": skipped: symbolic links are not written");
                } else {
                    readInFolder(name, rewritten(rewritten, name));
                }
            }
        } catch (IOException why) {
            unreadable(folder.toString(), why);
        }
    }

    private SortedSet<Path> found(Path folder) throws IOException {
        return ManifestFolder.files(
                folder, exclusions, checker::leaveOut, (path, why) -> unreadable(path.toString(), why));
    }

    private Manifests manifests(String name, InputStream in) {
        sources = new HelmSources(in);
        return (objects, kindless) -> ManifestReader.read(name, sources, objects, kindless);
    }

    private void check(ManifestObject object) {
        checker.manifest(object, sources.of(object.line()));
    }

    /** Does not use {@link Files}: its streams fail on pipes such as those of a shell's process substitution. */
    private void open(String name, Consumer<InputStream> reader) {
        try (InputStream in = new FileInputStream(name)) {
            reader.accept(in);
        } catch (IOException why) {
            unreadable(name, why);
        }
    }

    private void read(String name, InputStream in, boolean manifests) {
        try {
            BufferedInputStream buffered = new BufferedInputStream(in);
            if (manifests || Contents.of(buffered) == Contents.MANIFESTS) {
                readManifests(name, manifests(name, buffered));
            } else {
                readImages(name, buffered);
            }
        } catch (IOException why) {
            unreadable(name, why);
        }
    }

    private void readManifests(String name, Manifests manifests) {
        HelmTemplate template = new HelmTemplate(Path.of(name), this::check);
        try {
            manifests.read(template, null);
            if (template.isFound()) {
                checker.problem(HelmTemplate.refusal(name));
            }
        } catch (ManifestException malformed) {
            if (template.hasAction()) {
                checker.problem(HelmTemplate.refusal(name));
            } else {
                malformed(malformed);
            }
        } catch (IOException why) {
            unreadable(name, why);
        }
    }

    private void readImages(String name, InputStream in) throws IOException {
        ImageList images = new ImageList(in);
        try {
            for (String image = images.next(); image != null; image = images.next()) {
                checker.image(name, images.line(), image);
            }
        } catch (CharacterCodingException otherText) {
            checker.problem(name + ": after line " + images.line() + ": expected text in UTF-8");
        } catch (LineTooLongException tooLong) {
            checker.problem(name + ": " + tooLong.getMessage());
        }
    }

    /** Skips files of a folder in which no document has a kind: they are no manifests. */
    private void readInFolder(String name, Manifests manifests) {
        List<ManifestObject> found = new ArrayList<>(1);
        List<ManifestException> kindless = new ArrayList<>(1);
        HelmTemplate template = new HelmTemplate(Path.of(name), this::check);
        try {
            manifests.read(
                    object -> {
                        addFirst(found, object);
                        template.accept(object);
                    },
                    problem -> addFirst(kindless, problem));
            if (template.isFound()) {
                checker.leaveOut(HelmTemplate.NAME);
            } else if (!kindless.isEmpty() && found.isEmpty()) {
                notes.accept(ShownText.escape(name) + ": skipped: no object with a kind");
            } else if (!kindless.isEmpty()) {
                malformed(kindless.get(0));
            }
        } catch (ManifestException malformed) {
            if (template.isTemplate()) {
                checker.leaveOut(HelmTemplate.NAME);
            } else {
                malformed(malformed);
            }
        } catch (IOException why) {
            unreadable(name, why);
        }
    }

    private static <T> void addFirst(List<T> list, T value) {
        if (list.isEmpty()) {
            list.add(value);
        }
    }

    private void malformed(ManifestException manifest) {
        checker.problem(String.valueOf(manifest.getMessage()));
    }

    private void unreadable(String name, IOException why) {
        checker.problem(name + ": " + cause(why));
    }

    private static String cause(IOException why) {
        Throwable first = why.getCause() == null ? why : why.getCause();
        String message = String.valueOf(why.getMessage());
        if (first instanceof NoSuchFileException || message.endsWith(MISSING)) {
            return "no such file or folder";
        }
        return first instanceof AccessDeniedException || message.endsWith(DENIED)
                ? "permission to read it is denied"
                : "cannot be read: " + message;
    }
}
