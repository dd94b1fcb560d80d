package io.imagegate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of ARCHITECTURE.md. */
public final class ArchitecturePage {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private ArchitecturePage() {}

    /** The rows of the table whose first column has this heading. */
    static List<Row> table(String heading) throws IOException {
        return Files.readAllLines(Repository.core("ARCHITECTURE.md")).stream()
                .dropWhile(line -> !line.startsWith("| " + heading + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2) // the heading and the line under it
                .map(line -> new Row(List.of(line.substring(1).split("\\|"))))
                .toList();
    }

    /** A row by its cells. */
    record Row(List<String> cells) {

        /** What stands as code in the first cell. */
        String name() {
            return names(0).iterator().next();
        }

        /** What stands as code in a cell. */
        Set<String> names(int cell) {
            return CODE.matcher(cells.get(cell))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
