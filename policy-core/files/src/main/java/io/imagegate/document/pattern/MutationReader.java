package io.imagegate.document.pattern;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Mutation;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import java.util.List;
import java.util.Optional;

/** Reads how a policy rewrites and pins images. */
public final class MutationReader {

    private static final Mutation NONE = Mutation.rewriting(List.of());

    private final PatternSets sets;

    public MutationReader(PatternSets sets) {
        this.sets = sets;
    }

    public Optional<Mutation> read(YamlNode node) {
        return node.fields("kinds", "rewrite", "pin", "onUnavailable").flatMap(this::read);
    }

    private Optional<Mutation> read(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<List<String>> kinds = fields.get("kinds").flatMap(list -> list.list(MutationReader::kind));
        Optional<List<ImageRewrite>> rewrites = fields.get("rewrite").flatMap(MutationReader::rewrites);
        Optional<PatternSet> pin = fields.get("pin").flatMap(this::pin);
        Optional<Enforcement> onUnavailable =
                fields.get("onUnavailable").flatMap(node -> node.choice(Enforcement.class));
        if (!fields.has("rewrite") && !fields.has("pin")) {
            fields.owner().problem("nothing to change, expected rewrite or pin");
        }
        if (fields.has("onUnavailable") && !fields.has("pin")) {
            fields.require("onUnavailable").ifPresent(node -> node.problem("has no effect, expected pin beside it"));
        }
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        Mutation rewriting = NONE.withRewrites(rewrites.orElse(List.of()));
        Mutation pinning = pin.map(rewriting::withPin).orElse(rewriting);
        Mutation lenient = onUnavailable.map(pinning::withOnUnavailable).orElse(pinning);
        return Optional.of(kinds.map(lenient::withKinds).orElse(lenient));
    }

    private Optional<PatternSet> pin(YamlNode list) {
        Optional<PatternSet> pin = sets.patterns(list);
        pin.flatMap(images -> images.patterns().stream()
                        .filter(pattern -> pattern.toString().contains("@"))
                        .findFirst())
                .ifPresent(pattern -> list.problem("pattern " + YamlNode.quote(pattern.toString())
                        + " never applies: its images have a digest, expected a pattern without one"));
        pin.flatMap(images -> images.patterns().stream()
                        .filter(ImagePattern::isPerNamespace)
                        .findFirst())
                .ifPresent(pattern -> list.problem("pattern " + YamlNode.quote(pattern.toString())
                        + " depends on the namespace: an image whose namespace is not told would get no digest, expected a"
                        + " pattern without {namespace}"));
        return pin;
    }

    private static Optional<String> kind(YamlNode node) {
        return node.parse(kind -> {
            NONE.withKinds(List.of(kind)); // which checks it
            return kind;
        });
    }

    private static Optional<List<ImageRewrite>> rewrites(YamlNode list) {
        Optional<List<ImageRewrite>> read = list.list(MutationReader::rewrite);
        read.ifPresent(rewrites -> requireReached(list.items(), rewrites));
        return read.flatMap(
                rewrites -> list.parse("", none -> NONE.withRewrites(rewrites).rewrites()));
    }

    private static void requireReached(List<YamlNode> items, List<ImageRewrite> rewrites) {
        for (int i = 1; i < rewrites.size(); i++) {
            YamlNode item = items.get(i);
            ImagePattern from = rewrites.get(i).from();
            rewrites.subList(0, i).stream()
                    .map(ImageRewrite::from)
                    .filter(first -> first.covers(from))
                    .findFirst()
                    .ifPresent(first -> item.problem("pattern " + YamlNode.quote(from.toString())
                            + " never applies: the rewrite of " + YamlNode.quote(first.toString())
                            + " before it takes all its images, expected the narrower one first"));
        }
    }

    private static Optional<ImageRewrite> rewrite(YamlNode node) {
        return node.fields("from", "to").flatMap(fields -> {
            Optional<ImagePattern> from = pattern(fields, "from");
            Optional<ImagePattern> to = pattern(fields, "to");
            return from.flatMap(f ->
                    to.flatMap(t -> node.parse("", none -> ImageRewrite.of(f.toString(), t.toString()))));
        });
    }

    private static Optional<ImagePattern> pattern(Fields fields, String key) {
        return fields.require(key).flatMap(node -> node.parse(ImagePattern::parse));
    }
}
