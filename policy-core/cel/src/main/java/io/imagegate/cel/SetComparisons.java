package io.imagegate.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Charges a budget for functions on sets before they run: they compare each element of one list with each of the other. For one
 * evaluation.
 */
final class SetComparisons implements CelEvaluationListener {

    private static final String SETS = "sets.";

    private final Map<Long, Long> arguments;
    private final Budget budget;
    private final Map<Long, Integer> firsts = new HashMap<>();

    /**
     * Makes a listener.
     *
     * @param arguments the first argument of each function by the second
     * @param budget is charged, also for everything else
     */
    SetComparisons(Map<Long, Long> arguments, Budget budget) {
        this.arguments = arguments;
        this.budget = budget;
    }

    /** {@return the first argument of each function on sets by the second} */
    static Map<Long, Long> in(List<CelNavigableExpr> nodes) {
        Map<Long, Long> arguments = new HashMap<>();
        for (CelNavigableExpr node : nodes) {
            if (node.getKind() == CelExpr.ExprKind.Kind.CALL
                    && node.expr().call().function().startsWith(SETS)) {
                List<CelExpr> both = node.expr().call().args();
                arguments.put(both.get(1).id(), both.get(0).id());
            }
        }
        return Map.copyOf(arguments);
    }

    @Override
    public void callback(CelExpr expr, Object value) {
        budget.callback(expr, value);
        if (!(value instanceof Collection<?> list)) {
            return;
        }
        Long first = arguments.get(expr.id());
        if (first != null) {
            budget.compare(firsts.getOrDefault(first, Limits.ELEMENTS), budget.weight(list));
        }
        if (arguments.containsValue(expr.id())) {
            firsts.put(expr.id(), budget.weight(list));
        }
    }
}
