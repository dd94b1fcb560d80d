package io.imagegate.yaml;

import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.PassedFields;
import io.imagegate.syntax.SkippedLevels;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
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
 * Cursor over the documents of a YAML stream (YAML 1.2, core schema), in which aliases are followed within limits. Not
 * thread-safe.
 *
 * <p>Names in skipped objects may be duplicates, unlike those in an entered one. A line and column count characters.
 *
 * @param <X> thrown for text that is malformed, has another shape than expected or is over a limit
 * @since 0.1
 */
public final class YamlCursor<X extends Exception> implements DocumentCursor<X> {

    private static final int MAX_FIELDS = 100_000;
    /** The tag that says that a scalar is text. */
    private static final String NOT_RESOLVED = "!";

    private static final Map<String, ValueType> SCALAR_TYPES = Map.of(
            Tag.STR.getValue(), ValueType.STRING,
            Tag.INT.getValue(), ValueType.NUMBER,
            Tag.FLOAT.getValue(), ValueType.NUMBER,
            Tag.BOOL.getValue(), ValueType.BOOLEAN,
            Tag.NULL.getValue(), ValueType.NULL);
    private static final Set<String> SCALARS = SCALAR_TYPES.keySet();
    private static final Set<String> MAPPINGS = Set.of(Tag.MAP.getValue());
    private static final Set<String> SEQUENCES = Set.of(Tag.SEQ.getValue());
    private static final ScalarResolver RESOLVER = new CoreScalarResolver(true);
    private static final Set<YamlDialect> OF_KUBERNETES =
            EnumSet.of(YamlDialect.MANIFEST, YamlDialect.TAGGED, YamlDialect.VALUES);

    private final Events<X> events;
    private final YamlDialect dialect;
    private final boolean isOfKubernetes;
    private final SyntaxLimits limits;
    private final SyntaxProblems<X> problems;
    private final Deque<Set<String>> names = new ArrayDeque<>();
    private boolean atValue;
    private int line = 1;
    private int column = 1;
    private int offset = -1;
    private int textStart = -1;

    private YamlCursor(
            Reader text, boolean isShort, YamlDialect dialect, SyntaxLimits limits, SyntaxProblems<X> problems) {
        YamlEvents<X> written = new YamlEvents<>(text, isShort, dialect, limits, problems);
        this.isOfKubernetes = OF_KUBERNETES.contains(dialect);
        this.events = isOfKubernetes ? new MergedEvents<>(written, limits, problems) : written;
        this.dialect = dialect;
        this.limits = limits;
        this.problems = problems;
    }

    /**
     * Makes a cursor over a stream in UTF-8, UTF-16 or UTF-32, of any length. {@link #begin} moves to its first document. If
     * the stream fails, this and the methods throw {@link UncheckedIOException}. The first bytes of a stream that supports marks
     * are looked at here.
     *
     * @param <X> thrown for malformed text
     * @param text the stream; not closed
     * @param dialect what is read
     * @param limits its limits
     * @param problems makes the exceptions
     * @return the cursor
     */
    public static <X extends Exception> YamlCursor<X> of(
            InputStream text, YamlDialect dialect, SyntaxLimits limits, SyntaxProblems<X> problems) {
        return new YamlCursor<>(new YamlUnicodeReader(text), isShort(text), dialect, limits, problems);
    }

    /** {@return whether a stream is seen to end soon} */
    private static boolean isShort(InputStream text) {
        if (!text.markSupported()) {
            return false;
        }
        try {
            text.mark(YamlEvents.SHORT + 1);
            int length = text.readNBytes(YamlEvents.SHORT + 1).length;
            text.reset();
            return length <= YamlEvents.SHORT;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Makes a cursor over a complete text. {@link #begin} moves to its first document.
     *
     * @param <X> thrown for malformed text
     * @param text the text
     * @param dialect what is read
     * @param limits its limits
     * @param problems makes the exceptions
     * @return the cursor
     */
    public static <X extends Exception> YamlCursor<X> of(
            String text, YamlDialect dialect, SyntaxLimits limits, SyntaxProblems<X> problems) {
        return new YamlCursor<>(new StringReader(text), text.length() <= YamlEvents.SHORT, dialect, limits, problems);
    }

    @Override
    public boolean begin() throws X {
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
    public @Nullable Node document() throws X {
        Node document = DocumentCursor.super.document();
        events.peek(); // what follows a document may show that it is none
        return document;
    }

    /**
     * Refuses another document.
     *
     * @throws X if there is one, or if the text is malformed
     */
    public void end() throws X {
        while (events.peek() instanceof DocumentEndEvent) {
            events.next();
        }
        if (!(events.peek() instanceof StreamEndEvent)) {
            markValue(events.peek());
            throw malformed("another document, expected only one");
        }
    }

    @Override
    public ValueType type() throws X {
        Event event = events.peek();
        if (event instanceof MappingStartEvent) {
            return ValueType.OBJECT;
        }
        if (event instanceof SequenceStartEvent) {
            return ValueType.ARRAY;
        }
        return type((ScalarEvent) event);
    }

    private ValueType type(ScalarEvent scalar) throws X {
        if (isOfKubernetes) {
            requireTag(scalar);
        }
        return SCALAR_TYPES.getOrDefault(resolved(scalar), ValueType.STRING);
    }

    /** Refuses a tag that is not followed, or that says of a value what it is not. */
    private void requireTag(ScalarEvent scalar) throws X {
        String tag = scalar.getTag().orElse(null);
        ValueType said = tag == null ? null : SCALAR_TYPES.get(tag);
        if (said == null && dialect == YamlDialect.TAGGED) {
            return;
        }
        if (said == null || said == ValueType.STRING || said != SCALAR_TYPES.get(implicit(scalar.getValue()))) {
            requireTag(tag, Tag.STR);
        }
    }

    /** {@return a tag as text: not each that is written is a {@link Tag}} */
    private String resolved(ScalarEvent scalar) {
        String tag = scalar.getTag().orElse(null);
        if (tag == null) {
            return scalar.isPlain() ? implicit(scalar.getValue()) : Tag.STR.getValue();
        }
        return tag.equals(NOT_RESOLVED) ? Tag.STR.getValue() : tag;
    }

    /** {@return the tag of a scalar without one} A variable of the environment is one in files of this project alone, which refuse it. */
    private String implicit(String text) {
        Tag tag = RESOLVER.resolve(text, true);
        return (tag.equals(Tag.ENV_TAG) && dialect != YamlDialect.CONFIGURATION ? Tag.STR : tag).getValue();
    }

    @Override
    public boolean isPlain() throws X {
        return events.peek() instanceof ScalarEvent scalar && scalar.isPlain();
    }

    /** A merge key, for example, has a tag without writing it. */
    @Override
    public String tag() throws X {
        Event event = events.peek();
        if (event instanceof ScalarEvent scalar) {
            return foreign(resolved(scalar), SCALARS);
        }
        Optional<String> tag = event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
        return foreign(tag.orElse(null), event instanceof MappingStartEvent ? MAPPINGS : SEQUENCES);
    }

    private static String foreign(@Nullable String tag, Set<String> known) {
        return tag == null || tag.equals(NOT_RESOLVED) || known.contains(tag) ? "" : tag;
    }

    @Override
    public void enterObject() throws X {
        enter(Tag.MAP);
    }

    @Override
    public void enterArray() throws X {
        enter(Tag.SEQ);
    }

    @Override
    public @Nullable String field() throws X {
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
        if (!seen.add(name) && dialect != YamlDialect.VALUES) {
            throw malformed("the field " + SafeText.quote(name, 60) + " comes twice, expected it once");
        }
        if (seen.size() > MAX_FIELDS) {
            throw overLimit("expected " + MAX_FIELDS + " fields at most in one object");
        }
        markValue(events.peek());
        return name;
    }

    /** Names are not compared: their reader does that, and tells all that come twice. */
    @Override
    public @Nullable Node name() throws X {
        leave();
        markValue(events.peek());
        atValue = false;
        if (events.peek() instanceof MappingEndEvent) {
            events.next();
            names.pop();
            return null;
        }
        Node name = tree();
        markValue(events.peek());
        return name;
    }

    @Override
    public Node tree() throws X {
        Node tree = DocumentCursor.super.tree();
        return switch (dialect) {
            case UNMERGED -> tree;
            case FOREIGN -> MergeKeys.mergedForeign(tree, problems);
            default -> MergeKeys.merged(tree, problems);
        };
    }

    @Override
    public boolean element() throws X {
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
    public String scalar() throws X {
        ScalarEvent scalar = (ScalarEvent) events.next();
        atValue = false;
        textStart = textStart(scalar);
        return limited(scalar.getValue());
    }

    @Override
    public void skip() throws X {
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

    @Override
    public void skip(PassedFields fields) throws X {
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
                fields.value(type());
            }
        } while (levels.isInside());
        atValue = false;
    }

    /** Merge keys, duplicates, tags and long texts leave the texts unknown. */
    @Override
    public @Nullable Map<String, String> texts(int most, @Nullable PassedFields passed) throws X {
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
                    && !text(name).equals(MergeKeys.MERGE)
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
    public int column() {
        return column;
    }

    @Override
    public int textStart() {
        return textStart;
    }

    private static int textStart(ScalarEvent scalar) {
        Mark start = scalar.getStartMark().orElse(null);
        Mark end = scalar.getEndMark().orElse(null);
        if (start == null || end == null || start.getLine() != end.getLine()) {
            return -1;
        }
        String text = scalar.getValue();
        int quotes = end.getColumn() - start.getColumn() - text.codePointCount(0, text.length());
        return quotes == 0 || quotes == 2 ? quotes / 2 : -1;
    }

    @Override
    public X malformed(String problem) {
        return problems.at(line, column, problem);
    }

    private void enter(Tag expected) throws X {
        CollectionStartEvent start = (CollectionStartEvent) events.peek();
        if (isOfKubernetes && dialect != YamlDialect.TAGGED) {
            requireTag(start.getTag().orElse(null), expected);
        }
        events.next();
        atValue = false;
        names.push(new HashSet<>());
        requireDepth(names.size());
    }

    private String name(Event event) throws X {
        String name = key(event);
        if (name.equals(MergeKeys.MERGE)) {
            throw malformed(
                    isOfKubernetes
                            ? "a quoted <<: expected << without quotes"
                            : "merge keys (<<) are not followed: expected the fields themselves");
        }
        return name;
    }

    private String key(Event event) throws X {
        if (!(event instanceof ScalarEvent key)) {
            String problem = "expected the name of a field, got an object or an array";
            Mark mark = event.getStartMark().orElse(null);
            throw mark == null ? malformed(problem) : problems.at(mark.getLine() + 1, mark.getColumn() + 1, problem);
        }
        requireTag(key.getTag().orElse(null), Tag.STR);
        return limited(key.getValue());
    }

    private void requireTag(@Nullable String tag, Tag expected) throws X {
        if (!hasTag(tag, expected)) {
            throw malformed("the tag " + SafeText.quote(String.valueOf(tag), 60) + " is not followed: expected none");
        }
    }

    private static boolean hasTag(@Nullable String tag, Tag expected) {
        return tag == null || tag.equals("!") || tag.equals(expected.getValue());
    }

    private void requireDepth(int depth) throws X {
        if (depth > limits.nesting()) {
            throw overLimit("nested too deeply: expected " + limits.nesting() + " levels at most");
        }
    }

    private String limited(String text) throws X {
        if (text.length() > limits.stringChars()) {
            throw overLimit("expected a text of " + limits.stringChars() + " characters at most, got " + text.length());
        }
        return text;
    }

    private X overLimit(String problem) {
        return problems.overLimit(line, column, problem);
    }

    private void leave() throws X {
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
