package io.imagegate.document.pattern;

import io.imagegate.document.file.ListFile;
import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.ImagePattern;
import io.imagegate.text.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The named lists of patterns in documents of kind ImageSets, for all policies that are loaded together. */
public final class SharedSets {

    /** Most patterns that names of sets stand for: each list has its own copy, and a few lines can have very many. */
    static final int MOST_COPIED = 500_000;

    private record Shared(Position at, Optional<List<ImagePattern>> patterns) {}

    private final Map<String, Shared> sets = new LinkedHashMap<>();
    private int copied;

    /** {@return whether a list may have these patterns of a set, too; they are counted} */
    boolean mayCopy(List<ImagePattern> patterns) {
        copied = Math.min(MOST_COPIED + 1, copied + patterns.size());
        return copied <= MOST_COPIED;
    }

    /** Defines the sets of a mapping. */
    public void define(Source source, YamlNode node, PolicyWarnings warnings) {
        node.anyFields().ifPresent(fields -> {
            fields.requireAny("a set, such as trusted: [ghcr.io/acme/**]");
            fields.all().forEach((name, value) -> {
                requireFree(name, value);
                sets.putIfAbsent(name, new Shared(value.at(), read(source, name, value, warnings)));
            });
        });
    }

    /** Records a problem if a name is taken. */
    void requireFree(String name, YamlNode value) {
        Shared before = sets.get(name);
        if (before != null) {
            value.problem("set " + YamlNode.quote(name) + " is already defined in " + before.at.file() + " line "
                    + before.at.line() + ", expected another name");
        }
    }

    /** {@return the patterns of each set by its name, in a new map; empty for one with mistakes} */
    Map<String, Optional<List<ImagePattern>>> patterns() {
        Map<String, Optional<List<ImagePattern>>> patterns = new LinkedHashMap<>();
        sets.forEach((name, set) -> patterns.put(name, set.patterns));
        return patterns;
    }

    /** {@return the patterns of a set, inline or in a file} */
    static Optional<List<ImagePattern>> read(Source source, String name, YamlNode value, PolicyWarnings warnings) {
        value.parse(name, text -> Names.require("set", text));
        return value.isMapping()
                ? new ListFile<>(
                                source,
                                "pattern",
                                ImagePattern::parse,
                                (at, pattern) -> PatternMistakes.check(at, pattern, warnings))
                        .read(value)
                : value.list(item -> pattern(item, warnings));
    }

    private static Optional<ImagePattern> pattern(YamlNode item, PolicyWarnings warnings) {
        return item.text().flatMap(text -> {
            if (text.startsWith(PatternList.SET)) {
                item.problem("a set within a set, expected a pattern");
                return Optional.empty();
            }
            return parsed(item, text, warnings);
        });
    }

    /** {@return the pattern, about which is warned if it probably means another} */
    static Optional<ImagePattern> parsed(YamlNode item, String text, PolicyWarnings warnings) {
        Optional<ImagePattern> pattern = item.parse(text, ImagePattern::parse);
        pattern.ifPresent(read -> PatternMistakes.check(item, read, warnings));
        return pattern;
    }
}
