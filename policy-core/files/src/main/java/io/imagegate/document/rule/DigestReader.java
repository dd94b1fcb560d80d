package io.imagegate.document.rule;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import java.util.List;
import java.util.Optional;

/** Reads the conditions on a digest. */
public final class DigestReader {

    private static final List<String> ALGORITHMS = List.of("sha256", "sha384", "sha512");

    private DigestReader() {}

    static Optional<Rule> read(YamlNode node) {
        return node.fields("required", "algorithms").flatMap(DigestReader::read);
    }

    private static Optional<Rule> read(Fields fields) {
        boolean required =
                fields.require("required").flatMap(YamlNode::onlyTrue).isPresent();
        Optional<List<String>> algorithms = fields.has("algorithms")
                ? fields.get("algorithms").flatMap(list -> list.list(item -> item.oneOf(ALGORITHMS)))
                : Optional.of(List.of());
        return required
                ? algorithms.map(names -> Rules.digestRequired(names.toArray(String[]::new)))
                : Optional.empty();
    }

    /** Parses a digest. Other readers take a {@link ReferenceSyntaxException} for one about a pattern. */
    public static Digest parse(String text) {
        try {
            return Digest.parse(text);
        } catch (ReferenceSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
