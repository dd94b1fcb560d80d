package io.imagegate.document.file;

import io.imagegate.document.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads a file that a policy names, such as a key: its path starts at the folder of the policy. */
public final class BesideFile {

    /** The text of a file, and its name for messages. */
    public record Text(String file, String content) {}

    private final Source source;

    public BesideFile(Source source) {
        this.source = source;
    }

    /**
     * {@return what the file is}
     *
     * @param name the name of the file
     * @param parser makes it of the text; its exceptions are recorded as problems of the file
     */
    public <T> Optional<T> read(YamlNode name, Function<String, T> parser) {
        return text(name).flatMap(text -> parse(text.file, text.content, parser));
    }

    /** {@return what a file is that may be no text} */
    public <T> Optional<T> readBytes(YamlNode name, Function<byte[], T> parser) {
        return named(name)
                .flatMap(path ->
                        source.files().content(path, name).flatMap(content -> parse(path.toString(), content, parser)));
    }

    private <C, T> Optional<T> parse(String file, C content, Function<C, T> parser) {
        try {
            return Optional.of(parser.apply(content));
        } catch (IllegalArgumentException e) {
            source.problems().add(file, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** {@return the text of a file} */
    public Optional<Text> text(YamlNode name) {
        return named(name)
                .flatMap(path -> source.files().text(path, name).map(content -> new Text(path.toString(), content)));
    }

    private Optional<Path> named(YamlNode name) {
        return name.text().filter(text -> !KeyElsewhere.isNamed(name)).flatMap(text -> path(name, text));
    }

    private Optional<Path> path(YamlNode name, String text) {
        if (!source.hasFolder()) {
            name.problem("a file, but this was not read from a folder");
            return Optional.empty();
        }
        Optional<Path> path = source.from(text);
        if (path.isEmpty()) {
            name.problem(YamlNode.quote(text) + ", expected the name of a file");
        }
        return path;
    }
}
