package io.imagegate.document;

import io.imagegate.policy.RuleDetails;
import io.imagegate.policy.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Reads the details of a rule for reports. */
final class DetailsReader {

    static final List<String> KEYS = List.of("description", "severity", "link");

    private DetailsReader() {}

    static RuleDetails read(Fields rule) {
        Optional<RuleDetails> description =
                rule.get("description").flatMap(node -> node.parse(text -> new RuleDetails(text, null, null)));
        Optional<Severity> severity = rule.get("severity").flatMap(node -> node.choice(Severity.class));
        Optional<RuleDetails> link = rule.get("link").flatMap(node -> node.parse(DetailsReader::link));
        return new RuleDetails(
                description.map(RuleDetails::description).orElse(null),
                severity.orElse(null),
                link.map(RuleDetails::link).orElse(null));
    }

    private static RuleDetails link(String text) {
        try {
            return new RuleDetails(null, null, new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "link " + YamlNode.quote(text) + ": expected a URL that begins with https:// or http://", e);
        }
    }
}
