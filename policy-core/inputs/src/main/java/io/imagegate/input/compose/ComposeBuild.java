package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.place.PlacedText;
import io.imagegate.input.place.Variables;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a service is built from, with what it has from the services that it extends. Not thread-safe. */
final class ComposeBuild {

    private final Map<String, Argument> arguments = new LinkedHashMap<>();
    private boolean isFound;
    private @Nullable Written last;
    private @Nullable Written context;
    private @Nullable Written dockerfile;
    private @Nullable Written inline;

    /**
     * A field.
     *
     * @param file the file in which it is written
     * @param node its value
     * @param path the path of the build in that file
     */
    record Written(ComposeFile file, Node node, String path) {}

    /**
     * An argument of the build.
     *
     * @param written where its value is written; null if it has the one of the environment
     * @param value its value
     * @param offset where the value can be replaced; -1 if it cannot
     */
    record Argument(@Nullable Written written, Variables.Value value, int offset) {}

    /** Adds the build of a service, which changes that of the service that it extends. */
    void add(ComposeFile file, Node build, String path) throws InputException {
        isFound = false;
        if (build.type() != ValueType.OBJECT) {
            context = new Written(file, build, path);
            return;
        }
        last = new Written(file, build, path);
        if (file.tags.isReplaced(build, "args")) {
            arguments.clear();
        }
        context = field(file, build, "context", path, context);
        dockerfile = field(file, build, "dockerfile", path, dockerfile);
        inline = field(file, build, "dockerfile_inline", path, inline);
        Node given = file.field(build, "args");
        if (given != null && given.type() == ValueType.OBJECT) {
            for (Node.Field argument : file.fields(given, "args")) {
                String name = argument.name().text();
                Node value = argument.value();
                arguments.put(
                        name,
                        value.type() == ValueType.NULL
                                ? unknown(name)
                                : known(new Written(file, value, path), file.text(value, "args"), 0));
            }
            return;
        }
        for (Node argument : file.elements(given, "args")) {
            Variables.Value value = file.text(argument, "args");
            int equals = argument.text().indexOf('=');
            String name = equals < 0 ? argument.text() : argument.text().substring(0, equals);
            int from = value.text().indexOf("=") + 1;
            boolean known = equals >= 0 && from > 0 && value.text().toString().startsWith(name + "=");
            arguments.put(name, known ? known(new Written(file, argument, path), value, from) : unknown(name));
        }
    }

    private static @Nullable Written field(
            ComposeFile file, Node build, String name, String path, @Nullable Written before) throws InputException {
        Node node = file.field(build, name);
        if (node != null) {
            return new Written(file, node, path);
        }
        return file.tags.isReplaced(build, name) ? null : before;
    }

    private static Argument unknown(String name) {
        return new Argument(null, ComposeEnvironment.unknown(name), -1);
    }

    /** In a Dockerfile the value stands nowhere. */
    private static Argument known(Written written, Variables.Value value, int from) {
        PlacedText text = value.text().from(from);
        int offset = value.missing() != null ? -1 : from == 0 ? written.file.start(written.node, value) : text.start();
        return new Argument(written, new Variables.Value(PlacedText.of(text.toString(), -1), value.missing()), offset);
    }

    /** Says that the images of all that was added are found elsewhere. */
    void setFound() {
        isFound = true;
    }

    /** {@return whether the images are found elsewhere} */
    boolean isFound() {
        return isFound;
    }

    /** {@return whether there is nothing to build} */
    boolean isEmpty() {
        return last == null && context == null;
    }

    boolean hasArguments() {
        return !arguments.isEmpty();
    }

    /** {@return the values of the arguments by their names} */
    Map<String, Variables.Value> arguments() {
        Map<String, Variables.Value> values = new LinkedHashMap<>();
        arguments.forEach((name, argument) -> values.put(name, argument.value));
        return values;
    }

    /** {@return the argument whose value is a text; null if there is none} */
    @Nullable
    Argument argument(String text) {
        return arguments.values().stream()
                .filter(argument -> argument.written != null
                        && argument.value.missing() == null
                        && argument.value.text().toString().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** {@return the Dockerfile that is written in the Compose file; null if there is none} */
    @Nullable
    Written inline() {
        return inline;
    }

    /** {@return whether it has a Dockerfile that is a file} */
    boolean hasFile() {
        return !isEmpty() && (inline == null || dockerfile != null);
    }

    /** {@return where it is written from what it is built} */
    Written place() {
        return Objects.requireNonNull(context != null ? context : dockerfile != null ? dockerfile : last);
    }

    /** {@return what messages and baselines call a build with this Dockerfile} */
    String name() {
        return "build " + (context == null ? "\".\"" : context.file.shown(context.node))
                + (dockerfile == null ? "" : ", dockerfile " + dockerfile.file.shown(dockerfile.node));
    }

    /** {@return the Dockerfile that is a file; null if it is not here, or only a variable tells where it is} */
    ComposeFiles.@Nullable Dockerfile dockerfile(ComposeFiles files) throws IOException, InputException {
        Written from = context == null ? last : context;
        if (from == null) {
            return null;
        }
        Variables.Value folder = context == null ? null : context.file.text(context.node, "context");
        Variables.Value name = dockerfile == null ? null : dockerfile.file.text(dockerfile.node, "dockerfile");
        boolean known = (folder == null || folder.missing() == null) && (name == null || name.missing() == null);
        return known
                ? files.dockerfile(
                        from.file,
                        dockerfile == null ? from.node : dockerfile.node,
                        folder == null ? "." : folder.text().toString(),
                        name == null ? ComposeFiles.DOCKERFILE : name.text().toString())
                : null;
    }
}
