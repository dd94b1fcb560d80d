package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.TextSyntax;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.ValueType;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the documents of a text as trees. */
final class ManifestDocuments {

    private ManifestDocuments() {}

    /** {@return the documents but for empty ones} */
    static List<ManifestNode> read(ManifestSource source, byte[] content, KustomizeBudget budget)
            throws InputException {
        List<ManifestNode> documents = new ArrayList<>();
        BufferedInputStream in = new BufferedInputStream(new ByteArrayInputStream(content));
        try {
            DocumentCursor<InputException> cursor = TextSyntax.open(
                    source.name(),
                    in,
                    (line, column, problem) ->
                            new InputException(source.name(), source.line() + line, column, problem));
            while (cursor.begin()) {
                documents.add(ManifestNode.read(cursor, source, budget));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        documents.removeIf(document -> document.type == ValueType.NULL);
        return documents;
    }
}
