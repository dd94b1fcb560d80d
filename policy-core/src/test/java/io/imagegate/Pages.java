package io.imagegate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The pages of this repository: its files in Markdown, without those of tests. */
public final class Pages {

    private static final Set<String> SKIPPED = Set.of("target", "src", ".git", "node_modules");

    private Pages() {}

    /**
     * {@return all pages below a folder}
     *
     * @param folder the repository, or a folder in it
     */
    public static List<Path> below(Path folder) throws IOException {
        return walk(folder).toList();
    }

    private static Stream<Path> walk(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        }
        Stream<Path> found = Stream.of();
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry) && !SKIPPED.contains(name)) {
                found = Stream.concat(found, walk(entry));
            } else if (name.endsWith(".md")) {
                found = Stream.concat(found, Stream.of(entry));
            }
        }
        return found;
    }
}
