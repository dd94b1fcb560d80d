package io.imagegate.document.yaml;

import io.imagegate.text.YamlMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Limits the depth and size of a document, with all aliases expanded. It checks each event of the parser before a node
 * is made, so a document that would expand without bound is refused early.
 */
final class LimitedParser implements Parser {

    /** Deepest nesting. A policy needs about 8 levels, and more for nested rules. */
    static final int DEPTH = 64;

    /** Largest number of values of a document, with aliases expanded. */
    static final int VALUES = 500_000;

    private static final Size SCALAR = new Size(1, 0);

    /** Number of values in a value, itself included, and number of levels below it. */
    private record Size(int values, int height) {
        Size with(Size inner) {
            return new Size(values + inner.values, Math.max(height, inner.height + 1));
        }
    }

    private static final class Open {
        final @Nullable Anchor anchor;
        Size size = SCALAR;

        Open(@Nullable Anchor anchor) {
            this.anchor = anchor;
        }
    }

    private final Parser parser;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<Anchor, Size> anchored = new HashMap<>();
    private int values;

    LimitedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof DocumentStartEvent) {
            anchored.clear();
            values = 0;
        } else if (event instanceof CollectionStartEvent start) {
            open.push(new Open(anchor(start).orElse(null)));
            grow(SCALAR, event);
        } else if (event instanceof CollectionEndEvent) {
            close();
        } else if (event instanceof ScalarEvent scalar) {
            anchor(scalar).ifPresent(anchor -> anchored.put(anchor, SCALAR));
            grow(SCALAR, event);
            addToOpen(SCALAR);
        } else if (event instanceof AliasEvent alias) {
            expand(alias);
        }
        return event;
    }

    private static Optional<Anchor> anchor(NodeEvent event) {
        return event.getAnchor();
    }

    private void close() {
        Open closed = open.pop();
        if (closed.anchor != null) {
            anchored.put(closed.anchor, closed.size);
        }
        addToOpen(closed.size);
    }

    private void expand(AliasEvent alias) {
        boolean recursive = open.stream().anyMatch(o -> alias.getAlias().equals(o.anchor));
        if (recursive) {
            throw new LimitException(
                    YamlMessage.oneLine("the alias *" + alias.getAlias() + " is inside its own value"), mark(alias));
        }
        Size size = anchored.getOrDefault(alias.getAlias(), SCALAR); // the composer rejects unknown aliases
        grow(size, alias);
        addToOpen(size);
    }

    private void grow(Size size, Event event) {
        if (open.size() + size.height > DEPTH) {
            throw new LimitException("the document is nested deeper than " + DEPTH + " levels", mark(event));
        }
        values += size.values;
        if (values > VALUES) {
            throw new LimitException(
                    "the document, with aliases expanded, has more than " + VALUES + " values", mark(event));
        }
    }

    private void addToOpen(Size inner) {
        if (!open.isEmpty()) {
            open.element().size = open.element().size.with(inner);
        }
    }

    private static @Nullable Mark mark(Event event) {
        return event.getStartMark().orElse(null);
    }

    /** Thrown if the document would be too large. */
    static final class LimitException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Position where the limit is exceeded. */
        private final transient @Nullable Mark mark;

        LimitException(String message, @Nullable Mark mark) {
            super(message);
            this.mark = mark;
        }

        Optional<Mark> mark() {
            return Optional.ofNullable(mark);
        }
    }
}
