package io.imagegate.kubernetes;

import io.imagegate.review.ContainerType;
import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the images at one possible path of a pod specification. A malformed value is an error only if the kind of
 * the object has its pod specification there. The kind may be read later, so the problem is kept until then. Not
 * thread-safe.
 */
final class PodSpecReader<X extends Exception> {

    /** The lists in a pod specification that contain images. */
    static final FieldNames LISTS = FieldNames.of("containers", "initContainers", "ephemeralContainers", "volumes");

    private static final FieldNames CONTAINER = FieldNames.of("name", "image");
    private static final FieldNames ANNOTATIONS = FieldNames.of("annotations");
    private static final FieldNames ANNOTATIONS_AND_LABELS = FieldNames.of("annotations", "labels");
    private static final FieldNames REFERENCE = FieldNames.of("reference");

    private final Cursor<X> cursor;
    private final PodSpecPath path;
    private final int maxImages;
    // Empty until needed: an object has one pod specification, but a reader for each possible path.
    private final List<ReviewedImage> images = new ArrayList<>(0);
    private Map<String, Map<String, String>> templates = Map.of();
    private @Nullable Map<String, String> labels = Map.of();
    private @Nullable Map<String, String> podAnnotations = Map.of();
    private ImagePlaces places = ImagePlaces.NONE;
    private @Nullable X problem;

    PodSpecReader(Cursor<X> cursor, PodSpecPath path, int maxImages) {
        this.cursor = cursor;
        this.path = path;
        this.maxImages = maxImages;
    }

    /** Returns the object, if its kind has its pod specification at this path. */
    KubernetesObject object(ObjectKind kind, ObjectMetadata metadata) throws X {
        if (problem != null) {
            throw problem;
        }
        boolean pod = path == PodSpecPath.POD;
        return new KubernetesObject(
                kind,
                metadata,
                pod ? metadata.labels : labels,
                pod ? metadata.annotations : podAnnotations,
                templates,
                images,
                places);
    }

    /** Enters the pod specification or an object on its path; false if the value is not an object. */
    boolean enter(String what) throws X {
        return enter(ValueType.OBJECT, what);
    }

    /** Records a template, whose metadata may be missing. */
    void template(String what) {
        if (templates.isEmpty()) {
            templates = new LinkedHashMap<>();
        }
        templates.put(what, Map.of());
    }

    /**
     * Reads the metadata of a template. Annotations other than texts, and more than the limit, are skipped; those of the pods are
     * then unknown.
     *
     * @param ofPods whether pods are made from this template, and have its labels
     */
    void templateMetadata(String what, boolean ofPods, int most) throws X {
        if (!enterIfObject()) {
            return;
        }
        FieldNames wanted = ofPods ? ANNOTATIONS_AND_LABELS : ANNOTATIONS;
        for (String field = cursor.field(wanted); field != null; field = cursor.field(wanted)) {
            if (field.equals("labels")) {
                labels = ObjectMetadata.labels(cursor, most);
            } else {
                annotations(what, ofPods, most);
            }
        }
    }

    private void annotations(String what, boolean ofPods, int most) throws X {
        boolean told = cursor.type() == ValueType.OBJECT || cursor.type() == ValueType.NULL;
        Map<String, String> annotations = new LinkedHashMap<>();
        if (enterIfObject()) {
            for (String key = cursor.field(); key != null; key = cursor.field()) {
                boolean text = cursor.type() == ValueType.STRING || cursor.type() == ValueType.NULL;
                if (text && annotations.size() < most) {
                    annotations.put(key, cursor.text(what));
                } else {
                    told = false;
                    cursor.skip();
                }
            }
            templates.put(what, annotations);
        }
        if (ofPods) {
            podAnnotations = told ? annotations : null;
        }
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

    /** Reads the list at the cursor, one of {@link #LISTS}. */
    void list(String field) throws X {
        switch (field) {
            case "containers" -> list(path.containers, ContainerType.CONTAINER);
            case "initContainers" -> list(path.initContainers, ContainerType.INIT);
            case "ephemeralContainers" -> list(path.ephemeralContainers, ContainerType.EPHEMERAL);
            default -> list(path.volumes, ContainerType.VOLUME);
        }
    }

    void fail(X because) {
        if (problem == null) {
            problem = because;
        }
    }

    private void list(String list, ContainerType type) throws X {
        if (!enter(ValueType.ARRAY, list)) {
            return;
        }
        for (int i = 0; cursor.element(); i++) {
            if (problem != null || images.size() == maxImages) {
                surplus(list);
            } else if (type == ContainerType.VOLUME) {
                volume(list, i);
            } else {
                container(list, i, type);
            }
        }
    }

    private void surplus(String list) throws X {
        if (problem == null) {
            fail(cursor.tooMany(list + ": expected " + maxImages + " images at most in one object"));
        }
        cursor.skip();
    }

    private void container(String list, int index, ContainerType type) throws X {
        int line = cursor.line();
        int column = cursor.column();
        int offset = -1;
        String name = null;
        String image = "";
        if (enter(ValueType.OBJECT, list)) {
            for (String field = cursor.field(CONTAINER); field != null; field = cursor.field(CONTAINER)) {
                if (field.equals("name")) {
                    name = text(list, field);
                } else {
                    line = cursor.line();
                    column = cursor.column();
                    offset = cursor.offset();
                    image = text(list, field);
                }
            }
        }
        // A missing image is treated as an empty one, because the image that a runtime would use is unknown.
        add(ReviewedImage.of(image, list, index).withContainer(type, name), line, column, offset);
    }

    private void volume(String list, int index) throws X {
        int line = cursor.line();
        int column = cursor.column();
        int offset = -1;
        String name = null;
        String reference = null;
        if (enter(ValueType.OBJECT, list)) {
            for (String field = cursor.field(CONTAINER); field != null; field = cursor.field(CONTAINER)) {
                if (field.equals("name")) {
                    name = text(list, field);
                } else if (enter(ValueType.OBJECT, list)) {
                    line = cursor.line();
                    column = cursor.column();
                    reference = "";
                    while (cursor.field(REFERENCE) != null) {
                        line = cursor.line();
                        column = cursor.column();
                        offset = cursor.offset();
                        reference = text(list, "image.reference");
                    }
                }
            }
        }
        if (reference != null) {
            add(
                    ReviewedImage.of(reference, list, index).withContainer(ContainerType.VOLUME, name),
                    line,
                    column,
                    offset);
        }
    }

    private void add(ReviewedImage image, int line, int column, int offset) {
        if (images.isEmpty()) {
            places = new ImagePlaces();
        }
        places.add(line, column, offset);
        images.add(image);
    }

    private boolean enter(ValueType expected, String what) throws X {
        ValueType type = cursor.type();
        if (type != expected) {
            if (type != ValueType.NULL) {
                fail(cursor.malformed(what + ": expected " + expected + ", got " + type));
            }
            cursor.skip();
        } else if (type == ValueType.OBJECT) {
            cursor.enterObject();
        } else {
            cursor.enterArray();
        }
        return type == expected;
    }

    private String text(String list, String field) throws X {
        ValueType type = cursor.type();
        if (type == ValueType.STRING) {
            return cursor.scalar();
        }
        if (type != ValueType.NULL) {
            fail(cursor.malformed(list + "." + field + ": expected a string, got " + type));
        }
        cursor.skip();
        return "";
    }
}
