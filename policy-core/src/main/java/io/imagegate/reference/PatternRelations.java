package io.imagegate.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Relations between the images that two patterns match. {@code overlap} is never false if an image is matched by both, and
 * {@code covers} is never true if an image is matched by the inner pattern alone.
 */
final class PatternRelations {

    private static final Glob ANY = Glob.parse("*");

    /** What {@code *} alone stands for: no segment, tag or namespace is empty. */
    private static final Glob NOT_EMPTY = Glob.parse("?*");

    private static final Integer MANY = (int) '*';
    private static final Integer ONE = (int) '?';

    /** Stands for a namespace, which one {@code *} matches and no {@code ?}; no pattern has this character. */
    private static final Integer NAMESPACE = 0xE000;

    private PatternRelations() {}

    static boolean overlap(ImagePattern one, ImagePattern other) {
        return one.host().overlaps(other.host()) && overlapWithin(one, other);
    }

    static boolean mayMeet(ImagePattern one, ImagePattern other) {
        return (one.host().mayBeAddress()
                        || other.host().mayBeAddress()
                        || one.host().overlaps(other.host()))
                && overlapWithin(one, other);
    }

    private static boolean overlapWithin(ImagePattern one, ImagePattern other) {
        checkInterrupted();
        return overlap(one.tag(), other.tag())
                && overlap(one.digest(), other.digest())
                && (overlap(one.path(), other.path())
                        || (one.host().hasDockerHub()
                                && other.host().hasDockerHub()
                                && overlap(one.dockerHubPath(), other.dockerHubPath())));
    }

    private static boolean overlap(PathPattern one, PathPattern other) {
        return Wildcards.overlap(segments(one), segments(other), PathPattern.DEEP, PatternRelations::overlap);
    }

    static boolean covers(ImagePattern outer, ImagePattern inner) {
        checkInterrupted();
        return outer.host().covers(inner.host())
                && covers(outer.tag(), inner.tag())
                && covers(outer.digest(), inner.digest())
                && (inner.host().equals(HostPattern.DOCKER_HUB) || covers(outer.path(), inner.path()))
                && (!inner.host().hasDockerHub() || covers(outer.dockerHubPath(), inner.dockerHubPath()));
    }

    private static boolean covers(PathPattern outer, PathPattern inner) {
        return Wildcards.covers(
                uniform(segments(outer), PathPattern.DEEP, ANY),
                uniform(segments(inner), PathPattern.DEEP, ANY),
                PathPattern.DEEP,
                PatternRelations::coversGlob);
    }

    /**
     * {@return the segments of a path, in which {@code **} always stands for none or more: at the end {@code *} is put before
     * it}
     */
    static List<Glob> segments(PathPattern path) {
        List<Glob> segments = path.segments();
        int last = segments.size() - 1;
        if (!PathPattern.isDeep(segments.get(last))) {
            return segments;
        }
        List<Glob> uniform = new ArrayList<>(segments);
        uniform.add(last, ANY);
        return uniform;
    }

    static boolean overlap(@Nullable Glob one, @Nullable Glob other) {
        if (one == null || other == null) {
            return true;
        }
        if (one.isPerNamespace() || other.isPerNamespace()) {
            return overlap(one.inserting(NamespacePlaceholder.ANY), other.inserting(NamespacePlaceholder.ANY));
        }
        if (one.beginsUnlike(other)) {
            return false;
        }
        if (one.isLiteral() || other.isLiteral()) {
            return one.isLiteral() ? other.matches(one.toString()) : one.matches(other.toString());
        }
        return Wildcards.overlap(
                characters(one), characters(other), MANY, (a, b) -> a.equals(ONE) || b.equals(ONE) || a.equals(b));
    }

    private static boolean covers(@Nullable Glob outer, @Nullable Glob inner) {
        return outer == null || (inner != null && coversGlob(outer, inner));
    }

    static boolean coversGlob(Glob outer, Glob inner) {
        checkInterrupted();
        if (inner.isLiteral()) {
            return outer.matches(inner.toString());
        }
        // The inner one has all endings of its literal beginning, and all beginnings of its literal end.
        return inner.prefix().startsWith(outer.prefix())
                && inner.suffix().endsWith(outer.suffix())
                && Wildcards.covers(
                        uniform(characters(outer), MANY, ONE),
                        uniform(characters(inner.equals(ANY) ? NOT_EMPTY : inner), MANY, ONE),
                        MANY,
                        (a, b) -> (a.equals(ONE) && !b.equals(NAMESPACE)) || a.equals(b));
    }

    /**
     * Patterns by the thousand take seconds to be compared with each other: whoever reads a policy for somebody else ends that by
     * interrupting the thread.
     */
    static void checkInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while patterns were compared");
        }
    }

    /** {@return the same sequence with the wildcards for one element before those for many: {@code *?} is {@code ?*}} */
    private static <T> List<T> uniform(List<T> elements, T many, T one) {
        List<T> uniform = new ArrayList<>();
        boolean pending = false;
        for (T element : elements) {
            if (element.equals(many)) {
                pending = true;
                continue;
            }
            if (pending && !element.equals(one)) {
                uniform.add(many);
                pending = false;
            }
            uniform.add(element);
        }
        if (pending) {
            uniform.add(many);
        }
        return uniform;
    }

    /** {@return the code points: a wildcard for one takes a pair of surrogates} */
    private static List<Integer> characters(Glob glob) {
        return glob.inserting(Character.toString(NAMESPACE))
                .toString()
                .codePoints()
                .boxed()
                .toList();
    }
}
