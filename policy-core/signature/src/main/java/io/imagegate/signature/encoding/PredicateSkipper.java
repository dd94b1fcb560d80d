package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Skips values of an object of JSON. The parser remembers the names of all open objects, to find the ones that come twice; their
 * weight is limited here.
 */
public final class PredicateSkipper {

    private static final int HEAVIEST = 2 * 1024 * 1024;
    private static final int ENTRY = 64;

    private final JsonParser parser;
    private final Deque<Integer> weights = new ArrayDeque<>();
    private int sum;

    public PredicateSkipper(JsonParser parser) {
        this.parser = parser;
        weights.push(0);
    }

    /** Counts the current name of the object whose values are skipped. */
    public void countName() {
        count(JsonToken.PROPERTY_NAME);
    }

    /** Goes to the end of the value that begins with the current token. */
    public void skip() {
        count(parser.currentToken());
        while (weights.size() > 1) {
            count(parser.nextToken());
        }
    }

    private void count(JsonToken token) {
        switch (token) {
            case START_OBJECT, START_ARRAY -> weights.push(0);
            case END_OBJECT, END_ARRAY -> sum -= weights.pop();
            case PROPERTY_NAME -> {
                int weight = ENTRY + parser.currentName().length();
                weights.push(weights.pop() + weight);
                sum += weight;
            }
            default -> {}
        }
        if (sum > HEAVIEST) {
            throw Refusal.undecidable("the statement has objects with too many names");
        }
    }
}
