package io.imagegate.server.cluster;

import io.imagegate.follow.FileContents.Content;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.YamlCursor;
import io.imagegate.syntax.YamlDialect;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of a kubeconfig.
 *
 * @param path the file
 * @param root its content
 */
record KubeconfigFile(Path path, Node root) {

    /** A file is at most 1 MiB long. */
    private static final SyntaxLimits LIMITS =
            new SyntaxLimits(1 << 20, 32).withTotalChars(1 << 20).withParts(100_000);

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
        return new KubeconfigFile(path, root);
    }

    String name() {
        return path.toString();
    }

    /** {@return a text at the top; empty if there is none} */
    Optional<String> text(String field) {
        return new KubeconfigEntry(path, "", root).text(field);
    }

    /** {@return the entry of a list with a name} */
    Optional<KubeconfigEntry> entry(String list, String field, String name) {
        Node entries = root.field(list);
        for (Node entry : entries == null ? List.<Node>of() : entries.elements()) {
            Node value = entry.field(field);
            if (new KubeconfigEntry(path, "", entry)
                            .text("name")
                            .filter(name::equals)
                            .isPresent()
                    && value != null) {
                return Optional.of(new KubeconfigEntry(path, field + " " + name + ": ", value));
            }
        }
        return Optional.empty();
    }
}
