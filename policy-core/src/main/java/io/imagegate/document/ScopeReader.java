package io.imagegate.document;

import io.imagegate.reference.Glob;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Scope;
import java.util.Optional;

/** Reads the scope of a rule. */
final class ScopeReader {

    private static final ImagePattern EVERY_IMAGE = ImagePattern.parse("**");

    private final PatternSets sets;

    ScopeReader(PatternSets sets) {
        this.sets = sets;
    }

    Optional<Scope> read(YamlNode node) {
        return node.fields("namespaces", "exceptNamespaces", "images", "exceptImages")
                .flatMap(this::read);
    }

    private Optional<Scope> read(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<GlobSet> namespaces = fields.get("namespaces").flatMap(Globs::namespaces);
        Optional<GlobSet> exceptNamespaces = fields.get("exceptNamespaces").flatMap(Globs::namespaces);
        Optional<PatternSet> images = fields.get("images").flatMap(sets::patterns);
        Optional<PatternSet> exceptImages = fields.get("exceptImages").flatMap(sets::patterns);
        exceptNamespaces.ifPresent(except -> checkNamespaces(fields, namespaces, except));
        exceptImages
                .filter(except -> except.contains(EVERY_IMAGE))
                .ifPresent(except -> nothingLeft(fields, "exceptImages", "image"));
        if (fields.all().isEmpty()) {
            fields.owner().problem("empty, expected namespaces, exceptNamespaces, images or exceptImages");
        }
        return fields.owner().problems().count() > before
                ? Optional.empty()
                : Optional.of(new Scope(
                        namespaces.orElse(null),
                        exceptNamespaces.orElse(null),
                        images.orElse(null),
                        exceptImages.orElse(null)));
    }

    private static void checkNamespaces(Fields fields, Optional<GlobSet> namespaces, GlobSet except) {
        boolean nothingLeft = except.globs().stream().anyMatch(glob -> Globs.isEverything(glob.toString()))
                || namespaces
                        .filter(only -> only.globs().stream().allMatch(glob -> isIn(glob, except)))
                        .isPresent();
        if (nothingLeft) {
            nothingLeft(fields, "exceptNamespaces", "namespace");
        }
    }

    private static boolean isIn(Glob glob, GlobSet except) {
        return except.globs().contains(glob) || (glob.isLiteral() && except.matches(glob.toString()));
    }

    private static void nothingLeft(Fields fields, String key, String what) {
        fields.get(key)
                .ifPresent(node -> node.problem("every " + what + " is excluded, so this never applies; expected "
                        + what + "s that do not have to comply"));
    }
}
