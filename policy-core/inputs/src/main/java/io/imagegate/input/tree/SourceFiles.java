package io.imagegate.input.tree;

import io.imagegate.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the files on which it depends how a file is read, for {@link io.imagegate.input.Input#sources}: rather too many than too
 * few, and also names of which there is no file. Not thread-safe.
 */
public final class SourceFiles {

    private static final int MOST = 20_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST = 8 << 20;

    private final Path start;
    private final Set<Path> all = new LinkedHashSet<>();

    /**
     * Starts a collection.
     *
     * @param start the file that is read
     */
    public SourceFiles(Path start) {
        this.start = start;
    }

    /** {@return whether a file, or the name of one, is new} */
    public boolean add(Path file) throws InputException {
        if (all.size() >= MOST) {
            throw unknown("it may name more than " + MOST + " files");
        }
        return all.add(file);
    }

    /** {@return the path by which a text would name a file; empty if none can be named so} */
    public static Optional<Path> path(Path folder, String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        try {
            Path path = folder.resolve(name);
            return Optional.of(Files.exists(path) ? path.toRealPath() : path.normalize());
        } catch (InvalidPathException | IOException none) {
            return Optional.empty();
        }
    }

    /** {@return the content of a file} */
    public byte[] content(Path file) throws InputException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LONGEST + 1);
            if (content.length <= LONGEST) {
                return content;
            }
        } catch (IOException unreadable) {
            throw unknown(file.getFileName() + " cannot be read");
        }
        throw unknown(file.getFileName() + " is longer than " + LONGEST + " bytes");
    }

    /** {@return what says that not all files are known} */
    public InputException unknown(String why) {
        return new InputException(start.toString(), 1, 1, why);
    }

    /** {@return all files} */
    public Set<Path> all() {
        return Collections.unmodifiableSet(all);
    }
}
