package io.imagegate.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/** Counts the steps of one check, and ends an evaluation that exceeds a limit. For one thread. */
final class Budget implements CelEvaluationListener {

    private static final int WEIGHT_OF_STEP = 8;
    private static final String TOO_MANY_STEPS = "it takes more than " + Limits.STEPS + " steps";

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
        if (!exceeded.isEmpty()) {
            throw new Exceeded(exceeded);
        }
        spend(1 + weight(value) / WEIGHT_OF_STEP);
    }

    /** Is called before each element of one list is compared with each of another; both are given by their weights. */
    void compare(int one, int other) {
        spend((int) Math.min(Limits.STEPS + 1L, (long) one * other / WEIGHT_OF_STEP));
    }

    /** Is called before a text is matched: two instructions are a step at each character. */
    void match(int characters, int instructions) {
        spend((int) Math.min(Limits.STEPS + 1L, (long) characters * instructions / 2));
    }

    private void spend(int more) {
        steps += more;
        if (steps > Limits.STEPS) {
            exceed(TOO_MANY_STEPS);
        }
    }

    /** {@return how much a value is to copy or to compare} */
    int weight(Object value) {
        if (value instanceof CharSequence text) {
            return limited(text.length(), Limits.LENGTH, "characters");
        }
        if (value instanceof CelByteString bytes) {
            return limited(bytes.size(), Limits.LENGTH, "bytes");
        }
        if (value instanceof Collection<?> list) {
            return limited(list.size(), Limits.ELEMENTS, "elements") + weightOfLists(list);
        }
        return value instanceof Map<?, ?> map
                ? limited(map.size(), Limits.ELEMENTS, "entries") + weightOfLists(map.values())
                : 0;
    }

    /** One list may stand in others many times, and is compared each time. */
    private int weightOfLists(Collection<?> values) {
        int sum = 0;
        for (Object value : values) {
            if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
                sum += weight(value);
                if (sum > Limits.STEPS * WEIGHT_OF_STEP) {
                    exceed(TOO_MANY_STEPS);
                }
            }
        }
        return sum;
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
