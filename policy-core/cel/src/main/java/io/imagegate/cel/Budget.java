package io.imagegate.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/** Counts the steps of one check, and ends an evaluation that exceeds a limit. For one thread. */
final class Budget implements CelEvaluationListener {

    private int steps;
    private String exceeded = "";

    /** Ends an evaluation. CEL may take it for the error of one operand, so {@link #exceeded} is asked at the end. */
    private static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message, null, false, false);
        }
    }

    /** Called for each value that an evaluation makes. */
    @Override
    public void callback(CelExpr expr, Object value) {
        steps += 1 + weight(value) / 8;
        if (steps > Limits.STEPS) {
            exceed("it takes more than " + Limits.STEPS + " steps");
        }
    }

    private int weight(Object value) {
        if (value instanceof CharSequence text) {
            return limited(text.length(), Limits.LENGTH, "characters");
        }
        if (value instanceof CelByteString bytes) {
            return limited(bytes.size(), Limits.LENGTH, "bytes");
        }
        if (value instanceof Collection<?> list) {
            return limited(list.size(), Limits.ELEMENTS, "elements");
        }
        return value instanceof Map<?, ?> map ? limited(map.size(), Limits.ELEMENTS, "entries") : 0;
    }

    private int limited(int size, int limit, String of) {
        if (size > limit) {
            exceed("a value in it has more than " + limit + " " + of);
        }
        return size;
    }

    private void exceed(String why) {
        exceeded = why;
        throw new Exceeded(why);
    }

    /** {@return which limit was exceeded; empty if none was} */
    String exceeded() {
        return exceeded;
    }
}
