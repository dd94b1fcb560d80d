package io.imagegate.document.rule;

import io.imagegate.document.pattern.Globs;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.version.VersionRange;
import java.util.List;
import java.util.Optional;

/** Reads the condition that a tag is a version, with a variant or with only its first numbers. */
final class VersionReader {

    private VersionReader() {}

    static Optional<Rule> read(YamlNode node) {
        return node.fields("in", "partial", "variants").flatMap(VersionReader::read);
    }

    private static Optional<Rule> read(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<VersionRange> range = fields.require("in").flatMap(TagReader::range);
        boolean partial = fields.get("partial").flatMap(YamlNode::flag).orElse(false);
        List<String> variants = fields.get("variants").flatMap(Globs::variants).orElse(List.of());
        return fields.owner().problems().count() > before
                ? Optional.empty()
                : range.map(in -> Rules.version(in, partial, variants));
    }
}
