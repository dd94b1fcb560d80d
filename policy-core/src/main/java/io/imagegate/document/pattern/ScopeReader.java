package io.imagegate.document.pattern;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Scope;
import java.util.List;
import java.util.Optional;

/** Reads the scope of a rule. */
public final class ScopeReader {

    private static final List<ImagePattern> EVERY_IMAGE = List.of(ImagePattern.parse("**"));
    private static final GlobSet EVERY_NAMESPACE = GlobSet.of("*");

    private final PatternSets sets;
    private final PolicyWarnings warnings;

    public ScopeReader(PatternSets sets, PolicyWarnings warnings) {
        this.sets = sets;
        this.warnings = warnings;
    }

    public Optional<Scope> read(YamlNode node) {
        return node.fields("namespaces", "exceptNamespaces", "images", "exceptImages")
                .flatMap(this::read);
    }

    private Optional<Scope> read(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<GlobSet> namespaces = fields.get("namespaces").flatMap(Globs::namespaces);
        Optional<GlobSet> exceptNamespaces = fields.get("exceptNamespaces").flatMap(Globs::namespaces);
        Optional<PatternSet> images = fields.get("images").flatMap(this::images);
        Optional<PatternSet> exceptImages = fields.get("exceptImages").flatMap(sets::patterns);
        exceptNamespaces
                .filter(except -> except.covers(namespaces.orElse(EVERY_NAMESPACE)))
                .ifPresent(except -> nothingLeft(fields, "exceptNamespaces", "namespace"));
        List<ImagePattern> only = images.map(PatternSet::patterns).orElse(EVERY_IMAGE);
        exceptImages
                .filter(except -> only.stream().allMatch(except::covers))
                .ifPresent(except -> nothingLeft(fields, "exceptImages", "image"));
        if (fields.all().isEmpty()) {
            fields.owner().problem("empty, expected namespaces, exceptNamespaces, images or exceptImages");
        }
        return fields.owner().problems().count() > before
                ? Optional.empty()
                : Optional.of(scope(namespaces, exceptNamespaces, images, exceptImages));
    }

    private Optional<PatternSet> images(YamlNode list) {
        Optional<PatternSet> images = sets.patterns(list);
        images.ifPresent(read -> ShallowPatterns.in(read)
                .forEach((pattern, deeper) -> warnings.add(
                        list,
                        YamlNode.quote(pattern)
                                + " leaves out deeper paths of its registry, which are then not checked: write "
                                + YamlNode.quote(deeper) + ", too, if they are to be")));
        return images;
    }

    private static Scope scope(
            Optional<GlobSet> namespaces,
            Optional<GlobSet> exceptNamespaces,
            Optional<PatternSet> images,
            Optional<PatternSet> exceptImages) {
        Scope only = namespaces.map(Scope::ofNamespaces).orElse(Scope.EVERYTHING);
        Scope except = exceptNamespaces.map(only::withExceptNamespaces).orElse(only);
        Scope both = images.map(except::withImages).orElse(except);
        return exceptImages.map(both::withExceptImages).orElse(both);
    }

    private static void nothingLeft(Fields fields, String key, String what) {
        fields.get(key)
                .ifPresent(node -> node.problem("every " + what + " is excluded, so this never applies; expected "
                        + what + "s that do not have to comply"));
    }
}
