package io.imagegate.syntax;

import io.imagegate.text.SafeText;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks over an object made of maps and collections. Fields come in the order of their names, so that {@code apiVersion}
 * and {@code kind} come first. A Java object of another type is refused, because it could hide an image. Not thread-safe.
 */
public final class MapCursor implements Cursor<IllegalArgumentException> {

    /** Most values that are visited: a map that aliases were expanded to may hold others a billion times. */
    public static final int LIMIT = 1_000_000;

    private static final int SHOWN = 60;

    private final SyntaxLimits limits;
    private final Deque<Iterator<? extends @Nullable Object>> open = new ArrayDeque<>();
    private @Nullable Object value;
    private int visited;

    public MapCursor(Map<String, ?> object, SyntaxLimits limits) {
        this.value = object;
        this.limits = limits;
    }

    @Override
    public ValueType type() {
        if (value == null) {
            return ValueType.NULL;
        }
        if (value instanceof Map) {
            return ValueType.OBJECT;
        }
        if (value instanceof Collection) {
            return ValueType.ARRAY;
        }
        if (value instanceof Boolean) {
            return ValueType.BOOLEAN;
        }
        if (value instanceof Number) {
            return ValueType.NUMBER;
        }
        if (value instanceof CharSequence || value instanceof Date || value instanceof TemporalAccessor) {
            return ValueType.STRING;
        }
        throw malformed("expected maps, collections, texts, numbers and booleans, got a "
                + value.getClass().getName());
    }

    @Override
    public void enterObject() {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        ((Map<?, ?>) requireValue()).forEach((name, field) -> fields.put(name(name), field));
        enter(fields.entrySet().iterator());
    }

    @Override
    public void enterArray() {
        enter(((Collection<?>) requireValue()).iterator());
    }

    @Override
    public @Nullable String field() {
        if (!element()) {
            return null;
        }
        Map.Entry<?, ?> field = (Map.Entry<?, ?>) requireValue();
        value = field.getValue();
        return (String) field.getKey();
    }

    @Override
    public boolean element() {
        Iterator<? extends @Nullable Object> values = open.element();
        if (!values.hasNext()) {
            open.pop();
            return false;
        }
        value = values.next();
        visited++;
        if (visited > LIMIT) {
            throw malformed("expected " + LIMIT + " values at most");
        }
        return true;
    }

    @Override
    public String scalar() {
        return limited(String.valueOf(value));
    }

    @Override
    public void skip() {
        // The next field or element is the next of its iterator, whatever became of this one.
    }

    /** Nothing has lines here. */
    @Override
    public int line() {
        return 1;
    }

    @Override
    public IllegalArgumentException malformed(String problem) {
        return new IllegalArgumentException("object: " + problem);
    }

    private void enter(Iterator<? extends @Nullable Object> values) {
        open.push(values);
        if (open.size() > limits.nesting()) {
            throw malformed("nested too deeply: expected " + limits.nesting() + " levels at most");
        }
    }

    private String name(@Nullable Object name) {
        if (name instanceof String text) {
            return limited(text);
        }
        throw malformed("expected the name of a field, got " + SafeText.quote(String.valueOf(name), SHOWN));
    }

    private String limited(String text) {
        if (text.length() > limits.stringChars()) {
            throw malformed("expected a text of " + limits.stringChars() + " characters at most, got " + text.length());
        }
        return text;
    }

    private Object requireValue() {
        return Objects.requireNonNull(value);
    }
}
