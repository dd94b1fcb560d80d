package io.imagegate.input.tree;

import io.imagegate.syntax.Node;

/**
 * Limits what is looked at to find the images of a file: a few lines can refer to the same values any number of times. What is over
 * the limit is a problem of the file. Not thread-safe.
 */
public final class WorkBudget {

    private final long most;
    private final String problem;
    private final FoundImages found;
    private long taken;

    /**
     * Creates a budget of which nothing is taken.
     *
     * @param most how much may be taken
     * @param problem what is wrong if that is too little, and what was expected
     * @param found receives the problem
     */
    public WorkBudget(long most, String problem, FoundImages found) {
        this.most = most;
        this.problem = problem;
        this.found = found;
    }

    /** {@return whether so much more may be looked at} Otherwise, the problem is one of the whole file. */
    public boolean take(long more) {
        boolean hasRoom = add(more);
        if (!hasRoom) {
            found.problem(problem);
        }
        return hasRoom;
    }

    /**
     * {@return whether so much more may be looked at}
     *
     * @param more how much more
     * @param file where the problem is otherwise
     * @param at the value where it is
     */
    public boolean take(long more, String file, Node at) {
        boolean hasRoom = add(more);
        if (!hasRoom) {
            found.problem(file, at, problem);
        }
        return hasRoom;
    }

    private boolean add(long more) {
        taken = Math.min(taken + more, most + 1);
        return taken <= most;
    }
}
