package io.imagegate.signature.fact;

import io.imagegate.predicate.JsonValue;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.ValueType;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Value at a cursor; what is not read of it is skipped. */
final class StreamedValue implements JsonValue {

    private final JsonCursor<Refusal> cursor;
    private final ValueType type;
    private @Nullable String text;

    StreamedValue(JsonCursor<Refusal> cursor) {
        this.cursor = cursor;
        this.type = cursor.type();
    }

    @Override
    public Kind kind() {
        return switch (type) {
            case OBJECT -> Kind.OBJECT;
            case ARRAY -> Kind.LIST;
            case STRING -> Kind.TEXT;
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.FLAG;
            case NULL -> Kind.NULL;
        };
    }

    @Override
    public String text() {
        if (type == ValueType.OBJECT || type == ValueType.ARRAY) {
            return "";
        }
        if (text == null) {
            text = cursor.scalar();
        }
        return text;
    }

    @Override
    public void forEachField(BiConsumer<String, JsonValue> reader) {
        cursor.enterObject();
        for (String name = cursor.field(); name != null; name = cursor.field()) {
            reader.accept(name, new StreamedValue(cursor));
        }
    }

    @Override
    public void forEachElement(Consumer<JsonValue> reader) {
        cursor.enterArray();
        while (cursor.element()) {
            reader.accept(new StreamedValue(cursor));
        }
    }
}
