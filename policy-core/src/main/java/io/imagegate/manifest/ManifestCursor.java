package io.imagegate.manifest;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.PassedFields;
import io.imagegate.syntax.SkippedLevels;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Cursor over the documents of a YAML stream. Refuses tags and merge keys that could change the result: kubectl would
 * read another image under {@code !!binary} or {@code <<}. Not thread-safe.
 */
final class ManifestCursor implements Cursor<ManifestException> {

    private static final int MAX_FIELDS = 100_000;
    private static final String MERGE = "<<";
    private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);

    private final ManifestEvents events;
    private final String file;
    private final SyntaxLimits limits;
    private final Deque<Set<String>> names = new ArrayDeque<>();
    private boolean atValue;
    private int line = 1;
    private int column = 1;
    private int offset = -1;

    ManifestCursor(ManifestEvents events, String file, SyntaxLimits limits) {
        this.events = events;
        this.file = file;
        this.limits = limits;
    }

    /** Moves to the value of the next document; false if there is none. */
    boolean begin() throws ManifestException {
        Event event = events.peek();
        while (event instanceof StreamStartEvent
                || event instanceof DocumentStartEvent
                || event instanceof DocumentEndEvent) {
            events.next();
            event = events.peek();
        }
        markValue(event);
        return !(event instanceof StreamEndEvent);
    }

    @Override
    public ValueType type() throws ManifestException {
        Event event = events.peek();
        if (event instanceof MappingStartEvent) {
            return ValueType.OBJECT;
        }
        if (event instanceof SequenceStartEvent) {
            return ValueType.ARRAY;
        }
        ScalarEvent scalar = (ScalarEvent) event;
        requireTag(scalar.getTag().orElse(null), Tag.STR);
        if (!scalar.isPlain() || scalar.getTag().isPresent()) {
            return ValueType.STRING;
        }
        Tag tag = RESOLVER.resolve(scalar.getValue(), true);
        return tag.equals(Tag.NULL)
                ? ValueType.NULL
                : tag.equals(Tag.BOOL)
                        ? ValueType.BOOLEAN
                        : tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? ValueType.NUMBER : ValueType.STRING;
    }

    @Override
    public void enterObject() throws ManifestException {
        enter(Tag.MAP);
    }

    @Override
    public void enterArray() throws ManifestException {
        enter(Tag.SEQ);
    }

    @Override
    public @Nullable String field() throws ManifestException {
        leave();
        Event event = events.next();
        markValue(event);
        atValue = false;
        if (event instanceof MappingEndEvent) {
            names.pop();
            return null;
        }
        String name = name(event);
        Set<String> seen = names.element();
        if (!seen.add(name)) {
            throw malformed("the field " + SafeText.quote(name, 60) + " comes twice, expected it once");
        }
        if (seen.size() > MAX_FIELDS) {
            throw malformed("expected " + MAX_FIELDS + " fields at most in one object");
        }
        markValue(events.peek());
        return name;
    }

    @Override
    public boolean element() throws ManifestException {
        leave();
        markValue(events.peek());
        if (events.peek() instanceof SequenceEndEvent) {
            events.next();
            atValue = false;
            names.pop();
            return false;
        }
        return true;
    }

    @Override
    public String scalar() throws ManifestException {
        ScalarEvent scalar = (ScalarEvent) events.next();
        atValue = false;
        return limited(scalar.getValue());
    }

    @Override
    public void skip() throws ManifestException {
        int depth = 0;
        do {
            Event event = events.next();
            if (event instanceof CollectionStartEvent) {
                depth++;
                requireDepth(names.size() + depth);
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        } while (depth > 0);
        atValue = false;
    }

    /** Names in a skipped object may be merge keys or duplicates, unlike those in an entered one. */
    @Override
    public void skip(PassedFields fields) throws ManifestException {
        SkippedLevels levels = new SkippedLevels(fields);
        do {
            requireDepth(names.size() + levels.depth());
            Event event = events.next();
            if (event instanceof SequenceStartEvent) {
                levels.enterArray();
            } else if (event instanceof MappingStartEvent) {
                levels.enterObject();
            }
            while (levels.isInside() && events.peek() instanceof CollectionEndEvent) {
                events.next();
                levels.leave();
            }
            if (levels.isInObject()) {
                levels.name(key(events.next()));
            }
        } while (levels.isInside());
        atValue = false;
    }

    /** Merge keys, duplicates, tags and long texts leave the texts unknown. */
    @Override
    public @Nullable Map<String, String> texts(int most, @Nullable PassedFields passed) throws ManifestException {
        CollectionStartEvent start = (CollectionStartEvent) events.next();
        boolean complete = hasTag(start.getTag().orElse(null), Tag.MAP);
        Map<String, String> texts = new LinkedHashMap<>();
        names.push(Set.of());
        requireDepth(names.size());
        if (passed != null) {
            passed.enter();
        }
        while (!(events.peek() instanceof MappingEndEvent)) {
            Event name = events.peek();
            if (passed != null) {
                passed.name(key(name));
            }
            skip();
            Event value = events.peek();
            complete &= texts.size() < most
                    && isText(name)
                    && isText(value)
                    && !text(name).equals(MERGE)
                    && (type() == ValueType.STRING || type() == ValueType.NULL)
                    && texts.put(text(name), type() == ValueType.NULL ? "" : text(value)) == null;
            if (passed == null) {
                skip();
            } else {
                skip(passed);
            }
        }
        if (passed != null) {
            passed.leave();
        }
        events.next();
        names.pop();
        atValue = false;
        return complete ? texts : null;
    }

    private boolean isText(Event event) {
        return event instanceof ScalarEvent scalar
                && hasTag(scalar.getTag().orElse(null), Tag.STR)
                && scalar.getValue().length() <= limits.stringChars();
    }

    private static String text(Event scalar) {
        return ((ScalarEvent) scalar).getValue();
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public ManifestException malformed(String problem) {
        return new ManifestException(file, line, column, problem);
    }

    private void enter(Tag expected) throws ManifestException {
        CollectionStartEvent start = (CollectionStartEvent) events.peek();
        requireTag(start.getTag().orElse(null), expected);
        events.next();
        atValue = false;
        names.push(new HashSet<>());
        requireDepth(names.size());
    }

    private String name(Event event) throws ManifestException {
        String name = key(event);
        if (name.equals(MERGE)) {
            throw malformed("merge keys (<<) are not followed: expected the fields themselves");
        }
        return name;
    }

    private String key(Event event) throws ManifestException {
        if (!(event instanceof ScalarEvent key)) {
            throw malformed("expected the name of a field, got an object or an array");
        }
        requireTag(key.getTag().orElse(null), Tag.STR);
        return limited(key.getValue());
    }

    private void requireTag(@Nullable String tag, Tag expected) throws ManifestException {
        if (!hasTag(tag, expected)) {
            throw malformed("the tag " + SafeText.quote(String.valueOf(tag), 60) + " is not followed: expected none");
        }
    }

    private static boolean hasTag(@Nullable String tag, Tag expected) {
        return tag == null || tag.equals("!") || tag.equals(expected.getValue());
    }

    private void requireDepth(int depth) throws ManifestException {
        if (depth > limits.nesting()) {
            throw malformed("nested too deeply: expected " + limits.nesting() + " levels at most");
        }
    }

    private String limited(String text) throws ManifestException {
        if (text.length() > limits.stringChars()) {
            throw malformed("expected a text of " + limits.stringChars() + " characters at most, got " + text.length());
        }
        return text;
    }

    private void leave() throws ManifestException {
        if (atValue) {
            skip();
        }
    }

    private void markValue(Event event) {
        atValue = true;
        Mark mark = event.getStartMark().orElse(null);
        if (mark != null) {
            line = mark.getLine() + 1;
            column = mark.getColumn() + 1;
            offset = mark.getIndex();
        }
    }
}
