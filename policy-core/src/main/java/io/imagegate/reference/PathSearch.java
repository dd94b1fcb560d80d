package io.imagegate.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Search of an image's path in a tree of patterns. It follows all matching nodes at once and visits each only once, so
 * it takes at most as many steps as the number of segments times the number of nodes.
 */
final class PathSearch {

    private final ImageKey key;
    private final IntPredicate visitor;

    /** Nodes reached with the last segment. Each node has one parent, so none is reached twice. */
    private List<PathNode> reached = new ArrayList<>();

    /** Nodes after a {@code **}. They stay active, because {@code **} matches every further segment. */
    private final Set<PathNode> deep = new LinkedHashSet<>();

    PathSearch(ImageKey key, IntPredicate visitor) {
        this.key = key;
        this.visitor = visitor;
    }

    /** Visits the matching patterns; {@return false if the visitor stopped} */
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
            node.forEachChild(segment, key.inserted(), this::reach);
        }
        return true;
    }
}
