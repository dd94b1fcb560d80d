package io.imagegate.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * One walk of an image's path through a tree of patterns. It is at several nodes at a time, each of them once, so its steps
 * are at most the path's segments times the tree's nodes, however wildcards follow each other.
 */
final class PathSearch {

    private final ImageKey key;
    private final IntPredicate visitor;

    /** Nodes reached by the last segment. A node has one parent, so none is reached twice. */
    private List<PathNode> reached = new ArrayList<>();

    /** Nodes after a {@code **}: once reached they stay, for {@code **} takes every further segment. */
    private final Set<PathNode> deep = new LinkedHashSet<>();

    PathSearch(ImageKey key, IntPredicate visitor) {
        this.key = key;
        this.visitor = visitor;
    }

    /** Visits the patterns that match; {@return whether the visitor wanted more all the time} */
    boolean visit(PathNode root) {
        reach(root);
        for (String segment : key.path()) {
            if (!step(segment)) {
                return false;
            }
        }
        for (PathNode node : reached) {
            if (!node.visitHere(key, visitor)) {
                return false;
            }
        }
        return true;
    }

    private void reach(PathNode node) {
        reached.add(node);
        PathNode next = node.deep();
        while (next != null && deep.add(next)) {
            next = next.deep();
        }
    }

    private boolean step(String segment) {
        List<PathNode> current = reached;
        current.addAll(deep);
        reached = new ArrayList<>();
        for (PathNode node : current) {
            if (!node.visitBelow(key, visitor)) {
                return false;
            }
            node.forEachChild(segment, this::reach);
        }
        return true;
    }
}
