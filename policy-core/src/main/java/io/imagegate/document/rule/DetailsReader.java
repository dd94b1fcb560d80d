package io.imagegate.document.rule;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Reads the details of a rule for reports. */
final class DetailsReader {

    static final List<String> KEYS = List.of("description", "severity", "link");

    private DetailsReader() {}

    static NamedRule read(Fields fields, NamedRule rule) {
        NamedRule described = fields.get("description")
                .flatMap(node -> node.parse(rule::withDescription))
                .orElse(rule);
        NamedRule graded = fields.get("severity")
                .flatMap(node -> node.choice(Severity.class))
                .map(described::withSeverity)
                .orElse(described);
        return fields.get("link")
                .flatMap(node -> node.parse(text -> graded.withLink(link(text))))
                .orElse(graded);
    }

    private static URI link(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "link " + YamlNode.quote(text) + ": expected a URL that begins with https:// or http://", e);
        }
    }
}
