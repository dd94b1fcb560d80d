package io.imagegate.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Why targets are missed: what was profiled, found and tried. People write that into the file {@code misses.md}: a title, the rows of
 * the table of targets that it is about, each behind a hyphen, and text. The page has what is about rows that are still missed.
 */
final class Misses {

    private static final String TITLE = "## ";
    private static final String ROW = "- ";

    /** A part of the file, and the rows that it is about. */
    private record Part(String title, List<String> rows, String text) {

        static Part of(String written) {
            List<String> lines = written.lines().toList();
            List<String> rows = lines.stream()
                    .skip(1)
                    .dropWhile(String::isBlank)
                    .takeWhile(line -> line.startsWith(ROW))
                    .map(line -> line.substring(ROW.length()))
                    .toList();
            String text = lines.stream()
                    .skip(1)
                    .dropWhile(line -> line.isBlank() || line.startsWith(ROW))
                    .collect(Collectors.joining("\n"));
            return new Part(lines.get(0), rows, text.strip());
        }
    }

    private final List<Part> parts = new ArrayList<>();

    Misses(String file) {
        for (String written : ("\n" + file).split("\n" + TITLE, -1)) {
            if (!written.isBlank()) {
                parts.add(Part.of(written));
            }
        }
    }

    static Misses read() throws IOException {
        try (InputStream in = Objects.requireNonNull(Misses.class.getResourceAsStream("misses.md"))) {
            return new Misses(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** {@return all rows that the file is about} */
    Set<String> rows() {
        return parts.stream().flatMap(part -> part.rows().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return the section of the page about these targets; empty if all are met} */
    String section(List<Targets.Row> targets) {
        List<String> missed = targets.stream()
                .filter(row -> !row.met())
                .map(Targets.Row::what)
                .toList();
        StringBuilder section = new StringBuilder();
        for (Part part : parts) {
            List<String> about = part.rows().stream().filter(missed::contains).toList();
            if (!about.isEmpty()) {
                section.append("\n### ").append(part.title()).append("\n\n");
                about.forEach(row -> section.append(ROW).append(row).append('\n'));
                section.append('\n').append(part.text()).append('\n');
            }
        }
        List<String> unexplained =
                missed.stream().filter(row -> !rows().contains(row)).toList();
        if (!unexplained.isEmpty()) {
            section.append("\n### Not profiled yet\n\n");
            unexplained.forEach(row -> section.append(ROW).append(row).append('\n'));
        }
        return section.isEmpty() ? "" : "\n## Misses\n" + section;
    }
}
