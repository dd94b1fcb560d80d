package io.imagegate.syntax;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cursor that reports all fields, read or skipped, to an observer. Not thread-safe.
 *
 * @param <X> exception of the cursor
 * @since 0.1
 */
public final class ObservedCursor<X extends Exception> implements Cursor<X> {

    private final Cursor<X> cursor;
    private @Nullable PassedFields observer;
    private boolean atValue;

    /**
     * Makes a cursor without an observer.
     *
     * @param cursor reads the values
     */
    public ObservedCursor(Cursor<X> cursor) {
        this.cursor = cursor;
    }

    /**
     * {@return a cursor with an observer}
     *
     * @param <X> exception of the cursor
     * @param cursor reads the values
     * @param fields receives the names
     */
    public static <X extends Exception> ObservedCursor<X> of(Cursor<X> cursor, PassedFields fields) {
        ObservedCursor<X> observed = new ObservedCursor<>(cursor);
        observed.observe(fields);
        return observed;
    }

    /**
     * Sets or removes the observer. It does not see the end of objects entered before.
     *
     * @param fields receives the names; null for none
     */
    public void observe(@Nullable PassedFields fields) {
        observer = fields;
    }

    @Override
    public ValueType type() throws X {
        return cursor.type();
    }

    @Override
    public void enterObject() throws X {
        cursor.enterObject();
        atValue = false;
        if (observer != null) {
            observer.enter();
        }
    }

    @Override
    public void enterArray() throws X {
        cursor.enterArray();
        atValue = false;
    }

    @Override
    public @Nullable String field(FieldNames wanted) throws X {
        if (observer != null) {
            return Cursor.super.field(wanted);
        }
        leaveValue();
        String found = cursor.field(wanted);
        atValue = found != null;
        return found;
    }

    @Override
    public @Nullable String field() throws X {
        leaveValue();
        String name = cursor.field();
        atValue = name != null;
        if (observer != null) {
            if (name == null) {
                observer.leave();
            } else {
                observer.name(name);
                observer.value(cursor.type());
            }
        }
        return name;
    }

    @Override
    public boolean element() throws X {
        leaveValue();
        atValue = cursor.element();
        return atValue;
    }

    @Override
    public String scalar() throws X {
        atValue = false;
        return cursor.scalar();
    }

    @Override
    public @Nullable Map<String, String> texts(int most, @Nullable PassedFields passed) throws X {
        atValue = false;
        return cursor.texts(most, observer);
    }

    @Override
    public void skip() throws X {
        atValue = false;
        if (observer == null) {
            cursor.skip();
        } else {
            cursor.skip(observer);
        }
    }

    @Override
    public int line() {
        return cursor.line();
    }

    @Override
    public int column() {
        return cursor.column();
    }

    @Override
    public int offset() {
        return cursor.offset();
    }

    @Override
    public X malformed(String problem) {
        return cursor.malformed(problem);
    }

    private void leaveValue() throws X {
        if (atValue) {
            skip();
        }
    }
}
