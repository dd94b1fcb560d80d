package io.imagegate.predicate;

import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the values of a predicate that some pointers lead to, as a stream; all else is skipped. */
final class PredicateValues {

    private static final int MOST_ELEMENTS = 1_001;
    private static final int MOST_CHARACTERS = 1 << 16;

    private final JsonCursor<UnreadableException> cursor;
    private final Map<JsonPointer, PredicateValue> found = new HashMap<>();

    /** A place that pointers lead through or to. */
    private static final class Node {
        static final Node NONE = new Node();
        final Map<String, Node> below = new HashMap<>();
        final List<JsonPointer> here = new ArrayList<>();

        static Node of(Set<JsonPointer> pointers) {
            Node root = new Node();
            for (JsonPointer pointer : pointers) {
                Node at = root;
                for (String name : pointer.names()) {
                    at = at.below.computeIfAbsent(name, any -> new Node());
                }
                at.here.add(pointer);
            }
            return root;
        }

        FieldNames names() {
            return FieldNames.of(below.keySet().toArray(String[]::new));
        }

        Node below(String name) {
            return below.getOrDefault(name, NONE);
        }

        boolean isWanted() {
            return !below.isEmpty() || !here.isEmpty();
        }
    }

    private PredicateValues(JsonCursor<UnreadableException> cursor) {
        this.cursor = cursor;
    }

    /** {@return the values; pointers that lead nowhere are left out} */
    static Map<JsonPointer, PredicateValue> read(JsonCursor<UnreadableException> cursor, Set<JsonPointer> pointers) {
        PredicateValues values = new PredicateValues(cursor);
        if (cursor.begin()) {
            values.value(Node.of(pointers));
        }
        return values.found;
    }

    private PredicateValue value(Node node) {
        PredicateValue value = switch (cursor.type()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> PredicateValue.text(cursor.scalar());
            case NUMBER -> PredicateValue.number(cursor.scalar());
            case BOOLEAN -> PredicateValue.flag(cursor.scalar().equals("true"));
            case NULL -> {
                cursor.skip();
                yield PredicateValue.other("null");
            }
        };
        node.here.forEach(pointer -> found.put(pointer, value));
        return value;
    }

    private PredicateValue object(Node node) {
        FieldNames names = node.names();
        cursor.enterObject();
        for (String name = cursor.field(names); name != null; name = cursor.field(names)) {
            value(node.below(name));
        }
        return PredicateValue.other("an object");
    }

    private PredicateValue array(Node node) {
        List<PredicateValue> elements = new ArrayList<>();
        int characters = 0;
        boolean kept = !node.here.isEmpty();
        cursor.enterArray();
        for (int i = 0; cursor.element(); i++) {
            Node below = node.below(String.valueOf(i));
            boolean room = kept && elements.size() < MOST_ELEMENTS && characters <= MOST_CHARACTERS;
            ValueType type = cursor.type();
            boolean scalar = type != ValueType.OBJECT && type != ValueType.ARRAY;
            if (below.isWanted() || (room && scalar)) {
                PredicateValue element = value(below);
                characters += element.text().length();
                elements.add(element);
            } else if (room) {
                elements.add(PredicateValue.other(type == ValueType.OBJECT ? "an object" : "a list"));
            }
        }
        return PredicateValue.list(elements);
    }
}
