package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The instructions of a Containerfile, each on one line, without comments.
 *
 * @param instructions in their order
 */
record Containerfile(List<String> instructions) {

    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");

    static Containerfile read(Path file) throws IOException {
        String text = Files.readString(file).replaceAll("(?m)^\\s*#.*\\n", "");
        return new Containerfile(
                Stream.of(CONTINUED.matcher(text).replaceAll(" ").split("\n"))
                        .filter(line -> !line.isBlank())
                        .toList());
    }

    List<String> all(String name) {
        return instructions.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    /** What the last instruction of that name says: the one that counts in the finished image. */
    String last(String name) {
        List<String> found = all(name);
        return found.get(found.size() - 1);
    }

    /** An instruction in its exec form, which is a JSON array: no shell is needed. */
    List<String> exec(String name) {
        Object words = new Load(LoadSettings.builder().build()).loadFromString(last(name));
        return ((List<?>) words).stream().map(String::valueOf).toList();
    }

    /** Names of the stages that a later one copies from. */
    List<String> copiedStages() {
        return all("COPY").stream()
                .map(Pattern.compile("--from=(\\S+)")::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }
}
