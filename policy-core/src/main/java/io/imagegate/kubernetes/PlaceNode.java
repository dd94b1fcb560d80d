package io.imagegate.kubernetes;

import io.imagegate.syntax.FieldNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value on the way to images, or an image, in a tree of places: what to read of an object in one pass. Not changed after the
 * tree is complete.
 */
final class PlaceNode {

    private static final String NAME = "name";
    private static final String METADATA = "metadata";

    /** The path without {@code [*]}, for messages. */
    final String path;
    /** Whether the path has {@code [*]}, so that values of it need a path of their own. */
    final boolean isRepeated;
    /** The places of this value and in it. */
    final List<ImagePlace> places = new ArrayList<>(1);
    /** The places of this value itself, which is a text. */
    final List<ImagePlace> texts = new ArrayList<>(0);
    /** The places of which this is the values of a chart. */
    final List<ImagePlace> values = new ArrayList<>(0);

    /** The fields that only sound like images of which this is one. */
    final List<ImagePlace> passed = new ArrayList<>(0);

    /** Places directly in this object whose image is unknown when they are missing. */
    final List<ImagePlace> required = new ArrayList<>(0);

    /** The places for which this is a list and no map: the containers of pod specifications. */
    final List<ImagePlace> lists = new ArrayList<>(0);

    /** The places of containers in this pod specification, which a policy names. Whether they stand elsewhere in it is looked for. */
    final List<ImagePlace> podSpecs = new ArrayList<>(0);

    final Map<String, PlaceNode> fields = new LinkedHashMap<>();
    FieldNames names = FieldNames.of();

    @Nullable
    PlaceNode each;

    /** Whether an element of this list names the images in it, because none of them is in a list in it. */
    boolean isNamed;

    /** The templates that this object is, of different kinds. */
    final List<TemplatePlace> templates = new ArrayList<>(0);

    PlaceNode(String path, boolean isRepeated) {
        this.path = path;
        this.isRepeated = isRepeated;
    }

    PlaceNode field(String name) {
        return fields.computeIfAbsent(
                name, field -> new PlaceNode(path.isEmpty() ? field : path + "." + field, isRepeated));
    }

    PlaceNode each() {
        if (each == null) {
            each = new PlaceNode(path, true);
        }
        return each;
    }

    /** Prepares the names of the fields that are read. */
    void complete() {
        List<String> wanted = new ArrayList<>(fields.keySet());
        if (isNamed && !fields.containsKey(NAME)) {
            wanted.add(NAME);
        }
        if (!templates.isEmpty()) {
            wanted.add(METADATA);
        }
        names = FieldNames.of(wanted.toArray(String[]::new));
        fields.values().forEach(PlaceNode::complete);
        if (each != null) {
            each.complete();
        }
    }
}
