package io.imagegate.document.yaml;

import io.imagegate.predicate.JsonValue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Value in the predicate of an attestation in a policy test. */
record PredicateNode(Node node) implements JsonValue {

    @Override
    public Kind kind() {
        if (node instanceof MappingNode) {
            return Kind.OBJECT;
        }
        return node instanceof ScalarNode scalar
                ? switch (PredicateDocument.scalar(scalar).kind()) {
                    case NUMBER -> Kind.NUMBER;
                    case FLAG -> Kind.FLAG;
                    case OTHER -> Kind.NULL;
                    default -> Kind.TEXT;
                }
                : Kind.LIST;
    }

    @Override
    public String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    @Override
    public void forEachField(BiConsumer<String, JsonValue> reader) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    reader.accept(key.getValue(), new PredicateNode(tuple.getValueNode()));
                }
            }
        }
    }

    @Override
    public void forEachElement(Consumer<JsonValue> reader) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> reader.accept(new PredicateNode(item)));
        }
    }
}
