package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.yaml.MergeKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the tags of a Compose file do. A field with {@code !reset} is removed before merge keys are followed. With this or
 * {@code !override}, a service does not have what the one that it extends has in the field. Other tags are refused, and these where
 * versions of Compose differ, or where what they do to images is not known. In fields of a service that have no images, tags are not
 * looked at. Not thread-safe.
 */
final class ComposeTags {

    private static final String RESET = "!reset";
    private static final String OVERRIDE = "!override";
    private static final String SERVICES = "services";
    /** Compose joins names to paths, in which others have a meaning. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
    /** Names of services, of which those with dots are several names of a path. */
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._-]+");
    /** Fields of a service that bring images. */
    private static final Set<String> WITH_IMAGES =
            Set.of("image", "build", "extends", "volumes", "pre_start", "provider");
    /** How many names lead at most to a tag in fields of a service that decide of images. */
    private static final Map<String, Integer> DEPTHS = Map.of("build", 4, "extends", 3);
    /** How many names lead to a field of a service. */
    private static final int FIELD = 3;

    private static final int SHOWN = 60;

    private final String file;
    /** How often the tagged values of a document are in it, by their places: more than once by an alias. */
    private final Map<Integer, Integer> counts = new HashMap<>();

    private final Deque<String> path = new ArrayDeque<>();
    /** Names of the fields of objects in which nothing is of what is extended. */
    private final IdentityHashMap<Node, Set<String>> replaced = new IdentityHashMap<>();
    /** Services in which a field has a tag. */
    private final Set<String> services = new HashSet<>();

    ComposeTags(String file) {
        this.file = file;
    }

    /** {@return whether an object does not have what another has in a field} */
    boolean isReplaced(Node object, String field) {
        return replaced.getOrDefault(object, Set.of()).contains(field);
    }

    /** {@return the names of the services in which a field has a tag} */
    Set<String> services() {
        return services;
    }

    /** {@return a document with what its tags and its merge keys do} Extensions have an effect only where an alias is. */
    Node applied(Node document) throws InputException {
        counts.clear();
        count(document);
        if (!document.tag().isEmpty()) {
            throw unknown(document);
        }
        return document.type() == ValueType.OBJECT ? object(document, true) : document;
    }

    private void count(Node node) {
        if (!node.tag().isEmpty()) {
            counts.merge(node.offset(), 1, Integer::sum);
        }
        node.fields().forEach(field -> count(field.value()));
        node.elements().forEach(this::count);
    }

    /**
     * Applies the tags in a value.
     *
     * @param open whether tags are known where it stands
     */
    private Node value(Node node, boolean open) throws InputException {
        if (node.type() == ValueType.OBJECT) {
            return object(node, open);
        }
        List<Node> elements = new ArrayList<>();
        for (Node element : node.elements()) {
            if (!element.tag().isEmpty()) {
                throw unknown(element);
            }
            elements.add(value(element, false));
        }
        return elements.isEmpty() ? node : node.withElements(elements);
    }

    private Node object(Node node, boolean open) throws InputException {
        List<Node.Field> kept = new ArrayList<>();
        Set<String> tagged = new HashSet<>();
        for (Node.Field field : node.fields()) {
            boolean merge = MergeKeys.isMerge(field);
            Node name = field.name();
            Node value = field.value();
            if (!name.isScalar() || !(merge || name.tag().isEmpty())) {
                throw malformed(name, "expected the name of a field, without a tag");
            }
            if (path.isEmpty() && ComposeFields.isExtension(name.text())) {
                kept.add(field);
                continue;
            }
            path.addLast(name.text());
            if (isWithoutImages()) {
                if (!value.tag().equals(RESET)) {
                    kept.add(field);
                }
                path.removeLast();
                continue;
            }
            if (!value.tag().isEmpty()) {
                requireKnown(value, open && !merge);
                tagged.add(name.text());
            }
            if (!value.tag().equals(RESET)) {
                kept.add(new Node.Field(
                        name, value(value, open && !merge && value.tag().isEmpty())));
            }
            path.removeLast();
        }
        Node made = MergeKeys.mergedForeign(node.withFields(kept), FileSyntax.problems(file));
        if (!tagged.isEmpty()) {
            replaced.put(made, tagged);
        }
        return made;
    }

    /** {@return whether nothing at the path has an image: a tag there changes this field of a service, or of others, and no other} */
    private boolean isWithoutImages() {
        List<String> names =
                path.stream().filter(name -> !name.equals(MergeKeys.MERGE)).toList();
        return names.size() == FIELD
                && names.get(0).equals(SERVICES)
                && SERVICE.matcher(names.get(1)).matches()
                && Collections.disjoint(List.of(names.get(1).split("\\.", -1)), WITH_IMAGES)
                && ComposeFields.isKnown("service", names.get(2))
                && !WITH_IMAGES.contains(names.get(2));
    }

    private void requireKnown(Node value, boolean open) throws InputException {
        boolean isTag = value.tag().equals(RESET) || value.tag().equals(OVERRIDE);
        List<String> names = List.copyOf(path);
        boolean inService = names.size() >= FIELD && names.get(0).equals(SERVICES);
        Integer depth = inService ? DEPTHS.get(names.get(FIELD - 1)) : null;
        int deciding = depth != null ? depth : names.get(0).equals(SERVICES) ? FIELD : 1;
        if (!isTag
                || !open
                || counts.getOrDefault(value.offset(), 0) > 1
                || !names.stream()
                        .limit(deciding)
                        .allMatch(name -> PLAIN.matcher(name).matches())
                || (depth != null && names.size() > depth)) {
            throw unknown(value);
        }
        if (inService) {
            services.add(names.get(1));
        }
    }

    private InputException unknown(Node value) {
        return malformed(
                value,
                "what the tag " + SafeText.quote(value.tag(), SHOWN)
                        + " does here is not known: check what docker compose config prints");
    }

    private InputException malformed(Node node, String problem) {
        return new InputException(file, node.line(), node.column(), problem);
    }
}
