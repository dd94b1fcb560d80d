package io.imagegate.document.pattern;

import io.imagegate.admission.MatchedKind;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.review.ContainerType;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads criteria of scopes, and rejects those that no request meets. */
final class CriterionReader {

    /** The keys of criteria. With {@code except} before it, each is the key of images that meet the criteria. */
    static final List<String> KEYS =
            List.of("kinds", "names", "labels", "annotations", "operations", "users", "groups", "containers");

    private static final List<String> OPERATIONS = List.of("CREATE", "UPDATE");
    private static final List<String> WITHOUT_IMAGES = List.of("DELETE", "CONNECT");
    private static final List<String> TYPES =
            Stream.of(ContainerType.values()).map(ContainerType::key).toList();

    /** Met by every image of which the property is told. Pods need not have a label, or an annotation, or a group. */
    private static final List<Criterion> EVERYTHING = List.of(
            Criterion.of(RequestProperty.KIND, GlobSet.of("*")),
            Criterion.of(RequestProperty.NAME, GlobSet.of("*")),
            Criterion.of(RequestProperty.OPERATION, GlobSet.of(OPERATIONS)),
            Criterion.of(RequestProperty.USER, GlobSet.of("*")),
            Criterion.of(RequestProperty.CONTAINER_TYPE, GlobSet.of(TYPES)),
            Criterion.of(RequestProperty.CONTAINER_NAME, GlobSet.of("*")));

    private CriterionReader() {}

    /** Reads the criteria in a field with one of {@link #KEYS}, all of which an image must meet. */
    static Optional<List<Criterion>> read(String key, YamlNode node) {
        return switch (key) {
            case "kinds" -> one(RequestProperty.KIND, Globs.read(node, MatchedKind::check));
            case "names" -> one(RequestProperty.NAME, Globs.names(node));
            case "labels" -> entries(node, Criterion::label, Globs::labelValues);
            case "annotations" -> entries(node, Criterion::annotation, Globs::annotationValues);
            case "operations" ->
                one(
                        RequestProperty.OPERATION,
                        node.list(CriterionReader::operation).map(GlobSet::of));
            case "users" -> one(RequestProperty.USER, Globs.users(node));
            case "groups" -> one(RequestProperty.GROUP, Globs.groups(node));
            default -> node.fields("types", "names").flatMap(CriterionReader::containers);
        };
    }

    /** {@return whether no image is left of those that meet some criteria, if those are left out that meet all others} */
    static boolean leaveNothing(Criterion[] left, List<Criterion> included) {
        return Stream.of(left)
                .allMatch(criterion -> included.stream().anyMatch(criterion::covers)
                        || EVERYTHING.stream().anyMatch(criterion::covers));
    }

    private static Optional<List<Criterion>> one(RequestProperty property, Optional<GlobSet> values) {
        return values.map(globs -> List.of(Criterion.of(property, globs)));
    }

    private static Optional<List<Criterion>> entries(
            YamlNode node,
            BiFunction<String, GlobSet, Criterion> criterion,
            Function<YamlNode, Optional<GlobSet>> values) {
        return node.anyFields().flatMap(fields -> {
            fields.requireAny("KEY: GLOB");
            List<Criterion> all = new ArrayList<>();
            fields.all()
                    .forEach((key, value) -> values.apply(value)
                            .flatMap(globs -> value.make(() -> criterion.apply(key, globs)))
                            .ifPresent(all::add));
            return all.isEmpty() || all.size() < fields.all().size() ? Optional.empty() : Optional.of(all);
        });
    }

    private static Optional<List<Criterion>> containers(Fields fields) {
        fields.requireAny("types", "names");
        Map<RequestProperty, Optional<GlobSet>> read = new LinkedHashMap<>();
        fields.get("types")
                .ifPresent(node -> read.put(
                        RequestProperty.CONTAINER_TYPE,
                        node.list(item -> item.oneOf(TYPES)).map(GlobSet::of)));
        fields.get("names").ifPresent(node -> read.put(RequestProperty.CONTAINER_NAME, Globs.containers(node)));
        List<Criterion> all = new ArrayList<>();
        read.forEach((property, values) -> values.ifPresent(globs -> all.add(Criterion.of(property, globs))));
        return all.isEmpty() || all.size() < fields.all().size() ? Optional.empty() : Optional.of(all);
    }

    private static Optional<String> operation(YamlNode item) {
        return item.text().flatMap(text -> {
            if (WITHOUT_IMAGES.contains(text.toUpperCase(Locale.ROOT))) {
                item.problem(YamlNode.quote(text) + " can never match: it runs no image, expected one of "
                        + String.join(", ", OPERATIONS));
                return Optional.empty();
            }
            if (!OPERATIONS.contains(text)) {
                item.problem(YamlNode.quote(text), Suggestion.oneOf(text, OPERATIONS));
                return Optional.empty();
            }
            return Optional.of(text);
        });
    }
}
