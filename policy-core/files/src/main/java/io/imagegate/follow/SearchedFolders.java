package io.imagegate.follow;

import io.imagegate.text.Copies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The files and folders that a run searches, without links. A link in them may lead to any file of the machine, of which messages
 * could quote a word: only what it leads to in these folders is opened. Immutable.
 */
public final class SearchedFolders {

    /** What is said of a link that leads to another place. */
    public static final String LEADS_OUT =
            "a link out of the searched folder, which kubectl and builds follow: it is not opened";

    /** Names of folders that hold no files of a project: those of Git, which may have credentials, and packages of Node.js. */
    public static final Set<String> LEFT_OUT = Set.of(".git", "node_modules");

    private final Set<Path> roots;

    private SearchedFolders(Set<Path> roots) {
        this.roots = roots;
    }

    /**
     * {@return what a run searches; what does not exist is left out}
     *
     * @param names of files and folders, which may be links
     */
    public static SearchedFolders of(Collection<String> names) {
        Set<Path> roots = new HashSet<>();
        for (String name : names) {
            try {
                roots.add(Path.of(name).toRealPath());
            } catch (InvalidPathException | IOException missing) {
                // It is a problem when it is read.
            }
        }
        return new SearchedFolders(Copies.of(roots));
    }

    /**
     * {@return where to start to search a folder, because a walk does not follow a link that names it}
     *
     * @param folder the folder
     * @throws IOException if it is a link that leads nowhere
     */
    public static Path start(Path folder) throws IOException {
        return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
    }

    /**
     * {@return whether a link leads to an existing file or folder that is not searched}
     *
     * @param link the link
     */
    public boolean leadsOut(Path link) {
        try {
            return !has(link.toRealPath());
        } catch (IOException nowhere) {
            return false;
        }
    }

    private boolean has(Path real) {
        for (Path path = real; path != null; path = path.getParent()) {
            if (roots.contains(path)) {
                return true;
            }
            if (LEFT_OUT.contains(String.valueOf(path.getFileName()))) {
                return false;
            }
        }
        return false;
    }

    /**
     * Opens a file that was found in a folder. It is looked for again: whoever changes files meanwhile could have put a link there.
     *
     * @param file the file, or a link to one
     * @return its bytes
     * @throws IOException if it cannot be read, is no regular file, or a link leads out of the folders
     */
    public InputStream open(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!has(real)) {
            throw new IOException(LEADS_OUT);
        }
        if (!Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException("expected a regular file");
        }
        return Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS);
    }
}
