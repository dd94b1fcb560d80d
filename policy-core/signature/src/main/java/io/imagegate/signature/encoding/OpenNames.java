package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import io.imagegate.syntax.PassedFields;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits the names of all open objects, which are remembered to find those that come twice. */
public final class OpenNames implements PassedFields {

    private static final int HEAVIEST = 2 * 1024 * 1024;
    private static final int ENTRY = 64;

    private final Deque<Integer> weights = new ArrayDeque<>();
    private int sum;

    @Override
    public void enter() {
        weights.push(0);
    }

    @Override
    public void name(String name) {
        int weight = ENTRY + name.length();
        weights.push(weights.pop() + weight);
        sum += weight;
        if (sum > HEAVIEST) {
            throw Refusal.undecidable("the statement has objects with too many names");
        }
    }

    @Override
    public void leave() {
        sum -= weights.pop();
    }
}
