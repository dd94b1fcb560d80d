package io.imagegate.document;

import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.text.Names;
import io.imagegate.text.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the named lists of patterns of a policy, and lists that refer to them. */
final class PatternSets {

    private static final String REFERENCE = "$";

    private final Source source;
    private final Map<String, Optional<List<ImagePattern>>> sets = new LinkedHashMap<>();

    PatternSets(Source source) {
        this.source = source;
    }

    void define(YamlNode node) {
        node.anyFields().ifPresent(fields -> fields.all().forEach((name, value) -> define(name, value)));
    }

    private void define(String name, YamlNode value) {
        value.parse(name, text -> Names.require("set", text));
        sets.put(name, value.isMapping() ? fromFile(value) : value.list(PatternSets::pattern));
    }

    private static Optional<ImagePattern> pattern(YamlNode item) {
        return item.text().flatMap(text -> {
            if (text.startsWith(REFERENCE)) {
                item.problem("a set within a set, expected a pattern");
                return Optional.empty();
            }
            return item.parse(text, ImagePattern::parse);
        });
    }

    private Optional<List<ImagePattern>> fromFile(YamlNode node) {
        Optional<YamlNode> file = node.fields("file").flatMap(fields -> fields.require("file"));
        return file.flatMap(name -> name.text().flatMap(text -> fromFile(name, text)));
    }

    private Optional<List<ImagePattern>> fromFile(YamlNode node, String name) {
        Optional<Path> path = source.beside(name);
        if (path.isEmpty()) {
            node.problem(
                    source.hasFolder()
                            ? YamlNode.quote(name) + ", expected the name of a file in the same folder"
                            : "a file, but this policy was not read from a folder; expected a list of patterns");
            return Optional.empty();
        }
        return source.files().text(path.get()).flatMap(text -> lines(path.get().toString(), text));
    }

    private Optional<List<ImagePattern>> lines(String file, String text) {
        List<ImagePattern> patterns = new ArrayList<>();
        int before = source.problems().count();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            PatternLine.parse(new Position(file, number, 1), line, source.problems())
                    .ifPresent(patterns::add);
        }
        if (source.problems().count() > before) {
            return Optional.empty();
        }
        if (patterns.isEmpty()) {
            source.problems().add(file, "no pattern, expected at least one");
        }
        return patterns.isEmpty() ? Optional.empty() : Optional.of(patterns);
    }

    /** {@return the patterns of a list, including those of the sets that it refers to} */
    Optional<PatternSet> patterns(YamlNode list) {
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
            item.problem("unknown set " + YamlNode.quote(reference) + ", "
                    + (names.isEmpty()
                            ? "expected one of spec.sets, but there are none"
                            : Suggestion.oneOf(reference, names)));
            return Optional.empty();
        }
        return set;
    }
}
