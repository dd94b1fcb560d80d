package io.imagegate.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationListener;
import io.imagegate.text.Copies;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Charges a budget for functions before they run, if their cost is a product: functions on sets compare each element of one list with
 * each of the other, and a regular expression takes each of its instructions at each character. For one evaluation.
 */
final class Charges implements CelEvaluationListener {

    private static final String SETS = "sets.";

    private final Map<Long, Long> arguments;
    private final Map<Long, Integer> matched;
    private final Budget budget;
    private final Map<Long, Integer> firsts = new HashMap<>();

    /**
     * Makes a listener.
     *
     * @param arguments the first argument of each function on sets by the second
     * @param matched the instructions of regular expressions by the text that they are to match
     * @param budget is charged, also for everything else
     */
    Charges(Map<Long, Long> arguments, Map<Long, Integer> matched, Budget budget) {
        this.arguments = arguments;
        this.matched = matched;
        this.budget = budget;
    }

    /** {@return the first argument of each function on sets by the second} */
    static Map<Long, Long> ofSets(List<CelNavigableExpr> nodes) {
        Map<Long, Long> arguments = new HashMap<>();
        for (CelNavigableExpr node : nodes) {
            if (node.getKind() == CelExpr.ExprKind.Kind.CALL
                    && node.expr().call().function().startsWith(SETS)) {
                List<CelExpr> both = node.expr().call().args();
                arguments.put(both.get(1).id(), both.get(0).id());
            }
        }
        return Copies.of(arguments);
    }

    @Override
    public void callback(CelExpr expr, Object value) {
        budget.callback(expr, value);
        Integer instructions = value instanceof CharSequence ? matched.get(expr.id()) : null;
        if (instructions != null) {
            budget.match(((CharSequence) value).length(), instructions);
        }
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
