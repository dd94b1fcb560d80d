package io.imagegate.cli.check;

import io.imagegate.follow.SearchedFolders;
import io.imagegate.text.Copies;
import io.imagegate.text.ShownText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Files and folders that are left out of a folder. Immutable. */
public final class Exclusions {

    /** What no shell changes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/@%+,:-]+");

    private final PathGlobs globs;
    private final Set<Path> written;

    private Exclusions(PathGlobs globs, Set<Path> written) {
        this.globs = globs;
        this.written = written;
    }

    /** {@return exclusions of the folders that are always left out} */
    public static Exclusions usual() {
        return new Exclusions(PathGlobs.of(List.of()), Set.of());
    }

    /**
     * {@return exclusions of the folders that are always left out, and of what globs match}
     *
     * @param globs the globs
     */
    public static Exclusions of(PathGlobs globs) {
        return new Exclusions(globs, Set.of());
    }

    /**
     * {@return these exclusions, and files that the run itself writes}
     *
     * @param files absolute paths
     */
    public Exclusions withWritten(Set<Path> files) {
        return new Exclusions(globs, Copies.of(files));
    }

    /**
     * {@return the option that leaves out a file or folder, as a shell takes it; empty if none can name it alone}
     *
     * @param root the folder that is searched
     * @param path the file or folder
     */
    static String option(Path root, Path path) {
        String below = root.relativize(path).toString();
        boolean isGlob = below.isEmpty() || below.contains("*") || below.contains("\\") || below.startsWith("..");
        if (isGlob || !ShownText.escape(below).equals(below)) {
            return "";
        }
        String glob = below.contains("/") && !below.startsWith("-") ? below : "./" + below;
        return "--exclude " + (PLAIN.matcher(glob).matches() ? glob : "'" + glob.replace("'", "'\\''") + "'");
    }

    /** {@return whether the run itself writes a file, which then is not even counted} */
    boolean isWritten(Path file) {
        return !written.isEmpty() && written.contains(file.toAbsolutePath().normalize());
    }

    /** {@return what a folder is called that is left out; empty if it is searched} */
    Optional<String> folder(Path root, Path folder) {
        String name = String.valueOf(folder.getFileName());
        return SearchedFolders.LEFT_OUT.contains(name)
                ? Optional.of(name + " folder")
                : Optional.of("excluded folder").filter(what -> globs.matches(root, folder));
    }

    /** {@return what a file is called that is left out; empty if it is read} */
    Optional<String> file(Path root, Path file) {
        return Optional.of("excluded file").filter(what -> globs.matches(root, file));
    }
}
