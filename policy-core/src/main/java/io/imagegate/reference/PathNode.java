package io.imagegate.reference;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Node in the tree of patterns of one registry; patterns with a common path prefix share its nodes. */
final class PathNode {

    private final GlobIndex<PathNode> children = new GlobIndex<>();

    /** The node after a {@code **} that is not the last segment. */
    private @Nullable PathNode deep;

    /** Patterns that end here. */
    private @Nullable VersionIndex here;

    /** Patterns that end with {@code **} here. */
    private @Nullable VersionIndex below;

    void add(int number, ImagePattern pattern, PathPattern path) {
        List<Glob> segments = path.segments();
        int last = segments.size() - 1;
        PathNode node = this;
        for (Glob segment : segments.subList(0, last)) {
            node = node.child(segment);
        }
        boolean deepEnd = PathPattern.isDeep(segments.get(last));
        VersionIndex end =
                deepEnd ? node.patternsBelow() : node.child(segments.get(last)).patternsHere();
        end.add(number, pattern);
    }

    private PathNode child(Glob segment) {
        if (!PathPattern.isDeep(segment)) {
            return children.get(segment, PathNode::new);
        }
        if (deep == null) {
            deep = new PathNode();
        }
        return deep;
    }

    private VersionIndex patternsHere() {
        if (here == null) {
            here = new VersionIndex();
        }
        return here;
    }

    private VersionIndex patternsBelow() {
        if (below == null) {
            below = new VersionIndex();
        }
        return below;
    }

    @Nullable
    PathNode deep() {
        return deep;
    }

    void forEachChild(String segment, String inserted, Consumer<PathNode> action) {
        children.visit(segment, inserted, child -> {
            action.accept(child);
            return true;
        });
    }

    boolean visitHere(ImageKey key, IntPredicate visitor) {
        return here == null || here.visit(key, visitor);
    }

    boolean visitBelow(ImageKey key, IntPredicate visitor) {
        return below == null || below.visit(key, visitor);
    }
}
