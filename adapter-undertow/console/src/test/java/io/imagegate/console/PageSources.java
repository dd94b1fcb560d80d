package io.imagegate.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The sources of the pages, by their path below {@code src/main/web}. */
final class PageSources {

    private static final Path FOLDER = Path.of("src/main/web");

    private PageSources() {}

    /** {@return the texts of all files whose name ends so} */
    static Map<String, String> ending(String end) {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Map<String, String> texts = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(end)).forEach(file -> texts.put(pathOf(file), read(file)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the scripts without their comments} */
    static Map<String, String> scripts() {
        Map<String, String> scripts = ending(".js");
        scripts.replaceAll((path, text) -> withoutComments(text));
        return scripts;
    }

    /** {@return the texts of a dictionary by key, in its order} */
    static Map<String, String> dictionary(String language) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory()
                .createParser(ObjectReadContext.empty(), read(FOLDER.resolve("shared/" + language + ".json")))) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                texts.put(key, parser.getString());
            }
        }
        return texts;
    }

    static String withoutComments(String text) {
        return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)//[^'\"`\n]*$", "$1");
    }

    private static String pathOf(Path file) {
        return FOLDER.relativize(file).toString().replace('\\', '/');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
