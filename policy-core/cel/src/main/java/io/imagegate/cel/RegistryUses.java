package io.imagegate.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.CelSyntaxException.Fault;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an expression uses the registry and the repository of an image. Compared with a literal by {@code ==}, {@code !=} or {@code in}, they
 * are what patterns compare. The value of any other use, such as {@code endsWith}, may depend on how they are written.
 */
final class RegistryUses {

    private static final int SHOWN = 60;

    private static final String REGISTRY = "registry";
    private static final String REPOSITORY = "repository";
    private static final String IN = "@in";
    private static final Set<String> EQUALITY = Set.of("_==_", "_!=_");

    private final String text;
    private final CelAbstractSyntaxTree tree;

    /** Properties that are compared with literals, by their numbers. */
    private final Set<Long> compared = new HashSet<>();

    private final List<Fault> faults = new ArrayList<>();
    private boolean otherwise;

    private RegistryUses(String text, CelAbstractSyntaxTree tree) {
        this.text = text;
        this.tree = tree;
    }

    /**
     * Finds all uses.
     *
     * @throws CelSyntaxException if the registry is compared with a literal that it never is
     */
    static RegistryUses in(String text, CelAbstractSyntaxTree tree, List<CelNavigableExpr> nodes) {
        RegistryUses uses = new RegistryUses(text, tree);
        // Whatever has a part of an image has it from here, also a variable of a macro.
        nodes.stream()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
                .filter(node ->
                        tree.getType(node.id()).filter(Variables::isImage).isPresent())
                .forEach(uses::add);
        if (!uses.faults.isEmpty()) {
            throw new CelSyntaxException(uses.faults);
        }
        return uses;
    }

    private void add(CelNavigableExpr image) {
        Optional<CelNavigableExpr> selected =
                image.parent().filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.SELECT);
        String property = selected.map(select -> select.expr().select().field()).orElse("");
        if (selected.isEmpty() || property.equals(REGISTRY) || property.equals(REPOSITORY)) {
            boolean literal =
                    selected.filter(select -> isCompared(select, property)).isPresent();
            selected.filter(select -> literal).ifPresent(select -> compared.add(select.id()));
            otherwise |= !literal;
        }
    }

    /** {@return whether a property is compared with literals, so that it matters only what patterns compare} */
    private boolean isCompared(CelNavigableExpr property, String name) {
        List<CelExpr> others = property.parent()
                .map(CelNavigableExpr::expr)
                .filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(parent -> others(parent.call(), property.id()))
                .orElse(List.of());
        if (name.equals(REGISTRY)) {
            others.stream().filter(RegistryUses::isText).forEach(this::requireRegistry);
        }
        return !others.isEmpty()
                && others.stream()
                        .allMatch(other -> isText(other)
                                && (name.equals(REGISTRY) || literal(other).contains("/")));
    }

    /** {@return what a property is compared with} */
    private static List<CelExpr> others(CelExpr.CelCall call, long property) {
        if (call.function().equals(IN)) {
            CelExpr list = call.args().get(1);
            return list.getKind() == CelExpr.ExprKind.Kind.LIST ? list.list().elements() : List.of();
        }
        return EQUALITY.contains(call.function())
                ? call.args().stream().filter(other -> other.id() != property).toList()
                : List.of();
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static String literal(CelExpr text) {
        return text.constant().stringValue();
    }

    private void requireRegistry(CelExpr literal) {
        String registry = literal(literal);
        String meant = compared(registry).orElse("");
        if (!registry.isEmpty() && !registry.equals(meant)) {
            int at = tree.getSource().getPositionsMap().getOrDefault(literal.id(), 0);
            faults.add(Fault.at(
                    text,
                    text.offsetByCodePoints(0, at),
                    "image.registry is never " + SafeText.quote(registry, SHOWN) + ", expected "
                            + (meant.isEmpty()
                                    ? "a host and perhaps a port, such as ghcr.io"
                                    : "the name that patterns compare (did you mean " + SafeText.quote(meant, SHOWN)
                                            + "?)")));
        }
    }

    /** {@return how patterns compare a registry; empty if it is none} */
    private static Optional<String> compared(String registry) {
        return read(registry).or(() -> read(registry + ":443"));
    }

    private static Optional<String> read(String registry) {
        try {
            return Optional.of(ImageReference.of(registry, "x", "1").comparedRegistry());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** {@return whether the value may depend on how registry and repository are written} */
    boolean mayDependOnSpelling() {
        return otherwise;
    }

    /** {@return the expression whose comparisons with literals are about what patterns compare, whatever the value of the property} */
    CelAbstractSyntaxTree asWritten() {
        CelMutableExpr root = CelMutableExprConverter.fromCelExpr(tree.getExpr());
        CelNavigableMutableExpr.fromExpr(root)
                .allNodes()
                .map(CelNavigableMutableExpr::expr)
                .filter(node -> compared.contains(node.id()))
                .map(CelMutableExpr::select)
                .toList()
                .forEach(select -> select.setField(Variables.compared(select.field())));
        return CelAbstractSyntaxTree.newCheckedAst(
                CelMutableExprConverter.fromMutableExpr(root),
                tree.getSource(),
                tree.getReferenceMap(),
                tree.getTypeMap());
    }
}
