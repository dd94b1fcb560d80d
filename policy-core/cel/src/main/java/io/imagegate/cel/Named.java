package io.imagegate.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.RequestProperty;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Property that an expression names. Immutable.
 *
 * @param property the property
 * @param keys the keys of a mapping that the expression names; the empty key stands for all
 */
record Named(Property property, Set<String> keys) {

    private static final String ALL = "";

    /** {@return the properties that an expression names; all of a variable that is named without one} */
    static List<Named> in(List<CelNavigableExpr> nodes) {
        Map<Property, Set<String>> named = new LinkedHashMap<>();
        for (CelNavigableExpr node : nodes) {
            if (node.getKind() == CelExpr.ExprKind.Kind.IDENT) {
                Map<String, Property> properties =
                        Variables.properties(node.expr().ident().name());
                Property selected = node.parent()
                        .filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.SELECT)
                        .map(parent -> properties.get(parent.expr().select().field()))
                        .orElse(null);
                if (selected == null) {
                    properties.values().forEach(property -> add(named, property, ALL));
                } else {
                    add(named, selected, key(node.parent().orElseThrow()));
                }
            }
        }
        return named.entrySet().stream()
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void add(Map<Property, Set<String>> named, Property property, String key) {
        named.computeIfAbsent(property, none -> new LinkedHashSet<>()).add(key);
    }

    /** {@return the key by which a mapping is used: {@code m.key}, {@code m['key']}, or {@code 'key' in m}} */
    private static String key(CelNavigableExpr mapping) {
        return mapping.parent()
                .map(CelNavigableExpr::expr)
                .map(use -> switch (use.getKind()) {
                    case SELECT -> use.select().field();
                    case CALL -> key(use.call());
                    default -> ALL;
                })
                .orElse(ALL);
    }

    private static String key(CelExpr.CelCall call) {
        int argument = List.of("@in", "_[_]").indexOf(call.function());
        return argument < 0
                        || call.args().get(argument).getKind() != CelExpr.ExprKind.Kind.CONSTANT
                        || call.args().get(argument).constant().getKind() != CelConstant.Kind.STRING_VALUE
                ? ALL
                : call.args().get(argument).constant().stringValue();
    }

    /** {@return the attributes whose value is unknown} */
    Stream<CelAttributePattern> unknown(Subject subject) {
        if (property.isUnknown(subject)) {
            return Stream.of(pattern());
        }
        return property.tellsKey() == null
                ? Stream.of()
                : keys.stream()
                        .filter(key -> !property.tellsKey().test(subject, key))
                        .map(key ->
                                key.equals(ALL) ? pattern() : pattern().qualify(CelAttribute.Qualifier.ofString(key)));
    }

    /** {@return the property of a request that this is, if ImagePolicyWebhook does not tell it} */
    Optional<RequestProperty> notInImageReview() {
        return Variables.request(property)
                .filter(request -> !request.isInImageReview())
                .filter(request -> request != RequestProperty.ANNOTATION
                        || !keys.stream().allMatch(ImageReview::isImagePolicyAnnotation));
    }

    private CelAttributePattern pattern() {
        return CelAttributePattern.fromQualifiedIdentifier(property.path());
    }

    /** {@return whether an attribute is this property, part of it, or the variable that has it} */
    boolean isNamedBy(String attribute) {
        return attribute.equals(property.variable())
                || attribute.equals(property.path())
                || attribute.startsWith(property.path() + ".")
                || attribute.startsWith(property.path() + "[");
    }
}
