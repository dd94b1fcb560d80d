package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.input.place.FileNames;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files of kustomizations. Each is read once, and parsed once while there is room for its tree. As in kustomize, folders may be anywhere, and files are in the folder that includes
 * them, without links that lead out of it. Not thread-safe.
 */
final class KustomizeFiles {

    /** Longest file. */
    static final int LONGEST = 4 << 20;

    private static final int LONGEST_TOGETHER = 64 << 20;
    private static final int SHOWN = 100;
    /** What kustomize fetches, also where there is a folder of this name. */
    private static final Pattern FETCHED = Pattern.compile(
            "git::.*|github\\.com[/:].*|[a-z][a-z0-9-]*@.*|.*://.*|.*\\?ref=.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final List<String> REMOTE = List.of("://", "git@", "github.com", "?ref=", ".git", "::");

    private final Map<Path, byte[]> contents = new HashMap<>();
    private final Map<Path, byte[]> replaced;
    private final ManifestTrees trees = new ManifestTrees();
    private final Map<Path, Boolean> commented = new HashMap<>();
    private int length;

    KustomizeFiles() {
        this.replaced = Map.of();
    }

    private KustomizeFiles(KustomizeFiles read, Map<Path, byte[]> replaced) {
        this.contents.putAll(read.contents);
        this.length = read.length;
        this.replaced = replaced;
    }

    /** {@return the same files, some of them with other content} */
    KustomizeFiles with(Map<Path, byte[]> others) {
        return new KustomizeFiles(this, others);
    }

    /** {@return the content of a file as it was read} */
    byte[] content(Path file) {
        return contents.getOrDefault(file, new byte[0]);
    }

    /** {@return whether a file was read, and had not too much} */
    boolean isRead(Path file) {
        return contents.containsKey(file);
    }

    byte[] read(Path file) throws IOException {
        byte[] content = replaced.get(file);
        if (content == null) {
            content = contents.get(file);
        }
        if (content == null) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("expected a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                content = in.readNBytes(LONGEST + 1);
            }
            length += content.length;
            if (content.length > LONGEST || length > LONGEST_TOGETHER) {
                throw new IOException("expected " + LONGEST + " bytes at most in a file of a kustomization, and "
                        + LONGEST_TOGETHER + " in all");
            }
            contents.put(file, content);
        }
        return content;
    }

    /** {@return the documents of a file, which the caller may change} */
    List<ManifestNode> documents(ManifestSource source, ManifestNode reference, KustomizeBudget budget)
            throws InputException {
        return documents(new Key(source, false), reference, budget);
    }

    /** {@return the documents of a file of resources, which the caller may change} */
    List<ManifestNode> resources(ManifestSource source, ManifestNode reference, KustomizeBudget budget)
            throws InputException {
        return documents(new Key(source, true), reference, budget);
    }

    private record Key(ManifestSource source, boolean isOfResources) {}

    private List<ManifestNode> documents(Key key, ManifestNode reference, KustomizeBudget budget)
            throws InputException {
        budget.open(reference);
        List<ManifestNode> copies = trees.copies(key, budget);
        if (copies != null) {
            return copies;
        }
        ManifestSource source = key.source();
        byte[] content = opened(source.path(), reference);
        budget.parse(reference, content.length);
        int mark = budget.mark();
        List<ManifestNode> documents = key.isOfResources()
                ? ManifestDocuments.readResources(source, content, budget)
                : ManifestDocuments.read(source, content, budget);
        return trees.keep(key, documents, budget, mark);
    }

    /** {@return whether a file has comments that say how lists are merged} */
    boolean hasSchemaComments(Path file) {
        return commented.computeIfAbsent(file, path -> SchemaComments.areIn(new String(content(path), UTF_8)));
    }

    private byte[] opened(Path file, ManifestNode reference) throws InputException {
        try {
            return read(file);
        } catch (IOException unreadable) {
            throw reference.malformed(SafeText.quote(reference.text, SHOWN) + " cannot be read: " + reason(unreadable));
        }
    }

    private static String reason(IOException unreadable) {
        return unreadable instanceof NoSuchFileException ? "no such file" : String.valueOf(unreadable.getMessage());
    }

    /**
     * {@return the one file of a kustomization in a folder, which no link may lead out of}
     *
     * @param folder the folder, without links
     */
    static Path kustomization(Path folder, ManifestNode reference) throws InputException {
        List<Path> files = Kustomization.FILES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
        if (files.size() != 1) {
            throw reference.malformed("the folder " + SafeText.quote(reference.text, SHOWN) + " has " + files.size()
                    + " kustomizations, expected one");
        }
        requireInside(files.get(0), folder, reference);
        return files.get(0);
    }

    private static void requireInside(Path file, Path folder, ManifestNode reference) throws InputException {
        try {
            if (file.toRealPath().startsWith(folder)) {
                return;
            }
        } catch (IOException gone) {
            // It leads nowhere now.
        }
        throw reference.malformed("the kustomization of the folder " + SafeText.quote(reference.text, SHOWN)
                + " is a link out of it: kustomize reads no other files");
    }

    /** {@return the file or folder, without links; empty for one that is to be fetched from elsewhere} */
    static Optional<Path> find(ManifestNode reference, Path folder) throws InputException {
        String text = reference.text;
        try {
            Path path = folder.resolve(text);
            if (Files.exists(path)) {
                requireHere(reference, path);
                return Optional.of(allowed(reference, path.toRealPath(), folder));
            }
        } catch (InvalidPathException | IOException unusable) {
            throw reference.malformed(SafeText.quote(text, SHOWN) + " cannot be read: " + unusable.getMessage());
        }
        if (REMOTE.stream().anyMatch(text::contains)) {
            return Optional.empty();
        }
        throw reference.malformed("no such file or folder: " + SafeText.quote(text, SHOWN));
    }

    /** {@return whether kustomize may fetch what has a name from elsewhere} */
    static boolean mayBeRemote(String name, boolean isHere) {
        return FETCHED.matcher(name).matches() || (!isHere && REMOTE.stream().anyMatch(name::contains));
    }

    /** Kustomize reads a file before it fetches anything, but for one with a scheme. */
    private static void requireHere(ManifestNode reference, Path path) throws InputException {
        String text = reference.text;
        if (FETCHED.matcher(text).matches() && (Files.isDirectory(path) || text.contains("://"))) {
            throw reference.malformed("kustomize fetches " + SafeText.quote(text, SHOWN)
                    + " from elsewhere, and does not read what has this name here: rename that");
        }
    }

    private static Path allowed(ManifestNode reference, Path real, Path folder) throws InputException {
        if (Path.of(reference.text).isAbsolute()) {
            throw reference.malformed(
                    SafeText.quote(reference.text, SHOWN) + ": expected a relative path, as kustomize does");
        }
        if (!Files.isDirectory(real) && !real.startsWith(folder)) {
            throw reference.malformed(SafeText.quote(reference.text, SHOWN)
                    + " is not in the folder of the kustomization: kustomize reads no other files");
        }
        return real;
    }

    /** {@return the name of a file for messages, as it is reached from that of the kustomization} */
    static String name(ManifestNode reference) {
        return FileNames.beside(reference.source.name(), reference.text);
    }
}
