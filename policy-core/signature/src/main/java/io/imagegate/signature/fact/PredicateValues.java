package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the values of a predicate that some pointers lead to, as a stream; all else is skipped. */
final class PredicateValues {

    /** Longest text that is read; a longer one is too large to compare anyway. */
    private static final int LONGEST = 1 << 16;

    private static final int MOST_ELEMENTS = 1_001;
    private static final int MOST_CHARACTERS = 1 << 16;
    private static final int DEPTH = 64;

    private static final SyntaxLimits LIMITS =
            new SyntaxLimits(LONGEST, DEPTH).withNumberChars(LONGEST).withWholeNames();

    private final JsonCursor<Refusal> cursor;
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

    private PredicateValues(JsonCursor<Refusal> cursor) {
        this.cursor = cursor;
    }

    /** {@return the values; pointers that lead nowhere are left out} */
    static Map<JsonPointer, PredicateValue> read(SignedContent content, Set<JsonPointer> pointers) {
        Node root = Node.of(pointers);
        if (!root.isWanted()) {
            return Map.of();
        }
        PredicateValues values = new PredicateValues(open(content, "where a condition looks"));
        if (values.cursor.begin()) {
            values.value(root);
        }
        return values.found;
    }

    private static JsonCursor<Refusal> open(SignedContent content, String place) {
        return JsonCursor.of(
                content.openPredicate(),
                LIMITS,
                (line, column, problem) -> Refusal.undecidable("the predicate has a text of more than " + LONGEST
                        + " characters " + place + ", or is not JSON"));
    }

    /** {@return what a query extracts; undecidable if the predicate does not have its form} */
    static Fact<PredicateContent> content(SignedContent content, ContentQuery query, Digest image) {
        JsonCursor<Refusal> cursor = open(content, "where a rule looks");
        try {
            return cursor.begin()
                    ? query.read(new StreamedValue(cursor), image)
                    : Fact.undecidable("it has no predicate");
        } catch (Refusal e) {
            return Fact.undecidable(e.message());
        }
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
