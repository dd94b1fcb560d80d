package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.place.PlacedText;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.place.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that files {@code .env} give variables of a Compose file: that of its folder, and of the folders of the files that include
 * it. One that may be read in another way gives none a known value. Not thread-safe.
 */
final class ComposeEnvironment {

    private static final String NAME = ".env";
    private static final String PLAIN = "[A-Za-z0-9_./:@+-]*";
    private static final Pattern LINE = Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)=(?:\"("
            + PLAIN + ")\"|'(" + PLAIN + ")'|(" + PLAIN + "))(?:[ \\t]+#.*|[ \\t]*)");
    /**
     * Another value that all versions of Compose read to the end of its line, so that it leaves those of other lines as they are: with
     * {@code ${B}}, for example.
     */
    private static final Pattern ONE_LINE = Pattern.compile(
            "[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)=(?!#)[!#-&(-\\[\\]-_a-~]+(?:[ \\t]+#.*|[ \\t]*)");

    /**
     * What may be the name of a variable in a line that is not known: there may be any space before and after it. A word is
     * looked at once, so that a long line takes the time of its length.
     */
    private static final Pattern NAMED =
            Pattern.compile("(?U)(?<![A-Za-z0-9_])[0-9]*+([A-Za-z_][A-Za-z0-9_]*+)(?=\\s*+(?:[=:]|$))");

    private static final Pattern NOTHING = Pattern.compile("[ \\t]*(?:#.*)?");

    private final Set<Path> folders;
    private final Map<String, Variables.Value> values;
    private final Map<Path, ComposeEnvironment> included = new HashMap<>();

    private ComposeEnvironment(Set<Path> folders, Map<String, Variables.Value> values) {
        this.folders = folders;
        this.values = values;
    }

    /**
     * {@return the environment of a file that is read by itself}
     *
     * @param folder its folder, without links; null for a stream
     */
    static ComposeEnvironment of(@Nullable Path folder) throws IOException, InputException {
        return folder == null
                ? new ComposeEnvironment(Set.of(), Map.of())
                : new ComposeEnvironment(Set.of(folder), read(folder));
    }

    /** {@return the environment of a file of a folder that is included} A variable to which two folders give values has none that is known. */
    ComposeEnvironment including(Path folder) throws IOException, InputException {
        if (folders.contains(folder)) {
            return this;
        }
        ComposeEnvironment known = included.get(folder);
        if (known == null) {
            Map<String, Variables.Value> all = new HashMap<>(values);
            read(folder).forEach((name, value) -> all.merge(name, value, (one, other) -> unknown(name)));
            Set<Path> both = new HashSet<>(folders);
            both.add(folder);
            known = new ComposeEnvironment(both, all);
            included.put(folder, known);
        }
        return known;
    }

    /** {@return whether variables have the values that they have in a file of a folder that is read by itself} */
    boolean isOf(Path folder) throws IOException, InputException {
        return folders.equals(Set.of(folder))
                || (values.isEmpty() && read(folder).isEmpty());
    }

    /** {@return the values by name} */
    Map<String, Variables.Value> values() {
        return values;
    }

    private static Map<String, Variables.Value> read(Path folder) throws IOException, InputException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return Map.of();
        }
        if (!file.toRealPath().startsWith(folder) || !Files.isRegularFile(file)) {
            throw new InputException(
                    file.toString(), 1, 1, "expected a regular file in the folder of the Compose file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return values(PlainText.read(file.toString(), in));
        }
    }

    private static Map<String, Variables.Value> values(String text) {
        Map<String, Variables.Value> values = new HashMap<>();
        boolean known = true;
        for (String line : text.split("\\r?\\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            Matcher other = ONE_LINE.matcher(line);
            if (matcher.matches()) {
                String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                String name = matcher.group(1);
                PlacedText plain = PlacedText.of(value == null ? matcher.group(4) : value, -1);
                known &= values.put(name, new Variables.Value(plain, null)) == null;
            } else if (other.matches()) {
                known &= values.put(other.group(1), unknown(other.group(1))) == null;
            } else if (!NOTHING.matcher(line).matches()) {
                known = false;
                NAMED.matcher(line)
                        .results()
                        .map(named -> named.group(1))
                        .forEach(name -> values.put(name, unknown(name)));
            }
        }
        if (!known) {
            values.replaceAll((name, value) -> unknown(name));
        }
        return values;
    }

    static Variables.Value unknown(String name) {
        return new Variables.Value(new PlacedText(), "${" + name + "}");
    }
}
