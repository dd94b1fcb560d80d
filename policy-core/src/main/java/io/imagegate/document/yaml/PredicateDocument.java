package io.imagegate.document.yaml;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The predicate of an attestation in a policy test: a file of JSON. */
public final class PredicateDocument {

    private final Node root;

    private PredicateDocument(Node root) {
        this.root = root;
    }

    /** {@return the document in a file, which is one object} */
    public static Optional<PredicateDocument> read(String file, String text, Problems problems) {
        int before = problems.count();
        List<YamlNode> documents = YamlReader.documents(file, text, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        if (documents.size() != 1 || !documents.get(0).isMapping()) {
            problems.add(file, "expected one JSON object, the predicate of an attestation");
            return Optional.empty();
        }
        PredicateSyntax.check(documents.get(0));
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new PredicateDocument(documents.get(0).node()));
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
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(name))
                    .findFirst()
                    .map(tuple -> tuple.getValueNode());
        }
        return node instanceof SequenceNode list && name.matches("0|[1-9][0-9]{0,8}")
                ? list.getValue().stream().skip(Integer.parseInt(name)).findFirst()
                : Optional.empty();
    }

    private static PredicateValue value(Node node) {
        if (node instanceof SequenceNode list) {
            return PredicateValue.list(
                    list.getValue().stream().map(PredicateDocument::value).toList());
        }
        return node instanceof ScalarNode scalar ? scalar(scalar) : PredicateValue.other("an object");
    }

    static PredicateValue scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.NULL)) {
            return PredicateValue.other("null");
        }
        if (tag.equals(Tag.BOOL)) {
            return PredicateValue.flag(text.equalsIgnoreCase("true"));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? PredicateValue.number(text) : PredicateValue.text(text);
    }
}
