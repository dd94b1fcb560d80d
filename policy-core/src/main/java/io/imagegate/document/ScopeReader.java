package io.imagegate.document;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Scope;
import java.util.Optional;

/** Reads of which images a rule speaks. */
final class ScopeReader {

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
        Optional<GlobSet> namespaces = fields.get("namespaces").flatMap(Globs::read);
        Optional<GlobSet> exceptNamespaces = fields.get("exceptNamespaces").flatMap(Globs::read);
        Optional<PatternSet> images = fields.get("images").flatMap(sets::patterns);
        Optional<PatternSet> exceptImages = fields.get("exceptImages").flatMap(sets::patterns);
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
}
