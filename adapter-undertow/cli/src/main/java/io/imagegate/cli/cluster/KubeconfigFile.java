package io.imagegate.cli.cluster;

import io.imagegate.follow.FileContents.Content;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of a kubeconfig.
 *
 * @param path the file
 * @param root its content
 */
record KubeconfigFile(Path path, Node root) {

    private static final int SHOWN = 60;

    /** A file is at most 1 MiB long. */
    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(1 << 20, 32)
            .totalChars(1 << 20)
            .parts(100_000)
            .aliases(100_000)
            .build();

    static KubeconfigFile read(Path path) {
        Content content = ApiTls.read(path);
        if (content.problem() != null) {
            throw new ClusterProblem(path + ": " + content.problem());
        }
        Node root = YamlCursor.of(
                        new ByteArrayInputStream(content.bytes()),
                        YamlDialect.FOREIGN,
                        LIMITS,
                        (line, column, problem) ->
                                new ClusterProblem(path + ":" + line + ":" + column + ": " + problem))
                .document();
        if (root == null || !root.isObject()) {
            throw new ClusterProblem(path + ": expected a kubeconfig");
        }
        requireNamesOnce(path, root);
        return new KubeconfigFile(path, root);
    }

    /** Of two fields with a name, kubectl takes the last, and other programs the first. */
    private static void requireNamesOnce(Path path, Node node) {
        Set<String> names = new HashSet<>();
        for (Node.Field field : node.fields()) {
            Node name = field.name();
            if (!names.add(name.text())) {
                throw new ClusterProblem(path + ":" + name.line() + ":" + name.column() + ": the field "
                        + SafeText.quote(name.text(), SHOWN) + " comes twice, expected it once");
            }
            requireNamesOnce(path, field.value());
        }
        node.elements().forEach(element -> requireNamesOnce(path, element));
    }

    String name() {
        return path.toString();
    }

    /** {@return a text at the top; empty if there is none} */
    Optional<String> text(String field) {
        return new KubeconfigEntry(path, "", root).text(field);
    }

    /** {@return the entry of a list with a name, which may be there once, as for kubectl} */
    Optional<KubeconfigEntry> entry(String list, String field, String name) {
        Optional<KubeconfigEntry> found = Optional.empty();
        Node entries = root.field(list);
        for (Node entry : entries == null ? List.<Node>of() : entries.elements()) {
            Node value = entry.field(field);
            if (new KubeconfigEntry(path, "", entry)
                            .text("name")
                            .filter(name::equals)
                            .isPresent()
                    && value != null) {
                if (!value.isObject() && value.type() != ValueType.NULL) {
                    throw new ClusterProblem(
                            path + ": " + field + " " + name + ": expected an object, got " + value.type());
                }
                if (found.isPresent()) {
                    throw new ClusterProblem(path + ": " + list + ": expected " + name + " once, found it again");
                }
                found = Optional.of(new KubeconfigEntry(path, field + " " + name + ": ", value));
            }
        }
        return found;
    }
}
