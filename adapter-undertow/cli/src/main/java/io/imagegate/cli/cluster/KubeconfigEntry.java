package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.follow.FileContents.Content;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * A cluster, user or context of a kubeconfig.
 *
 * @param file the file that has it
 * @param name what messages call it, with a colon; empty for the file itself
 * @param node its content
 */
record KubeconfigEntry(Path file, String name, Node node) {

    /** {@return what messages call a field} */
    String description(String field) {
        return file + ": " + name + field;
    }

    /** {@return whether a field has a value other than null, an empty text and an empty list} */
    boolean has(String field) {
        Node value = node.field(field);
        return value != null
                && value.type() != ValueType.NULL
                && !(value.isText() && value.text().isEmpty())
                && !(value.isArray() && value.elements().isEmpty());
    }

    /** {@return the text of a field; empty if there is none} */
    Optional<String> text(String field) {
        Node value = node.field(field);
        if (!has(field) || value == null) {
            return Optional.empty();
        }
        if (!value.isScalar()) {
            throw new ClusterProblem(description(field) + ": expected a text, got " + value.type());
        }
        return Optional.of(value.text());
    }

    /** {@return the text of a field that has to be there} */
    String require(String field) {
        return text(field).orElseThrow(() -> new ClusterProblem(description(field) + ": expected a text, got nothing"));
    }

    /** {@return a file, whose name starts at the kubeconfig} */
    Path path(String written) {
        try {
            return file.toAbsolutePath().resolveSibling(written);
        } catch (InvalidPathException unusable) {
            throw new ClusterProblem(description(written) + ": expected the name of a file", unusable);
        }
    }

    /** {@return what a field holds in base64, or the content of the file that it names; data count more, as for kubectl} */
    Optional<Content> content(String field) {
        Optional<String> data = text(field + "-data");
        return data.isPresent()
                ? data.map(text -> decoded(field + "-data", text))
                : text(field).map(written -> ApiTls.read(path(written)));
    }

    private Content decoded(String field, String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return new Content(Path.of(file + ": " + field), new String(bytes, ISO_8859_1), null);
        } catch (IllegalArgumentException malformed) {
            throw new ClusterProblem(description(field) + ": expected base64", malformed);
        }
    }
}
