package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads the values of a predicate that some pointers lead to, as a stream; all else is skipped. */
final class PredicateValues {

    /** Longest text that is read; a longer one is too large to compare anyway. */
    private static final int LONGEST = 1 << 16;

    private static final int MOST_ELEMENTS = 1_001;
    private static final int MOST_CHARACTERS = 1 << 16;
    private static final int DEPTH = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .maxNumberLength(LONGEST)
                    .build())
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;
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

        Node below(String name) {
            return below.getOrDefault(name, NONE);
        }

        boolean isWanted() {
            return !below.isEmpty() || !here.isEmpty();
        }
    }

    private PredicateValues(JsonParser parser) {
        this.parser = parser;
    }

    /** {@return the values; pointers that lead nowhere are left out} */
    static Map<JsonPointer, PredicateValue> read(SignedContent content, Set<JsonPointer> pointers) {
        Node root = Node.of(pointers);
        if (!root.isWanted()) {
            return Map.of();
        }
        try (InputStream in = content.openPredicate();
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            PredicateValues values = new PredicateValues(parser);
            if (parser.nextToken() != null) {
                values.value(root);
            }
            return values.found;
        } catch (JacksonException e) {
            throw Refusal.undecidable("the predicate has a text of more than " + LONGEST
                    + " characters where a condition looks, or is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what a query extracts; undecidable if the predicate does not have its form} */
    static Fact<PredicateContent> content(SignedContent content, ContentQuery query, Digest image) {
        try (InputStream in = content.openPredicate();
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            JsonToken first = parser.nextToken();
            return first == null
                    ? Fact.undecidable("it has no predicate")
                    : query.read(new StreamedValue(parser, first), image);
        } catch (JacksonException e) {
            return Fact.undecidable("the predicate has a text of more than " + LONGEST
                    + " characters where a rule looks, or is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PredicateValue value(Node node) {
        PredicateValue value = switch (parser.currentToken()) {
            case START_OBJECT -> object(node);
            case START_ARRAY -> array(node);
            case VALUE_STRING -> PredicateValue.text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> PredicateValue.number(parser.getString());
            case VALUE_TRUE -> PredicateValue.flag(true);
            case VALUE_FALSE -> PredicateValue.flag(false);
            default -> PredicateValue.other("null");
        };
        node.here.forEach(pointer -> found.put(pointer, value));
        return value;
    }

    private PredicateValue object(Node node) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node below = node.below(parser.currentName());
            parser.nextToken();
            if (below.isWanted()) {
                value(below);
            } else {
                parser.skipChildren();
            }
        }
        return PredicateValue.other("an object");
    }

    private PredicateValue array(Node node) {
        List<PredicateValue> elements = new ArrayList<>();
        int characters = 0;
        boolean kept = !node.here.isEmpty();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            Node below = node.below(String.valueOf(i));
            boolean room = kept && elements.size() < MOST_ELEMENTS && characters <= MOST_CHARACTERS;
            if (below.isWanted() || (room && !parser.currentToken().isStructStart())) {
                PredicateValue element = value(below);
                characters += element.text().length();
                elements.add(element);
            } else {
                if (room) {
                    elements.add(PredicateValue.other(
                            parser.currentToken() == JsonToken.START_OBJECT ? "an object" : "a list"));
                }
                parser.skipChildren();
            }
        }
        return PredicateValue.list(elements);
    }
}
