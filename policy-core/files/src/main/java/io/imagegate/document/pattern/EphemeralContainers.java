package io.imagegate.document.pattern;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import io.imagegate.review.ContainerType;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.text.Copies;
import io.imagegate.workload.Workloads;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which kinds can have ephemeral containers: pods, and custom resources. The API server refuses them in a pod template. */
public final class EphemeralContainers {

    private static final String EPHEMERAL = ContainerType.EPHEMERAL.key();
    private static final Set<String> TEMPLATES = Copies.of(Workloads.builtInKinds().stream()
            .filter(kind -> !kind.equals("Pod"))
            .toList());

    private EphemeralContainers() {}

    /** {@return whether an image can meet these criteria: false if all are about ephemeral containers of kinds without any} */
    public static boolean areIn(List<Criterion> criteria) {
        return !(only(criteria, RequestProperty.CONTAINER_TYPE, Set.of(EPHEMERAL))
                && only(criteria, RequestProperty.KIND, TEMPLATES));
    }

    private static boolean only(List<Criterion> criteria, RequestProperty property, Set<String> values) {
        return criteria.stream()
                .filter(criterion -> criterion.property() == property)
                .map(Criterion::values)
                .map(GlobSet::globs)
                .anyMatch(values::containsAll);
    }

    /** Records that criteria of a match are about ephemeral containers of kinds without any, or warns of entries that are. */
    static void check(Fields match, List<Criterion> criteria, PolicyWarnings warnings) {
        boolean ephemeral = only(criteria, RequestProperty.CONTAINER_TYPE, Set.of(EPHEMERAL));
        boolean templates = only(criteria, RequestProperty.KIND, TEMPLATES);
        if (ephemeral && templates) {
            match.get("containers")
                    .ifPresent(node -> node.problem(
                            "never applies: only pods have ephemeral containers, expected Pod among kinds"));
        } else if (ephemeral) {
            match.get("kinds").stream()
                    .flatMap(list -> list.elements().stream())
                    .filter(item -> TEMPLATES.contains(item.written()))
                    .forEach(item -> warnings.mistake(
                            item,
                            YamlNode.quote(item.written())
                                    + " has no ephemeral containers, so it never applies here: leave it out"));
        } else if (templates) {
            types(match)
                    .filter(item -> item.written().equals(EPHEMERAL))
                    .forEach(
                            item -> warnings.mistake(
                                    item,
                                    "none of the kinds has ephemeral containers, so this never applies: leave it out, or add Pod to kinds"));
        }
    }

    private static Stream<YamlNode> types(Fields match) {
        return match
                .get("containers")
                .flatMap(YamlNode::anyFields)
                .flatMap(containers -> containers.get("types"))
                .stream()
                .flatMap(list -> list.elements().stream());
    }
}
