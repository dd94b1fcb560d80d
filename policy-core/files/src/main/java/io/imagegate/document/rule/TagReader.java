package io.imagegate.document.rule;

import io.imagegate.document.pattern.GlobMistakes;
import io.imagegate.document.pattern.Globs;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the conditions on a tag. */
final class TagReader {

    private TagReader() {}

    static Optional<Rule> read(YamlNode node, PolicyWarnings warnings) {
        return node.fields("required", "allow", "deny", "semver", "unlessDigest")
                .flatMap(fields -> read(fields, warnings));
    }

    private static Optional<Rule> read(Fields fields, PolicyWarnings warnings) {
        int before = fields.owner().problems().count();
        List<Rule> rules = new ArrayList<>();
        if (flag(fields, "required")) {
            rules.add(Rules.tagRequired());
        }
        tags(fields, "allow", warnings).map(Rules::tagAllowed).ifPresent(rules::add);
        tags(fields, "deny", warnings).map(Rules::tagDenied).ifPresent(rules::add);
        fields.get("semver").flatMap(TagReader::range).map(Rules::tagInRange).ifPresent(rules::add);
        boolean unlessDigest = flag(fields, "unlessDigest");
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        if (rules.isEmpty()) {
            if (!fields.hasUnknownKey()) {
                fields.owner().problem("no condition, expected required: true, allow, deny or semver");
            }
            return Optional.empty();
        }
        Rule rule = Rules.allOf(rules.toArray(Rule[]::new));
        return Optional.of(unlessDigest ? Rules.unlessDigest(rule) : rule);
    }

    private static Optional<GlobSet> tags(Fields fields, String key, PolicyWarnings warnings) {
        Optional<YamlNode> list = fields.get(key);
        list.ifPresent(node -> GlobMistakes.tags(node, warnings));
        return list.flatMap(Globs::tags);
    }

    private static boolean flag(Fields fields, String key) {
        return fields.get(key).flatMap(YamlNode::flag).orElse(false);
    }

    /** {@return a range that some version is in} */
    static Optional<VersionRange> range(YamlNode node) {
        return node.textOrNumber().flatMap(text -> node.parse(text, TagReader::range));
    }

    private static VersionRange range(String text) {
        VersionRange range = VersionRange.parse(text);
        range.emptyPart().ifPresent(part -> {
            throw new IllegalArgumentException("version range " + YamlNode.quote(text) + ": no version is in "
                    + YamlNode.quote(part) + "; write || between alternatives");
        });
        return range;
    }
}
