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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks over an object made of maps and collections. Fields come in the order of their names, so that {@code apiVersion}
 * and {@code kind} come first. A Java object of another type is refused, because it could hide an image. Not thread-safe.
 *
 * @param <X> thrown for what has another shape than expected or is over a limit
 */
public final class MapCursor<X extends Exception> implements Cursor<X> {

    /** Most values that are visited: a map that aliases were expanded to may hold others a billion times. */
    public static final int LIMIT = 1_000_000;

    private static final int SHOWN = 60;

    private final SyntaxLimits limits;
    private final Function<String, X> problems;
    private final Deque<Iterator<? extends @Nullable Object>> open = new ArrayDeque<>();
    private @Nullable Object value;
    private int visited;

    /**
     * Makes a cursor at an object.
     *
     * @param object the object
     * @param limits its limits
     * @param problems makes an exception of what is wrong: nothing has a place here
     */
    public MapCursor(Map<String, ?> object, SyntaxLimits limits, Function<String, X> problems) {
        this.value = object;
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    public ValueType type() throws X {
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
    public void enterObject() throws X {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        for (Map.Entry<?, ?> field : ((Map<?, ?>) requireValue()).entrySet()) {
            fields.put(name(field.getKey()), field.getValue());
        }
        enter(fields.entrySet().iterator());
    }

    @Override
    public void enterArray() throws X {
        enter(((Collection<?>) requireValue()).iterator());
    }

    @Override
    public @Nullable String field() throws X {
        if (!element()) {
            return null;
        }
        Map.Entry<?, ?> field = (Map.Entry<?, ?>) requireValue();
        value = field.getValue();
        return (String) field.getKey();
    }

    @Override
    public boolean element() throws X {
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
    public String scalar() throws X {
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
    public X malformed(String problem) {
        return problems.apply(problem);
    }

    private void enter(Iterator<? extends @Nullable Object> values) throws X {
        open.push(values);
        if (open.size() > limits.nesting()) {
            throw malformed("nested too deeply: expected " + limits.nesting() + " levels at most");
        }
    }

    private String name(@Nullable Object name) throws X {
        if (name instanceof String text) {
            return limited(text);
        }
        throw malformed("expected the name of a field, got " + SafeText.quote(String.valueOf(name), SHOWN));
    }

    private String limited(String text) throws X {
        if (text.length() > limits.stringChars()) {
            throw malformed("expected a text of " + limits.stringChars() + " characters at most, got " + text.length());
        }
        return text;
    }

    private Object requireValue() {
        return Objects.requireNonNull(value);
    }
}
