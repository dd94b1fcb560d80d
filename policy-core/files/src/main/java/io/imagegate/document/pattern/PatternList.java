package io.imagegate.document.pattern;

import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import java.util.List;

/**
 * List of patterns as it is written.
 *
 * @param node the list
 * @param entries what stands in it
 * @param all the patterns of all entries
 */
public record PatternList(YamlNode node, List<Entry> entries, PatternSet all) {

    /** What the name of a set begins with. */
    public static final String SET = "$";

    /**
     * Pattern, or the name of a set.
     *
     * @param item the entry
     * @param patterns the patterns that it stands for
     */
    public record Entry(YamlNode item, List<ImagePattern> patterns) {

        /** {@return whether it is the name of a set, which other lists may have, too} */
        public boolean isSet() {
            return item.written().startsWith(SET);
        }
    }

    static PatternList of(YamlNode node, List<Entry> entries) {
        return new PatternList(
                node,
                entries,
                PatternSet.of(entries.stream()
                        .flatMap(entry -> entry.patterns().stream())
                        .toList()));
    }
}
