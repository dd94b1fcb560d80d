package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.kubernetes.DefinitionText;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.syntax.ValueType;
import io.imagegate.yaml.YamlDialect;
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
        SyntaxProblems<InputException> problems =
                (line, column, problem) -> new InputException(source.name(), source.line() + line, column, problem);
        return read(FileSyntax.openYaml(source.name(), content, YamlDialect.MANIFEST, problems), source, budget);
    }

    private static List<ManifestNode> read(
            DocumentCursor<InputException> cursor, ManifestSource source, KustomizeBudget budget)
            throws InputException {
        List<ManifestNode> documents = new ArrayList<>();
        while (cursor.begin()) {
            documents.add(ManifestNode.read(cursor, source, budget));
        }
        documents.removeIf(document -> document.type == ValueType.NULL);
        return documents;
    }
}
