package io.imagegate.signature.fact;

import io.imagegate.predicate.JsonValue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Value at which a parser stands; what is not read of it is skipped. */
final class StreamedValue implements JsonValue {

    private final JsonParser parser;
    private final JsonToken token;
    private boolean read;

    StreamedValue(JsonParser parser, JsonToken token) {
        this.parser = parser;
        this.token = token;
    }

    @Override
    public Kind kind() {
        return switch (token) {
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.LIST;
            case VALUE_STRING -> Kind.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.FLAG;
            default -> Kind.NULL;
        };
    }

    @Override
    public String text() {
        return token.isScalarValue() ? parser.getString() : "";
    }

    @Override
    public void forEachField(BiConsumer<String, JsonValue> reader) {
        read = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            StreamedValue field = new StreamedValue(parser, parser.nextToken());
            reader.accept(name, field);
            field.skip();
        }
    }

    @Override
    public void forEachElement(Consumer<JsonValue> reader) {
        read = true;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            StreamedValue element = new StreamedValue(parser, next);
            reader.accept(element);
            element.skip();
        }
    }

    private void skip() {
        if (token.isStructStart() && !read) {
            parser.skipChildren();
        }
    }
}
