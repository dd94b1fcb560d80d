package io.imagegate.document.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The predicate of an attestation in a policy test: a file of JSON, read as strictly as the verification of signatures reads it.
 * A test with what that refuses would pass although the rule is undecidable for such an attestation.
 */
public final class PredicateDocument {

    /** Depth and names are as of verified attestations; the length of texts is that of the file, which is limited. */
    private static final SyntaxLimits LIMITS = new SyntaxLimits(Integer.MAX_VALUE, 64)
            .withNameChars(1_000)
            .withParts(1_000_000)
            .withWholeNames();

    private final Node root;

    private PredicateDocument(Node root) {
        this.root = root;
    }

    /** {@return the document in a text of another one, at whose place its problem is recorded} */
    public static Optional<PredicateDocument> read(YamlNode at, String text) {
        Problems found = new Problems();
        Optional<PredicateDocument> read = read("", text, found);
        found.all()
                .forEach(problem -> at.problem(
                        problem.at().line() == 0
                                ? problem.message()
                                : "line " + problem.at().line() + " of it: " + problem.message()));
        return read;
    }

    /** {@return the document in a file, which is one object} */
    public static Optional<PredicateDocument> read(String file, String text, Problems problems) {
        byte[] json = text.getBytes(UTF_8);
        JsonCursor<SyntaxException> cursor = JsonCursor.of(json, json.length, LIMITS, SyntaxException.OF_JSON);
        try {
            Node document = cursor.document();
            if (cursor.begin()) {
                throw cursor.malformed("another value, expected one object");
            }
            if (document != null && document.isObject()) {
                return Optional.of(new PredicateDocument(document));
            }
            problems.add(file, "expected one JSON object, the predicate of an attestation");
        } catch (SyntaxException e) {
            e.addTo(file, problems);
        }
        return Optional.empty();
    }

    /** {@return what pointers lead to, without those that lead nowhere} */
    public Map<JsonPointer, PredicateValue> values(Set<JsonPointer> pointers) {
        Map<JsonPointer, PredicateValue> values = new HashMap<>();
        pointers.forEach(pointer -> find(pointer).ifPresent(node -> values.put(pointer, value(node))));
        return values;
    }

    /** {@return what a query extracts} */
    public Fact<PredicateContent> content(ContentQuery query, Digest image) {
        return query.read(new PredicateNode(root), image);
    }

    private Optional<Node> find(JsonPointer pointer) {
        Optional<Node> at = Optional.of(root);
        for (String name : pointer.names()) {
            at = at.flatMap(node -> child(node, name));
        }
        return at;
    }

    private static Optional<Node> child(Node node, String name) {
        return node.isArray() && name.matches("0|[1-9][0-9]{0,8}")
                ? node.elements().stream().skip(Integer.parseInt(name)).findFirst()
                : Optional.ofNullable(node.field(name));
    }

    private static PredicateValue value(Node node) {
        return switch (node.type()) {
            case ARRAY ->
                PredicateValue.list(
                        node.elements().stream().map(PredicateDocument::value).toList());
            case OBJECT -> PredicateValue.other("an object");
            case NULL -> PredicateValue.other("null");
            case BOOLEAN -> PredicateValue.flag(node.text().equals("true"));
            case NUMBER -> PredicateValue.number(node.text());
            case STRING -> PredicateValue.text(node.text());
        };
    }
}
