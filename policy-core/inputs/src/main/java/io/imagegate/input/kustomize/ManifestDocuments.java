package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.TextSyntax;
import io.imagegate.input.kubernetes.DefinitionText;
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

    private static final String SPEC = "spec";

    private ManifestDocuments() {}

    /** {@return the documents of a file of resources but for empty ones; what is in CustomResourceDefinitions is not known} */
    static List<ManifestNode> readResources(ManifestSource source, byte[] content, KustomizeBudget budget)
            throws InputException {
        byte[] passed = DefinitionText.passed(content);
        List<ManifestNode> documents = read(source, passed, budget);
        for (ManifestNode document : passed == content ? List.<ManifestNode>of() : documents) {
            ManifestNode spec = document.field(SPEC);
            if (document.text("kind").equals("CustomResourceDefinition")
                    && spec != null
                    && spec.type == ValueType.NULL) {
                document.fields.put(SPEC, spec.object().unknown(spec));
            }
        }
        return documents;
    }

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
