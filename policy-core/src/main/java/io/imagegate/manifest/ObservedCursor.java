package io.imagegate.manifest;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.PassedFields;
import io.imagegate.syntax.ValueType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cursor that reports all fields, read or skipped, to an observer. Not thread-safe. */
final class ObservedCursor<X extends Exception> implements Cursor<X> {

    private final Cursor<X> cursor;
    private @Nullable PassedFields observer;
    private boolean atValue;

    ObservedCursor(Cursor<X> cursor) {
        this.cursor = cursor;
    }

    /** Sets or removes the observer. It does not see the end of objects entered before. */
    void observe(@Nullable PassedFields fields) {
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
