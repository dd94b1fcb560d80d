package io.imagegate.document.pattern;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the scopes of the rules and exceptions of one policy. */
public final class ScopeReader {

    /** The keys of what is included, which an exception has, too. */
    public static final List<String> INCLUDED = Stream.concat(
                    Stream.of("images", "namespaces"), CriterionReader.KEYS.stream())
            .toList();

    private static final String[] KEYS =
            INCLUDED.stream().flatMap(key -> Stream.of(key, except(key))).toArray(String[]::new);

    private static final List<ImagePattern> EVERY_IMAGE = List.of(ImagePattern.parse("**"));
    private static final GlobSet EVERY_NAMESPACE = GlobSet.of("*");

    private final PatternSets sets;
    private final PolicyWarnings warnings;

    /** What ImagePolicyWebhook does not tell, and where the policy depends on it first. */
    private final Map<String, YamlNode> notInImageReview = new LinkedHashMap<>();

    public ScopeReader(PatternSets sets, PolicyWarnings warnings) {
        this.sets = sets;
        this.warnings = warnings;
    }

    /** Reads the match of a rule, or of a part of one. */
    public Optional<Scope> read(YamlNode node) {
        return node.fields(KEYS).flatMap(this::read);
    }

    private Optional<Scope> read(Fields fields) {
        int before = fields.owner().problems().count();
        fields.requireAny(KEYS);
        Scope scope = excluding(fields, included(fields));
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        fields.get("images").ifPresent(list -> warnOfShallow(list, scope.images()));
        if (scope.isChosenByAuthor()) {
            warnings.add(
                    fields.owner(),
                    "whoever writes a pod chooses all that this depends on, and so whether the condition applies: add images,"
                            + " namespaces, users or groups, or conditions for every other choice");
        }
        return Optional.of(scope);
    }

    /** {@return what the {@linkplain #INCLUDED keys} of a match or an exception include} Mistakes are recorded. */
    public Scope included(Fields fields) {
        Scope scope = Scope.EVERYTHING;
        Optional<PatternSet> images = fields.get("images").flatMap(sets::patterns);
        Optional<GlobSet> namespaces = fields.get("namespaces").flatMap(Globs::namespaces);
        scope = images.map(scope::withImages).orElse(scope);
        scope = namespaces.map(scope::withNamespaces).orElse(scope);
        for (String key : CriterionReader.KEYS) {
            scope = scope.with(criteria(key, fields.get(key)));
        }
        EphemeralContainers.check(fields, scope.criteria(), warnings);
        return scope;
    }

    private Scope excluding(Fields fields, Scope included) {
        Scope scope = included;
        Optional<PatternSet> images = fields.get("exceptImages").flatMap(sets::patterns);
        Optional<GlobSet> namespaces = fields.get("exceptNamespaces").flatMap(Globs::namespaces);
        if (namespaces.isPresent()
                && namespaces.get().covers(included.namespaces().orElse(EVERY_NAMESPACE))) {
            nothingLeft(fields, "exceptNamespaces", "namespace");
        }
        List<ImagePattern> only = included.images().map(PatternSet::patterns).orElse(EVERY_IMAGE);
        if (images.isPresent() && only.stream().allMatch(images.get()::covers)) {
            nothingLeft(fields, "exceptImages", "image");
        }
        scope = images.map(scope::withExceptImages).orElse(scope);
        scope = namespaces.map(scope::withExceptNamespaces).orElse(scope);
        for (String key : CriterionReader.KEYS) {
            Criterion[] criteria = criteria(key, fields.get(except(key)));
            if (criteria.length > 0) {
                if (CriterionReader.leaveNothing(criteria, included.criteria())) {
                    nothingLeft(fields, except(key), "image");
                }
                scope = scope.without(criteria);
            }
        }
        return scope;
    }

    private Criterion[] criteria(String key, Optional<YamlNode> field) {
        if (field.isEmpty()) {
            return new Criterion[0];
        }
        List<Criterion> criteria = CriterionReader.read(key, field.get()).orElse(List.of());
        switch (key) {
            case "kinds" -> field.get().elements().forEach(item -> warnings.kind(item, item.written()));
            case "users" -> GlobMistakes.users(field.get(), warnings);
            case "groups", "names" -> GlobMistakes.texts(field.get(), warnings);
            default -> {}
        }
        criteria.stream()
                .filter(criterion -> !criterion.isInImageReview())
                .forEach(criterion -> notInImageReview(criterion.property(), field.get()));
        return criteria.toArray(Criterion[]::new);
    }

    /** Records that the policy depends on something that ImagePolicyWebhook does not tell. */
    public void notInImageReview(RequestProperty property, YamlNode node) {
        String annotations =
                property == RequestProperty.ANNOTATION ? " without .image-policy.k8s.io/ in their keys" : "";
        notInImageReview.putIfAbsent(property.key() + annotations, node);
    }

    /** Warns once of what ImagePolicyWebhook does not tell. */
    public void warnOfUnknown() {
        notInImageReview.values().stream()
                .findFirst()
                .ifPresent(node -> warnings.add(
                        node,
                        "ImagePolicyWebhook does not tell " + String.join(", ", notInImageReview.keySet())
                                + ". Behind it, a rule applies whatever they are, an exception or break-glass that names them does not, and"
                                + " a condition inside of a rule that depends on them is unknown, which denies"));
    }

    private void warnOfShallow(YamlNode list, Optional<PatternSet> images) {
        images.ifPresent(read -> ShallowPatterns.in(read)
                .forEach((pattern, deeper) -> warnings.add(
                        list,
                        YamlNode.quote(pattern)
                                + " leaves out deeper paths of its registry, which are then not checked: write "
                                + YamlNode.quote(deeper) + ", too, if they are to be")));
    }

    private static void nothingLeft(Fields fields, String key, String what) {
        fields.get(key)
                .ifPresent(node -> node.problem("every " + what + " is excluded, so this never applies; expected "
                        + what + "s that do not have to comply"));
    }

    private static String except(String key) {
        return "except" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
