package io.imagegate.document.yaml;

import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the documents of a file in YAML 1.2 or JSON, which is a subset of YAML. */
public final class YamlReader {

    /**
     * A policy needs about 8 levels, and more for nested rules. The length of texts is that of the file, which is limited.
     * Values are counted before aliases are.
     */
    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(Integer.MAX_VALUE, 64)
            .parts(500_000)
            .aliases(2_000_000)
            .build();

    private YamlReader() {}

    /**
     * {@return the only document; empty if there is none or a mistake}
     *
     * @param limits how deep it may be, and whether it may have aliases; the text is in memory
     */
    public static Optional<YamlNode> document(String file, String text, SyntaxLimits limits, Problems problems) {
        YamlCursor<SyntaxException> cursor =
                YamlCursor.of(text, YamlDialect.CONFIGURATION, limits, SyntaxException.OF_YAML);
        try {
            Node node = cursor.document();
            cursor.end();
            return Optional.ofNullable(node).map(document -> YamlNode.document(file, document, problems));
        } catch (SyntaxException e) {
            e.addTo(file, problems);
            return Optional.empty();
        }
    }

    /** {@return the documents; if there is a mistake, those before it} */
    public static List<YamlNode> documents(String file, String text, Problems problems) {
        List<YamlNode> documents = new ArrayList<>();
        YamlCursor<SyntaxException> cursor =
                YamlCursor.of(text, YamlDialect.CONFIGURATION, LIMITS, SyntaxException.OF_YAML);
        try {
            for (Node node = cursor.document(); node != null; node = cursor.document()) {
                if (node.type() != ValueType.NULL) { // such as after a last ---
                    documents.add(YamlNode.document(file, node, problems));
                }
            }
        } catch (SyntaxException e) {
            e.addTo(file, problems);
        }
        return documents;
    }
}
