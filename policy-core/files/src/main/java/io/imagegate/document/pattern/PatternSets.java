package io.imagegate.document.pattern;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.text.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the named lists of patterns of a policy, and lists that refer to them or to shared ones. */
public final class PatternSets {

    private final Source source;
    private final MutationChecks mutation;
    private final SharedSets shared;
    private final PolicyWarnings warnings;
    private final Map<String, Optional<List<ImagePattern>>> sets;

    public PatternSets(Source source, MutationChecks mutation, SharedSets shared, PolicyWarnings warnings) {
        this.source = source;
        this.mutation = mutation;
        this.shared = shared;
        this.warnings = warnings;
        this.sets = shared.patterns();
    }

    public void define(YamlNode node) {
        node.anyFields()
                .ifPresent(fields -> fields.all().forEach((name, value) -> {
                    sets.put(name, SharedSets.read(source, name, value, warnings));
                    shared.requireFree(name, value);
                }));
    }

    /** {@return the patterns of a list, including those of the sets that it refers to} */
    public Optional<PatternSet> patterns(YamlNode list) {
        return list(list).map(PatternList::all);
    }

    /** {@return the patterns of a list by its entries} */
    public Optional<PatternList> list(YamlNode list) {
        Optional<PatternList> patterns = read(list);
        patterns.ifPresent(read -> mutation.add(list, read.all()));
        return patterns;
    }

    /** {@return the patterns of images that are denied; about those that leave some is warned} */
    public Optional<PatternList> denied(YamlNode list) {
        Optional<PatternList> patterns = list(list);
        patterns.ifPresent(read -> PatternMistakes.checkDenied(read, warnings));
        return patterns;
    }

    /** {@return the patterns of images that are allowed} */
    public Optional<PatternList> allowed(YamlNode list) {
        Optional<PatternList> patterns = read(list);
        patterns.ifPresent(read -> mutation.addAllowed(list, read.all()));
        return patterns;
    }

    private Optional<PatternList> read(YamlNode list) {
        return list.list(this::entry).map(entries -> PatternList.of(list, entries));
    }

    private Optional<PatternList.Entry> entry(YamlNode item) {
        return item.text()
                .flatMap(text -> text.startsWith(PatternList.SET)
                        ? set(item, text)
                        : SharedSets.parsed(item, text, warnings).map(List::of))
                .map(patterns -> new PatternList.Entry(item, patterns));
    }

    private Optional<List<ImagePattern>> set(YamlNode item, String reference) {
        Optional<List<ImagePattern>> set = sets.get(reference.substring(PatternList.SET.length()));
        if (set == null) {
            List<String> names =
                    sets.keySet().stream().map(PatternList.SET::concat).toList();
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
