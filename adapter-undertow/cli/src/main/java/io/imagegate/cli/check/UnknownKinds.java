package io.imagegate.cli.check;

import io.imagegate.input.InputObject;
import io.imagegate.policy.PolicySet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kinds of objects that a webhook with the same policies denies because it does not know where their images stand. Not
 * thread-safe.
 */
final class UnknownKinds {

    /** Most kinds that are told apart: files of a repository may name any. */
    private static final int MOST = 1_000;

    private static final String OTHERS = "other kinds";

    private final PolicySet policies;
    private final Map<String, Boolean> unknown = new HashMap<>();
    private final Map<String, Long> allowed = new TreeMap<>();

    UnknownKinds(PolicySet policies) {
        this.policies = policies;
    }

    /** {@return whether a webhook denies the object for its kind; false for a recorded review, which is judged as there} */
    boolean contain(InputObject object) {
        String kind = object.kind();
        if (kind.isEmpty() || object.isReview()) {
            return false;
        }
        if (unknown.size() == MOST) {
            unknown.clear();
        }
        return unknown.computeIfAbsent(kind, this::isUnknown);
    }

    private boolean isUnknown(String kind) {
        return policies.workloads().find(kind).isEmpty()
                && !policies.decideUnknownKind(kind, "", "").allowed();
    }

    /** Counts an object of such a kind that is allowed here. */
    void countAllowed(InputObject object) {
        boolean isTold = allowed.size() < MOST || allowed.containsKey(object.kind());
        allowed.merge(isTold ? object.kind() : OTHERS, 1L, Long::sum);
    }

    /** {@return how many objects were allowed, by kind} */
    Map<String, Long> allowed() {
        return allowed;
    }
}
