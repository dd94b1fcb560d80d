package io.imagegate.document.pattern;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.text.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the named lists of patterns of a policy, and lists that refer to them or to shared ones. */
public final class PatternSets {

    static final String REFERENCE = "$";

    private final Source source;
    private final MutationChecks mutation;
    private final SharedSets shared;
    private final Map<String, Optional<List<ImagePattern>>> sets;

    public PatternSets(Source source, MutationChecks mutation, SharedSets shared) {
        this.source = source;
        this.mutation = mutation;
        this.shared = shared;
        this.sets = shared.patterns();
    }

    public void define(YamlNode node) {
        node.anyFields()
                .ifPresent(fields -> fields.all().forEach((name, value) -> {
                    sets.put(name, SharedSets.read(source, name, value));
                    shared.requireFree(name, value);
                }));
    }

    /** {@return the patterns of a list, including those of the sets that it refers to} */
    public Optional<PatternSet> patterns(YamlNode list) {
        Optional<PatternSet> patterns = read(list);
        patterns.ifPresent(read -> mutation.add(list, read));
        return patterns;
    }

    /** {@return the patterns of images that are allowed} */
    public Optional<PatternSet> allowed(YamlNode list) {
        Optional<PatternSet> patterns = read(list);
        patterns.ifPresent(read -> mutation.addAllowed(list, read));
        return patterns;
    }

    private Optional<PatternSet> read(YamlNode list) {
        return list.list(this::patternOrSet)
                .map(parts -> PatternSet.of(parts.stream().flatMap(List::stream).toList()));
    }

    private Optional<List<ImagePattern>> patternOrSet(YamlNode item) {
        return item.text()
                .flatMap(text -> text.startsWith(REFERENCE)
                        ? set(item, text)
                        : item.parse(text, ImagePattern::parse).map(List::of));
    }

    private Optional<List<ImagePattern>> set(YamlNode item, String reference) {
        Optional<List<ImagePattern>> set = sets.get(reference.substring(REFERENCE.length()));
        if (set == null) {
            List<String> names = sets.keySet().stream().map(REFERENCE::concat).toList();
            item.problem("unknown set " + YamlNode.quote(reference), Suggestion.oneOf(reference, names, "spec.sets"));
            return Optional.empty();
        }
        if (set.isPresent() && !shared.mayCopy(set.get())) {
            item.problem("the names of sets stand for more than " + SharedSets.MOST_COPIED
                    + " patterns in all, expected smaller sets or fewer names");
            return Optional.empty();
        }
        return set;
    }
}
