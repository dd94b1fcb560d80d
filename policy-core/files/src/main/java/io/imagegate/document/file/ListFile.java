package io.imagegate.document.file;

import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.ReferenceSyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A list in a file beside the policy, one value a line; {@code #} starts a comment. */
public final class ListFile<T> {

    private final Source source;
    private final String what;
    private final Function<String, T> parser;
    private final BiConsumer<Position, T> listener;

    /** Makes a reader of lists of these things, by the name that problems give one of them. */
    public ListFile(Source source, String what, Function<String, T> parser) {
        this(source, what, parser, (at, value) -> {});
    }

    /** Makes a reader that calls a listener for each value. */
    public ListFile(Source source, String what, Function<String, T> parser, BiConsumer<Position, T> listener) {
        this.source = source;
        this.what = what;
        this.parser = parser;
        this.listener = listener;
    }

    /** {@return the values in the file that a mapping names; at least one} */
    public Optional<List<T>> read(YamlNode node) {
        Optional<YamlNode> file = node.fields("file").flatMap(fields -> fields.require("file"));
        return file.flatMap(name -> name.text().flatMap(text -> read(name, text)));
    }

    private Optional<List<T>> read(YamlNode node, String name) {
        Optional<Path> path = source.beside(name);
        if (path.isEmpty()) {
            node.problem(
                    source.hasFolder()
                            ? YamlNode.quote(name) + ", expected the name of a file in the same folder"
                            : "a file, but this policy was not read from a folder; expected a list of " + what + "s");
            return Optional.empty();
        }
        return source.files()
                .text(path.get(), node)
                .flatMap(text -> lines(path.get().toString(), text));
    }

    private Optional<List<T>> lines(String file, String text) {
        List<T> values = new ArrayList<>();
        int before = source.problems().count();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            line(new Position(file, number, 1), line).ifPresent(values::add);
        }
        if (source.problems().count() > before) {
            return Optional.empty();
        }
        if (values.isEmpty()) {
            source.problems().add(file, "no " + what + ", expected at least one");
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private Optional<T> line(Position start, String line) {
        int comment = line.indexOf('#');
        String before = (comment < 0 ? line : line.substring(0, comment)).stripTrailing();
        String text = before.stripLeading();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int indent = before.length() - text.length();
        try {
            T value = parser.apply(text);
            listener.accept(start.right(line.codePointCount(0, indent)), value);
            return Optional.of(value);
        } catch (ReferenceSyntaxException e) {
            source.problems()
                    .add(
                            start.right(line.codePointCount(0, indent + e.offset())),
                            "pattern " + YamlNode.quote(text) + ": " + e.sentence());
        } catch (IllegalArgumentException e) {
            source.problems().add(start.right(line.codePointCount(0, indent)), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }
}
