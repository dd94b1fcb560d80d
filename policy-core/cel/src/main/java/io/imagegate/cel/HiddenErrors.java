package io.imagegate.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.ErrorValue;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelUnknownSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out whether one operand of a logical operator failed and another one is unknown: CEL then takes the whole for unknown, and
 * nobody hears of the error. Such an expression is undecidable even if what is unknown is only unavailable. For one evaluation.
 */
final class HiddenErrors implements CelEvaluationListener {

    private static final List<String> LOGICAL = List.of("_&&_", "_||_");

    /** Operands that have a value, or are unknown; of those that failed nothing is heard. */
    private final Set<Long> made = new HashSet<>();

    /** Unknown values that depend on an operand that failed. */
    private final Set<Long> hiding = new HashSet<>();

    private long last;

    /** Called for each value that an evaluation makes, first for those of operands. */
    @Override
    public void callback(CelExpr expr, Object value) {
        last = expr.id();
        if (!(value instanceof ErrorValue)) {
            made.add(last);
        }
        if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
            return;
        }
        boolean logical = LOGICAL.contains(expr.call().function());
        boolean hides = false;
        for (CelExpr operand : operands(expr.call())) {
            hides |= hiding.remove(operand.id());
            hides |= !made.remove(operand.id()) && logical;
        }
        if (hides && value instanceof CelUnknownSet) {
            hiding.add(last);
        }
    }

    private static List<CelExpr> operands(CelExpr.CelCall call) {
        return Stream.concat(call.target().stream(), call.args().stream()).toList();
    }

    /** {@return whether the value of the whole expression, which is made last, hides an error} */
    boolean found() {
        return hiding.contains(last);
    }
}
