package io.imagegate.document.rule;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Scope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the rules on the content of images, and those that require a digest, of policies loaded together. */
public final class ContentRules {

    private static final Set<String> SIGNATURES = Set.of("signature", "attestation");
    private static final Set<String> CONTENT = Set.of("image", "signature", "attestation");

    /** Rules in Java may look at content, too. */
    private static final Set<String> PERHAPS_CONTENT = Set.of("image", "signature", "attestation", "custom");

    private record Written(YamlNode node, NamedRule rule, boolean onSignatures) {}

    private final List<Written> onContent = new ArrayList<>();
    private final List<Written> patient = new ArrayList<>();
    private final List<Scope> pinned = new ArrayList<>();
    private final Set<Position> expressions = new HashSet<>();

    /** Records a CEL expression that looks at content. */
    void expression(YamlNode cel) {
        expressions.add(cel.at());
    }

    /** Adds a rule if it is one of these; it was read without a problem. */
    void add(Fields fields, NamedRule rule) {
        if (uses(fields, CONTENT)) {
            onContent.add(new Written(fields.owner(), rule, uses(fields, SIGNATURES)));
        }
        // Without a namespace and on the last day, the strictest effect of the rule holds.
        if (rule.enforcement("", LocalDate.MAX) == Enforcement.DENY
                && rule.onUnavailable("", LocalDate.MAX) != Enforcement.DENY
                && uses(fields, PERHAPS_CONTENT)) {
            fields.get("onUnavailable").ifPresent(node -> patient.add(new Written(node, rule, false)));
        }
        if (rule.alwaysDenies() && requiresDigest(fields)) {
            pinned.add(rule.scope());
        }
    }

    /** Records each rule on content as a problem. */
    public void refuse(String why) {
        onContent.forEach(written -> written.node.problem(named(written) + " looks at the content of images: " + why));
    }

    /** Records each rule on signatures as a problem. */
    public void refuseSignatures(String why) {
        onContent.stream()
                .filter(Written::onSignatures)
                .forEach(written -> written.node.problem(named(written) + " looks at signatures: " + why));
    }

    /** {@return a warning for each rule whose images may change between the check and the pull} */
    public List<Problem> warnings() {
        return onContent.stream()
                .filter(written -> !ScopeCover.of(pinned).covers(written.rule.scope()))
                .map(ContentRules::warning)
                .toList();
    }

    /**
     * {@return a warning for each rule that outages loosen, and that also applies to images of registries that never count as
     * down}
     *
     * @param exact all images of registries that do, because they are named exactly
     */
    public List<Problem> outages(PatternSet exact) {
        return patient.stream()
                .flatMap(written -> beyond(written.rule.scope(), exact).map(images -> outage(written, images)).stream())
                .toList();
    }

    /** {@return a pattern of a scope that also matches other images} */
    private static Optional<ImagePattern> beyond(Scope scope, PatternSet exact) {
        return scope.images().map(PatternSet::patterns).orElse(List.of(ImagePattern.parse("**"))).stream()
                .filter(pattern -> !exact.covers(pattern))
                .findFirst();
    }

    private static Problem outage(Written written, ImagePattern images) {
        return written.node.warning("only registries that are named exactly ever count as down, and " + named(written)
                + " also applies to images of others, which it denies during an outage: name the registries of "
                + YamlNode.quote(images.toString()) + " exactly, or limit match to those that are");
    }

    private static Problem warning(Written written) {
        return new Problem(
                written.node.at(),
                named(written) + " looks at the content of images that need no digest, so a tag can move between the"
                        + " check and the pull: add a rule with digest: {required: true} for them");
    }

    private static String named(Written written) {
        return "rule " + YamlNode.quote(written.rule.name());
    }

    private boolean uses(Fields condition, Set<String> keys) {
        return keys.stream().anyMatch(condition::has)
                || (keys.contains("image")
                        && condition
                                .get("cel")
                                .map(YamlNode::at)
                                .filter(expressions::contains)
                                .isPresent())
                || Stream.of("any", "all").anyMatch(key -> anyPart(condition, key, part -> uses(part, keys)))
                || condition
                        .get("not")
                        .flatMap(YamlNode::anyFields)
                        .filter(part -> uses(part, keys))
                        .isPresent();
    }

    private static boolean requiresDigest(Fields condition) {
        return condition.has("digest") || anyPart(condition, "all", part -> !part.has("match") && requiresDigest(part));
    }

    private static boolean anyPart(Fields condition, String key, Predicate<Fields> test) {
        return condition.get(key).stream()
                .flatMap(list -> list.items().stream())
                .flatMap(item -> item.anyFields().stream())
                .anyMatch(test);
    }
}
