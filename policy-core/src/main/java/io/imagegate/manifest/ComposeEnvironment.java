package io.imagegate.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that a file {@code .env} gives variables. One that may be read in another way gives none a known value. */
final class ComposeEnvironment {

    private static final String NAME = ".env";
    private static final String PLAIN = "[A-Za-z0-9_./:@+-]*";
    private static final Pattern LINE = Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)=(?:\"("
            + PLAIN + ")\"|'(" + PLAIN + ")'|(" + PLAIN + "))(?:[ \\t]+#.*|[ \\t]*)");
    private static final Pattern NAMED =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \\t]*[=:].*");

    private ComposeEnvironment() {}

    /**
     * {@return the values by name}
     *
     * @param folder a folder, without links
     */
    static Map<String, Variables.Value> of(Path folder) throws IOException, ManifestException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return Map.of();
        }
        if (!file.toRealPath().startsWith(folder) || !Files.isRegularFile(file)) {
            throw new ManifestException(
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
            Matcher named = NAMED.matcher(line);
            if (matcher.matches()) {
                String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                String name = matcher.group(1);
                PlacedText plain = PlacedText.of(value == null ? matcher.group(4) : value, -1);
                known &= values.put(name, new Variables.Value(plain, null)) == null;
            } else if (!line.isBlank() && !line.strip().startsWith("#")) {
                known = false;
                if (named.matches()) {
                    values.put(named.group(1), unknown(named.group(1)));
                }
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
