package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of names that others rely on, one a line.
 *
 * @param what the names, for messages
 * @param file the file, which is there
 * @param property the system property that is set to {@code accept} to write the file
 * @param command the command that does this
 */
public record Promises(String what, Path file, String property, String command) {

    /**
     * Compares the lines of one kind with what the program has, and fails with the difference.
     *
     * @param kind how the lines begin; empty for all lines
     * @param actual what the program has
     * @throws IOException when the file cannot be read or written
     */
    public void compare(String kind, Collection<String> actual) throws IOException {
        // Tests of several kinds run at once, and accept into one file.
        synchronized (Promises.class) {
            assertThat(actual).isNotEmpty().allMatch(line -> line.startsWith(kind));
            if ("accept".equals(System.getProperty(property))) {
                accept(kind, actual);
            }
            List<String> promised = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(kind))
                    .toList();
            String difference = lines("- ", promised, actual) + lines("+ ", actual, promised);
            assertThat(difference)
                    .withFailMessage(
                            () -> "The %s is not the one in %s:\n%s\nTo accept it, and to tell it in CHANGELOG.md:\n%s"
                                    .formatted(what, file, difference, command))
                    .isEmpty();
        }
    }

    private void accept(String kind, Collection<String> actual) throws IOException {
        List<String> lines = new ArrayList<>(actual);
        if (!kind.isEmpty()) {
            try (Stream<String> others = Files.lines(file)) {
                others.filter(line -> !line.startsWith(kind)).forEach(lines::add);
            }
            lines.sort(null);
        }
        Files.write(file, lines);
    }

    private static String lines(String sign, Collection<String> of, Collection<String> notIn) {
        Set<String> known = new HashSet<>(notIn);
        StringBuilder text = new StringBuilder();
        of.stream()
                .filter(line -> !known.contains(line))
                .forEach(line -> text.append(sign).append(line.strip()).append('\n'));
        return text.toString();
    }
}
