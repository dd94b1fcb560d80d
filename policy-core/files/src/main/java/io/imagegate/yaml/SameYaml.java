package io.imagegate.yaml;

import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Compares two YAML texts, which must differ in some scalars alone, value by value with aliases followed.
 *
 * @param <X> thrown for a difference and for malformed text
 * @since 0.1
 */
public final class SameYaml<X extends Exception> {

    private final YamlEvents<X> before;
    private final YamlEvents<X> after;
    private final SyntaxProblems<X> problems;

    /**
     * Makes a comparison.
     *
     * @param before a manifest
     * @param after the same with other scalars
     * @param limits their limits
     * @param problems makes the exceptions
     */
    public SameYaml(byte[] before, byte[] after, SyntaxLimits limits, SyntaxProblems<X> problems) {
        this.before = events(before, limits, problems);
        this.after = events(after, limits, problems);
        this.problems = problems;
    }

    private static <X extends Exception> YamlEvents<X> events(
            byte[] text, SyntaxLimits limits, SyntaxProblems<X> problems) {
        return new YamlEvents<>(
                new YamlUnicodeReader(new ByteArrayInputStream(text)),
                text.length <= YamlEvents.SHORT,
                YamlDialect.MANIFEST,
                limits,
                problems);
    }

    /**
     * Compares the texts.
     *
     * @param replaced how often each replaced scalar is an image, by its offset in the text before
     * @throws X if one is also something else, by an alias, or anything else differs
     */
    public void require(Map<Integer, Integer> replaced) throws X {
        Map<Integer, Integer> left = new HashMap<>(replaced);
        Event old;
        do {
            old = before.next();
            Event now = after.next();
            int offset = old.getStartMark().map(Mark::getIndex).orElse(-1);
            boolean image = old instanceof ScalarEvent && left.containsKey(offset);
            if (image && left.merge(offset, -1, Integer::sum) < 0) {
                throw problem(
                        old,
                        "this value is an image and, by an alias, also something else: write the image"
                                + " itself instead of the alias");
            }
            if (!isSame(old, now, image)) {
                throw problem(old, "this would change with the images: nothing is replaced");
            }
        } while (!(old instanceof StreamEndEvent));
    }

    private static boolean isSame(Event old, Event now, boolean image) {
        if (old.getEventId() != now.getEventId()
                || (old instanceof NodeEvent node && !node.getAnchor().equals(((NodeEvent) now).getAnchor()))) {
            return false;
        }
        if (old instanceof CollectionStartEvent collection) {
            CollectionStartEvent other = (CollectionStartEvent) now;
            return collection.getTag().equals(other.getTag()) && collection.getFlowStyle() == other.getFlowStyle();
        }
        if (old instanceof ScalarEvent scalar) {
            ScalarEvent other = (ScalarEvent) now;
            return scalar.getTag().equals(other.getTag())
                    && scalar.getScalarStyle() == other.getScalarStyle()
                    && (image || scalar.getValue().equals(other.getValue()));
        }
        return true;
    }

    private X problem(Event at, String problem) {
        return problems.at(
                at.getStartMark().map(Mark::getLine).orElse(0) + 1,
                at.getStartMark().map(Mark::getColumn).orElse(0) + 1,
                problem);
    }
}
