package io.imagegate.kubernetes;

import io.imagegate.kubernetes.FoundImage.Position;
import io.imagegate.kubernetes.ObjectPlaces.KindPlaces;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.workload.WorkloadPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the images at all places of a tree, in one pass. A malformed value is an error only if the kind of the object has a
 * place there. The kind may be read later, so problems are kept until then. The tree limits the depth. Not thread-safe.
 */
final class PlaceReader<X extends Exception> {

    private static final String METADATA = "metadata";
    private static final String NAME = "name";
    private static final int SHOWN = 60;
    private static final String LABELS = "labels";
    private static final FieldNames CONTAINERS = FieldNames.of(ObjectPlaces.CONTAINERS);
    private static final FieldNames ANNOTATIONS_AND_LABELS = FieldNames.of("annotations", LABELS);

    private final Cursor<X> cursor;
    private final ImageFields fields;
    private final int maxImages;
    private final int maxAnnotations;
    // Empty until needed: most objects have few images and no problem.
    private final List<FoundImage> images = new ArrayList<>(0);
    private final List<FoundTemplate> templates = new ArrayList<>(0);
    private Map<ImagePlace, X> problems = Map.of();
    private Map<ImagePlace, Integer> counts = Map.of();
    /** Fields that only sound like images, in the order of the text. */
    private Set<ImagePlace> passed = Set.of();
    /** The first field of each place that is not read, in the order of the text. */
    private Map<ImagePlace, UnreadField> unread = Map.of();

    /** Whether values of charts are read as in files of values. */
    boolean ofFiles;

    /** Whether the object that was read last has containers. */
    private boolean hasContainers;

    /** Whether the array that was read last has no element. */
    private boolean isEmpty;

    PlaceReader(Cursor<X> cursor, ImageFields fields, int maxImages, int maxAnnotations) {
        this.cursor = cursor;
        this.fields = fields;
        this.maxImages = maxImages;
        this.maxAnnotations = maxAnnotations;
    }

    /** {@return the images, in the order of the text} */
    List<FoundImage> images() {
        return images;
    }

    /** {@return the templates, outer ones first} */
    List<FoundTemplate> templates() {
        return templates;
    }

    /** {@return the first problem of each place that has one} */
    Map<ImagePlace, X> problems() {
        return problems;
    }

    /** {@return the fields that only sound like images in objects of some kinds} */
    Set<ImagePlace> passed() {
        return passed;
    }

    /** {@return the first field that may name an image of a kind and is not read; null if there is none} */
    @Nullable
    UnreadField unread(KindPlaces kind) {
        return unread.entrySet().stream()
                .filter(field -> kind.places.contains(field.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void addUnread(ImagePlace place, UnreadField.Reason reason, String field) {
        if (unread.isEmpty()) {
            unread = new LinkedHashMap<>();
        }
        unread.putIfAbsent(place, new UnreadField(reason, field));
    }

    /** Reads the value at the cursor, whose path has no list. */
    void read(PlaceNode node) throws X {
        read(node, null);
    }

    private void read(PlaceNode node, @Nullable PlaceElement in) throws X {
        if (!node.passed.isEmpty()) {
            passed = passed.isEmpty() ? new LinkedHashSet<>() : passed;
            passed.addAll(node.passed);
        }
        switch (cursor.type()) {
            case OBJECT -> object(node, in);
            case ARRAY -> array(node, in);
            case STRING -> text(node, in);
            case NULL -> absent(node, in);
            default -> {
                fail("a string", node.texts, node);
                failBelow(node);
                absent(node, in);
            }
        }
    }

    private void object(PlaceNode node, @Nullable PlaceElement in) throws X {
        fail("a string", node.texts, node);
        fail("an array", node.lists, node);
        if (node.names.isEmpty()) {
            if (node.values.isEmpty()) {
                map(node, in);
            } else {
                values(node, in);
            }
            return;
        }
        // Only before the kind is known: the places of one kind do not overlap.
        fail("kind and apiVersion before it", node.values, node);
        if (node.each != null) {
            fail("kind and apiVersion before it", node.each.places, node);
        }
        Position position = node.required.isEmpty() ? null : Position.of(cursor);
        int first = images.size();
        int template = templates.size();
        cursor.enterObject();
        addTemplates(node, in);
        boolean present = false;
        boolean filled = false;
        String below = null;
        for (String field = field(node); field != null; field = field(node)) {
            PlaceNode child = node.fields.get(field);
            boolean containers = field.equals(ObjectPlaces.CONTAINERS) && cursor.type() != ValueType.NULL;
            hasContainers = false;
            isEmpty = false;
            if (child != null) {
                fields.list();
                read(child, in);
            } else if (field.equals(METADATA) && !node.templates.isEmpty()) {
                metadata(node, template);
            } else if (field.equals(NAME) && in != null && node.isNamed) {
                name(node, in);
            } else {
                lookForContainers();
            }
            below = below == null && hasContainers ? field : below;
            present |= containers;
            filled |= containers && !isEmpty;
        }
        hasContainers = present;
        // An empty list is no reason to look no further: whoever writes the object could add one.
        if (!filled && below != null) {
            addMisplaced(node, in, below);
        }
        if (position != null) {
            addMissing(node, in, first, position);
        }
        if (node.isNamed && in != null) {
            in.name(images, first);
        }
    }

    /** {@return the next field that is read; in a pod specification of a policy, any field} */
    private @Nullable String field(PlaceNode node) throws X {
        return node.podSpecs.isEmpty() ? cursor.field(node.names) : cursor.field();
    }

    private void lookForContainers() throws X {
        if (enterIfObject()) {
            for (String field = cursor.field(CONTAINERS); field != null; field = cursor.field(CONTAINERS)) {
                hasContainers |= cursor.type() != ValueType.NULL;
            }
        }
    }

    private void addMisplaced(PlaceNode node, @Nullable PlaceElement in, String field) {
        String path = (in == null ? node.path : in.path(node)) + "."
                + (WorkloadPath.isName(field) ? field : SafeText.quote(field, SHOWN));
        for (ImagePlace place : node.podSpecs) {
            addUnread(place, UnreadField.Reason.MISPLACED, path);
        }
    }

    private void values(PlaceNode node, @Nullable PlaceElement in) throws X {
        if (node.each != null) {
            fail("kind and apiVersion before it", node.each.places, node);
        }
        String path = in == null ? node.path : in.path(node);
        ImagePlace place = node.values.get(0);
        String before = fields.unlisted();
        HelmValues<X> values = new HelmValues<>(cursor, fields, path, maxImages, ofFiles);
        List<FoundImage> found = values.read(place);
        if (ofFiles) {
            fields.unlisted(before);
        }
        if (!values.unreadable().isEmpty()) {
            addUnread(place, UnreadField.Reason.UNREADABLE, values.unreadable());
        }
        for (FoundImage image : found) {
            if (images.size() < maxImages || !isOver(image.place)) {
                images.add(image);
            } else {
                fail(image.place, cursor.tooMany(path + ": expected " + maxImages + " images at most in one object"));
            }
        }
    }

    private void map(PlaceNode node, @Nullable PlaceElement in) throws X {
        if (node.each == null) {
            cursor.skip();
            return;
        }
        PlaceElement element = new PlaceElement(node, in);
        cursor.enterObject();
        for (String key = cursor.field(); key != null; key = cursor.field()) {
            if (WorkloadPath.isName(key)) {
                element.next(key);
                read(node.each, element);
            } else {
                fail("names of letters, digits, '-' and '_'", node.each.places, node);
            }
        }
        hasContainers = false;
    }

    private void array(PlaceNode node, @Nullable PlaceElement in) throws X {
        fail("a string", node.texts, node);
        fail("an object", node.values, node);
        for (PlaceNode field : node.fields.values()) {
            fail("an object", field.places, node);
        }
        if (node.each == null) {
            cursor.skip();
            return;
        }
        PlaceElement element = new PlaceElement(node, in);
        boolean empty = true;
        cursor.enterArray();
        while (cursor.element()) {
            empty = false;
            element.next(null);
            read(node.each, element);
        }
        hasContainers = false;
        isEmpty = empty;
    }

    private void text(PlaceNode node, @Nullable PlaceElement in) throws X {
        failBelow(node);
        if (node.texts.isEmpty()) {
            absent(node, in);
            return;
        }
        Position position = Position.of(cursor);
        String text = cursor.scalar();
        for (ImagePlace place : node.texts) {
            add(place, in, text, position);
        }
    }

    /** A missing image of a container is treated as an empty one, because the image that a runtime would use is unknown. */
    private void absent(PlaceNode node, @Nullable PlaceElement in) throws X {
        Position position = Position.of(cursor);
        cursor.skip();
        for (ImagePlace place : node.texts) {
            if (!place.podSpec().isEmpty()) {
                add(place, in, "", position);
            }
        }
        if (node.isNamed) {
            addMissing(node, in, images.size(), position);
        }
    }

    private void addMissing(PlaceNode node, @Nullable PlaceElement in, int first, Position position) throws X {
        for (ImagePlace place : node.required) {
            boolean found = false;
            for (int i = first; i < images.size(); i++) {
                found |= images.get(i).place.equals(place);
            }
            if (!found) {
                add(place, in, "", position.ofMissing());
            }
        }
    }

    private void add(ImagePlace place, @Nullable PlaceElement in, String text, Position position) throws X {
        if (problems.containsKey(place)) {
            return;
        }
        if (images.size() >= maxImages && isOver(place)) {
            fail(
                    place,
                    cursor.tooMany((in == null ? place.path() : in.list()) + ": expected " + maxImages
                            + " images at most in one object"));
            return;
        }
        images.add(
                in == null
                        ? new FoundImage(place, place.path(), 0, place.path(), text, position)
                        : in.found(place, text, position));
    }

    /** Counts an image that may be too many. */
    private boolean isOver(ImagePlace place) {
        if (counts.isEmpty()) {
            counts = new HashMap<>();
            images.forEach(image -> counts.merge(image.place, 1, Integer::sum));
        }
        return counts.merge(place, 1, Integer::sum) > maxImages;
    }

    private void name(PlaceNode node, PlaceElement in) throws X {
        ValueType type = cursor.type();
        if (type == ValueType.STRING) {
            in.setName(cursor.scalar());
            return;
        }
        if (type != ValueType.NULL) {
            fail(node.places, node.path + ".name: expected a string, got " + type);
        }
        cursor.skip();
        in.setName("");
    }

    private void addTemplates(PlaceNode node, @Nullable PlaceElement in) throws X {
        for (TemplatePlace template : node.templates) {
            if (templates.size() >= maxImages) {
                fail(node.places, node.path + ": expected " + maxImages + " templates at most in one object");
            } else {
                templates.add(new FoundTemplate(template, in == null ? node.path : in.path(node)));
            }
        }
    }

    /**
     * Reads the metadata of the templates that one object is. Annotations other than texts, and more than the limit, are skipped;
     * those of the pods are then unknown.
     */
    private void metadata(PlaceNode node, int first) throws X {
        if (!enterIfObject()) {
            return;
        }
        for (String field = cursor.field(ANNOTATIONS_AND_LABELS);
                field != null;
                field = cursor.field(ANNOTATIONS_AND_LABELS)) {
            if (field.equals(LABELS)) {
                Map<String, String> labels = ObjectMetadata.labels(cursor, maxAnnotations);
                eachTemplate(node, first, found -> found.pods = new PodMetadata(labels, found.pods.annotations()));
            } else {
                annotations(node, first);
            }
        }
    }

    private void annotations(PlaceNode node, int first) throws X {
        boolean known = cursor.type() == ValueType.OBJECT || cursor.type() == ValueType.NULL;
        Map<String, String> annotations = new LinkedHashMap<>();
        if (enterIfObject()) {
            for (String key = cursor.field(); key != null; key = cursor.field()) {
                boolean text = cursor.type() == ValueType.STRING || cursor.type() == ValueType.NULL;
                if (text && annotations.size() < maxAnnotations) {
                    annotations.put(key, cursor.text(node.path));
                } else {
                    known = false;
                    cursor.skip();
                }
            }
        }
        Map<String, String> ofPods = known ? annotations : null;
        eachTemplate(node, first, found -> {
            found.annotations = annotations;
            found.pods = new PodMetadata(found.pods.labels(), ofPods);
        });
    }

    private void eachTemplate(PlaceNode node, int first, Consumer<FoundTemplate> change) {
        templates
                .subList(first, Math.min(first + node.templates.size(), templates.size()))
                .forEach(change);
    }

    private boolean enterIfObject() throws X {
        boolean object = cursor.type() == ValueType.OBJECT;
        if (object) {
            cursor.enterObject();
        } else {
            cursor.skip();
        }
        return object;
    }

    /** Records that a value with places in it is neither an object nor an array. */
    private void failBelow(PlaceNode node) throws X {
        fail("an object", node.values, node);
        if (node.each != null) {
            fail("an array", node.each.places, node);
        }
        for (PlaceNode field : node.fields.values()) {
            fail("an object", field.places, node);
        }
    }

    private void fail(String expected, List<ImagePlace> places, PlaceNode node) throws X {
        if (!places.isEmpty()) {
            fail(places, node.path + ": expected " + expected + ", got " + cursor.type());
        }
    }

    private void fail(List<ImagePlace> places, String problem) throws X {
        if (places.stream().allMatch(problems::containsKey)) {
            return;
        }
        X because = cursor.malformed(problem);
        places.forEach(place -> fail(place, because));
    }

    private void fail(ImagePlace place, X because) {
        if (problems.isEmpty()) {
            problems = new LinkedHashMap<>();
        }
        problems.putIfAbsent(place, because);
    }
}
