package io.imagegate.yaml;

import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Follows merge keys ({@code <<}) of YAML in trees.
 *
 * @since 0.1
 */
public final class MergeKeys {

    /** The name of a merge key. */
    public static final String MERGE = "<<";

    private static final String MERGE_TAG = Tag.MERGE.getValue();

    private MergeKeys() {}

    /**
     * {@return whether a field is a merge key}
     *
     * @param field the field
     */
    public static boolean isMerge(Node.Field field) {
        return field.name().tag().equals(MERGE_TAG);
    }

    /**
     * {@return an object with the fields of others that do not have the name of one that is written or of an earlier object}
     *
     * @param <X> the exceptions
     * @param object the object; anything else is returned as it is
     * @param problems makes the exceptions
     * @throws X if what is merged is no object
     */
    static <X extends Exception> Node merged(Node object, SyntaxProblems<X> problems) throws X {
        if (object.fields().stream().noneMatch(MergeKeys::isMerge)) {
            return object;
        }
        List<Node.Field> fields = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (Node.Field field : object.fields()) {
            if (!isMerge(field)) {
                fields.add(field);
                written.add(field.name().text());
            }
        }
        for (Node.Field field : object.fields()) {
            if (isMerge(field)) {
                for (Node other : objects(field.value())) {
                    if (other.type() != ValueType.OBJECT) {
                        throw problems.notYaml(
                                other.line(),
                                other.column(),
                                "",
                                "expected a mapping, or an alias of one, for the fields that << adds");
                    }
                    List<Node.Field> added = other.fields().stream()
                            .filter(one -> !one.name().isScalar()
                                    || !written.contains(one.name().text()))
                            .toList();
                    added.forEach(one -> written.add(one.name().text()));
                    fields.addAll(added);
                }
            }
        }
        return object.withFields(fields);
    }

    /**
     * {@return the same for a file of another tool: what its readers understand differently is refused}
     *
     * @param <X> the exceptions
     * @param object the object; anything else is returned as it is
     * @param problems makes the exceptions
     * @throws X if what is merged is no object, or if readers differ in what it is
     */
    public static <X extends Exception> Node mergedForeign(Node object, SyntaxProblems<X> problems) throws X {
        Map<String, Node> before = new HashMap<>();
        for (Node.Field field : object.fields()) {
            Node name = field.name();
            if (isMerge(field) != name.text().equals(MERGE)) {
                // Some readers merge the value of a quoted key, too, and some that of another key with the tag.
                throw problems.at(
                        name.line(),
                        name.column(),
                        isMerge(field)
                                ? "the tag !!merge at another name: expected << without a tag"
                                : "a quoted <<: expected << without quotes");
            }
            if (isMerge(field)) {
                requireUntagged(field.value(), problems);
                for (Node other : objects(field.value())) {
                    requireUntagged(other, problems);
                    requireSame(name, before, other, problems);
                }
            } else {
                before.put(name.text(), field.value());
            }
        }
        return merged(object, problems);
    }

    private static <X extends Exception> void requireUntagged(Node merged, SyntaxProblems<X> problems) throws X {
        if (!merged.tag().isEmpty()) {
            throw problems.at(merged.line(), merged.column(), "a tag at what << adds: expected none");
        }
    }

    /** Readers differ in which value counts: the written one, or the later one, as in Ruby. */
    private static <X extends Exception> void requireSame(
            Node merge, Map<String, Node> before, Node added, SyntaxProblems<X> problems) throws X {
        for (Node.Field field : added.fields()) {
            Node written = before.get(field.name().text());
            if (written != null && !isSame(written, field.value())) {
                throw problems.at(
                        merge.line(),
                        merge.column(),
                        "<< would give the field " + SafeText.quote(field.name().text(), 60)
                                + " before it another value: expected << as the first field");
            }
        }
    }

    private static List<Node> objects(Node merged) {
        return merged.type() == ValueType.ARRAY ? merged.elements() : List.of(merged);
    }

    private static boolean isSame(Node one, Node other) {
        return one.isScalar()
                && one.type() == other.type()
                && one.text().equals(other.text())
                && one.tag().equals(other.tag());
    }
}
