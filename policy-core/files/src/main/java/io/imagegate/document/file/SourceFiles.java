package io.imagegate.document.file;

import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.follow.RegularFile;
import io.imagegate.text.ByteOrderMark;
import io.imagegate.text.SafeText;
import io.imagegate.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads files and folders, and remembers their contents, so that changes can be detected. */
public final class SourceFiles {

    /** Largest file, in bytes. */
    static final int LIMIT = 4 << 20;

    private final Problems problems;
    private final Map<Path, String> seen = new TreeMap<>();
    private final Map<Path, String> sums = new TreeMap<>();

    public SourceFiles(Problems problems) {
        this.problems = problems;
    }

    /** {@return the text of a file; a problem is recorded if it cannot be read} */
    public Optional<String> text(Path file) {
        return content(file, why -> problems.add(file.toString(), why)).flatMap(bytes -> text(file.toString(), bytes));
    }

    /** {@return the text of a file that a policy names there} */
    public Optional<String> text(Path file, YamlNode name) {
        return content(file, name).flatMap(bytes -> text(file.toString(), bytes));
    }

    /** {@return the bytes of a file that a policy names there} */
    Optional<byte[]> content(Path file, YamlNode name) {
        return content(file, why -> name.problem(SafeText.escape(file.toString()) + ": " + why));
    }

    private Optional<byte[]> content(Path file, Consumer<String> problem) {
        try {
            byte[] bytes = bytes(file);
            String fingerprint = Sha256.hex(bytes);
            seen.put(file, fingerprint);
            sums.put(file, fingerprint);
            if (bytes.length > LIMIT) {
                problem.accept("expected at most " + LIMIT + " bytes");
                return Optional.empty();
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            seen.put(file, failure(e));
            problem.accept(failure(e));
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
            problems.add(name, "expected text in UTF-8");
            return Optional.empty();
        }
    }

    /**
     * {@return the policy files in a folder by name, without other files, folders and hidden files such as
     * {@code ..data} of a mounted ConfigMap}
     */
    public List<Path> policyFiles(Path folder) {
        try {
            List<Path> files = list(folder);
            seen.put(folder, files.toString());
            return files;
        } catch (IOException e) {
            seen.put(folder, failure(e));
            problems.add(folder.toString(), failure(e));
            return List.of();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, SourceFiles::isPolicyFile)) {
            entries.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(files);
        return List.copyOf(files);
    }

    private static boolean isPolicyFile(Path entry) {
        String name = entry.getFileName().toString();
        boolean extension = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return extension && !name.startsWith(".") && !Files.isDirectory(entry);
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

    /** {@return whether everything that was read is unchanged} */
    public boolean unchanged() {
        return seen.entrySet().stream().allMatch(entry -> entry.getValue().equals(now(entry.getKey())));
    }

    private static String now(Path path) {
        try {
            return Files.isDirectory(path) ? list(path).toString() : Sha256.hex(bytes(path));
        } catch (IOException e) {
            return failure(e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = RegularFile.open(file)) {
            return in.readNBytes(LIMIT + 1);
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
