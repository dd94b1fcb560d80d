package io.imagegate.document.rule;

import io.imagegate.document.file.ListFile;
import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.text.DurationText;
import io.imagegate.text.SizeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads conditions on the content of an image. */
public final class ImageContentReader {

    private static final String[] KEYS = {
        "maxAge", "platforms", "maxSize", "labels", "annotations", "exists", "denyDigests"
    };

    private final ListFile<Digest> digests;

    ImageContentReader(Source source) {
        this.digests = new ListFile<>(source, "digest", ImageContentReader::digest);
    }

    Optional<Rule> read(YamlNode node) {
        return node.fields(KEYS).flatMap(this::read);
    }

    private Optional<Rule> read(Fields fields) {
        int before = fields.owner().problems().count();
        List<Rule> rules = new ArrayList<>();
        fields.get("exists")
                .flatMap(YamlNode::onlyTrue)
                .map(yes -> Rules.exists())
                .ifPresent(rules::add);
        fields.get("denyDigests").flatMap(this::denied).map(Rules::denyDigests).ifPresent(rules::add);
        fields.get("maxAge")
                .flatMap(node -> node.parseAmount(DurationText::parse))
                .map(Rules::maxAge)
                .ifPresent(rules::add);
        fields.get("platforms")
                .flatMap(ImageContentReader::platforms)
                .map(Rules::platforms)
                .ifPresent(rules::add);
        fields.get("maxSize")
                .flatMap(node -> node.parseAmount(SizeText::parse))
                .map(Rules::maxSize)
                .ifPresent(rules::add);
        fields.get("labels")
                .flatMap(ImageContentReader::globs)
                .map(Rules::labels)
                .ifPresent(rules::add);
        fields.get("annotations")
                .flatMap(ImageContentReader::globs)
                .map(Rules::annotations)
                .ifPresent(rules::add);
        fields.requireAny(KEYS);
        return rules.isEmpty() || fields.owner().problems().count() > before
                ? Optional.empty()
                : Optional.of(Rules.allOf(rules.toArray(Rule[]::new)));
    }

    private Optional<Set<Digest>> denied(YamlNode node) {
        return digests.read(node).map(LinkedHashSet::new);
    }

    /** Rules check what a digest or a platform is. */
    private static Digest digest(String text) {
        Digest digest = DigestReader.parse(text);
        Rules.denyDigests(Set.of(digest));
        return digest;
    }

    /** Reads platforms that an image can have, since a misspelled one would match no condition. */
    public static Optional<String[]> platforms(YamlNode list) {
        return list.list(item -> item.parse(text -> {
                    Rules.platforms(text);
                    return text;
                }))
                .map(texts -> texts.toArray(String[]::new));
    }

    /** Numbers are taken as they are written: a label can be a version. */
    static Optional<Map<String, String>> globs(YamlNode node) {
        Map<String, String> globs = new LinkedHashMap<>();
        Optional<Fields> fields = node.anyFields();
        fields.map(Fields::all)
                .ifPresent(all -> all.forEach((key, value) -> value.textOrNumber()
                        .flatMap(text -> value.parse(text, GlobSet::of))
                        .ifPresent(glob -> globs.put(key, glob.toString()))));
        if (fields.filter(all -> all.all().isEmpty()).isPresent()) {
            node.problem("empty, expected at least one key with a glob of its value");
        }
        return globs.isEmpty() ? Optional.empty() : Optional.of(globs);
    }
}
