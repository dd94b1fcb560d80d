package io.imagegate.document.file;

import io.imagegate.document.yaml.ProblemKind;
import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.text.ByteOrderMark;
import io.imagegate.text.SafeText;
import io.imagegate.text.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads files and folders, and remembers their contents, so that changes can be detected. */
public final class SourceFiles {

    /** Largest file, in bytes. */
    static final int LIMIT = 4 << 20;

    private final Problems problems;
    private final FileTree tree;
    private final Map<Path, String> seen = new TreeMap<>();
    private final Map<Path, String> sums = new TreeMap<>();

    public SourceFiles(Problems problems) {
        this(problems, FileTree.DISK);
    }

    public SourceFiles(Problems problems, FileTree tree) {
        this.problems = problems;
        this.tree = tree;
    }

    /** {@return whether there is a folder of this name} */
    public boolean isFolder(Path path) {
        return tree.isFolder(path);
    }

    /** {@return the text of a file; a problem is recorded if it cannot be read} */
    public Optional<String> text(Path file) {
        return content(file, (why, kind) -> problems.add(file.toString(), why, kind))
                .flatMap(bytes -> text(file.toString(), bytes));
    }

    /** {@return the text of a file that a policy names there} */
    public Optional<String> text(Path file, YamlNode name) {
        return content(file, name).flatMap(bytes -> text(file.toString(), bytes));
    }

    /** {@return the bytes of a file that a policy names there} */
    Optional<byte[]> content(Path file, YamlNode name) {
        return content(file, (why, kind) -> name.problem(SafeText.escape(file.toString()) + ": " + why, kind));
    }

    private Optional<byte[]> content(Path file, BiConsumer<String, ProblemKind> problem) {
        try {
            byte[] bytes = tree.read(file, LIMIT + 1);
            String fingerprint = Sha256.hex(bytes);
            seen.put(file, fingerprint);
            sums.put(file, fingerprint);
            if (bytes.length > LIMIT) {
                problem.accept("expected at most " + LIMIT + " bytes", ProblemKind.TOO_LARGE);
                return Optional.empty();
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            seen.put(file, failure(e));
            problem.accept(failure(e), ProblemKind.UNREADABLE);
            return Optional.empty();
        }
    }

    private Optional<String> text(String name, byte[] bytes) {
        try {
            return Optional.of(ByteOrderMark.removeFrom(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()));
        } catch (CharacterCodingException e) {
            problems.add(name, "expected text in UTF-8", ProblemKind.SYNTAX);
            return Optional.empty();
        }
    }

    /**
     * {@return the policy files in a folder by name, without other files, folders and hidden files such as
     * {@code ..data} of a mounted ConfigMap}
     */
    public List<Path> policyFiles(Path folder) {
        try {
            List<Path> files = tree.list(folder);
            seen.put(folder, files.toString());
            return files;
        } catch (IOException e) {
            seen.put(folder, failure(e));
            problems.add(folder.toString(), failure(e), ProblemKind.UNREADABLE);
            return List.of();
        }
    }

    /**
     * {@return the SHA-256 of the file; for several, that of what {@code sha256sum} prints for them by name; empty for
     * none}
     */
    public String digest() {
        if (sums.size() <= 1) {
            return String.join("", sums.values());
        }
        StringBuilder lines = new StringBuilder();
        sums.forEach((file, sum) ->
                lines.append(sum).append("  ").append(file.getFileName()).append('\n'));
        return Sha256.hex(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** {@return whether everything that was read from the disk is unchanged there} */
    public boolean unchanged() {
        return seen.entrySet().stream().allMatch(entry -> entry.getValue().equals(now(entry.getKey())));
    }

    private static String now(Path path) {
        try {
            return FileTree.DISK.isFolder(path)
                    ? FileTree.DISK.list(path).toString()
                    : Sha256.hex(FileTree.DISK.read(path, LIMIT + 1));
        } catch (IOException e) {
            return failure(e);
        }
    }

    private static String failure(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission to read it is denied";
        }
        String why = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return "cannot be read: " + (why == null ? e.getClass().getSimpleName() : why);
    }
}
