package io.imagegate.document.yaml;

import io.imagegate.predicate.JsonValue;
import io.imagegate.syntax.Node;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Value in the predicate of an attestation in a policy test. */
record PredicateNode(Node node) implements JsonValue {

    @Override
    public Kind kind() {
        return switch (node.type()) {
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
        return node.text();
    }

    @Override
    public void forEachField(BiConsumer<String, JsonValue> reader) {
        node.fields().forEach(field -> reader.accept(field.name().text(), new PredicateNode(field.value())));
    }

    @Override
    public void forEachElement(Consumer<JsonValue> reader) {
        node.elements().forEach(element -> reader.accept(new PredicateNode(element)));
    }
}
