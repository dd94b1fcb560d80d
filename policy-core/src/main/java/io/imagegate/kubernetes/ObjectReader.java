package io.imagegate.kubernetes;

import io.imagegate.kubernetes.ObjectPlaces.KindPlaces;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of the Kubernetes API: its kind, its metadata and its images. Used for one object. Not thread-safe.
 *
 * @param <X> exception of the cursor
 * @since 0.1
 */
public final class ObjectReader<X extends Exception> {

    private final Cursor<X> cursor;
    private final ImageFields fields;
    private final ObjectPlaces places;
    private final int maxImages;
    private final int maxAnnotations;
    private final ObjectMetadata metadata = new ObjectMetadata();
    private final PlaceReader<X> reader;
    private PlaceNode tree;
    private @Nullable ObjectKind assumed;
    private boolean orPatch;
    private String kind = "";
    private String apiVersion = "";

    /**
     * Makes a reader.
     *
     * @param cursor positioned in the object
     * @param fields observes the cursor, unless the kind is assumed to be one of whose fields all are known
     * @param places where images stand
     * @param maxImages largest number of images in one object
     * @param maxAnnotations largest number of annotations of one object, and of its labels
     */
    public ObjectReader(Cursor<X> cursor, ImageFields fields, ObjectPlaces places, int maxImages, int maxAnnotations) {
        this.cursor = cursor;
        this.fields = fields;
        this.places = places;
        this.maxImages = maxImages;
        this.maxAnnotations = maxAnnotations;
        this.reader = new PlaceReader<>(cursor, fields, maxImages, maxAnnotations);
        this.tree = places.all();
    }

    /**
     * Reads also what an API server says of objects that it lists: their uid, their controller, and the next page of a list.
     *
     * @return this reader
     */
    public ObjectReader<X> listed() {
        metadata.listed = true;
        return this;
    }

    /**
     * Reads values of charts as in files of values: a field that only sounds like an image denies nothing, and what the chart has of
     * an image is {@linkplain io.imagegate.review.ReviewedImage#isChartDefault a default of the chart}.
     *
     * @return this reader
     */
    public ObjectReader<X> ofFiles() {
        reader.ofFiles = true;
        return this;
    }

    /**
     * Reads a container of a built-in workload without an image as a part of a patch, which leaves the image as it is: the API server
     * takes no new object with one.
     *
     * @return this reader
     */
    public ObjectReader<X> orPatch() {
        orPatch = true;
        return this;
    }

    /** {@return the token of the next page of a list, as read so far; empty if there is none} */
    public String next() {
        return metadata.next;
    }

    /**
     * Says which kind the object has, before its places are read: only those of its kind then are.
     *
     * @param actual the kind that {@link #object} will be called with
     */
    public void assume(ObjectKind actual) {
        KindPlaces known = places.of(actual);
        if (known != null) {
            assumed = actual;
            tree = known.root;
        }
    }

    /**
     * Reads all fields of the object that the cursor entered.
     *
     * @throws X if a field that all kinds share is malformed or over a limit
     */
    public void fields() throws X {
        FieldNames wanted = places.fields();
        for (String field = cursor.field(wanted); field != null; field = cursor.field(wanted)) {
            field(field);
        }
    }

    /**
     * Reads the field whose value the cursor is at.
     *
     * @param field one of {@link ObjectPlaces#fieldsAnd}
     * @throws X if a field that all kinds share is malformed or over a limit
     */
    public void field(String field) throws X {
        switch (field) {
            case "kind" -> kind = cursor.text("kind");
            case "apiVersion" -> apiVersion = cursor.text("apiVersion");
            case "metadata" -> metadata.read(cursor, maxAnnotations);
            default -> {
                PlaceNode node = tree.fields.get(field);
                if (node == null) {
                    cursor.skip();
                } else {
                    fields.list();
                    reader.read(node);
                }
            }
        }
    }

    /** {@return the kind as read so far} */
    public ObjectKind kind() {
        return ObjectKind.of(apiVersion, kind);
    }

    /**
     * Finishes the object.
     *
     * @param actual its kind, which the fields need not contain
     * @return the object
     * @throws X if a value at a place of the kind is malformed, or there are too many images
     * @throws IllegalStateException if another kind was assumed
     */
    public KubernetesObject object(ObjectKind actual) throws X {
        if (assumed != null && !assumed.equals(actual)) {
            throw new IllegalStateException("read as " + assumed + ", expected " + actual);
        }
        KindPlaces known = places.of(actual);
        return known == null ? unknown(actual) : known(actual, known);
    }

    private KubernetesObject unknown(ObjectKind actual) {
        String suggestion = reader.images().stream()
                .map(image -> image.place.suggestion())
                .findFirst()
                .orElse("");
        return new KubernetesObject(actual, metadata, own(), Map.of(), List.of(), null, suggestion, null);
    }

    private KubernetesObject known(ObjectKind actual, KindPlaces known) throws X {
        for (Map.Entry<ImagePlace, X> problem : reader.problems().entrySet()) {
            if (known.places.contains(problem.getKey()) && !mayDiffer(known)) {
                throw problem.getValue();
            }
        }
        boolean isPatch = orPatch && actual.isWorkload();
        List<FoundImage> images = new ArrayList<>(reader.images().size());
        for (FoundImage image : reader.images()) {
            if (known.places.contains(image.place) && !(isPatch && image.isMissing())) {
                images.add(image);
            }
        }
        if (images.size() > maxImages) {
            throw cursor.tooMany(
                    images.get(maxImages).list + ": expected " + maxImages + " images at most in one object");
        }
        Map<String, Map<String, String>> templates = new LinkedHashMap<>();
        PodMetadata pods = null;
        for (FoundTemplate template : reader.templates()) {
            if (known.places.contains(template.place)) {
                templates.put(template.path, template.annotations);
                if (template.place.isOfPods()) {
                    pods = pods == null ? template.pods : pods.and(template.pods);
                }
            }
        }
        if (pods == null) {
            pods = known.hasPodTemplates ? PodMetadata.NONE : own();
        }
        return new KubernetesObject(actual, metadata, pods, templates, images, known.workload, "", unread(known));
    }

    /** {@return whether the definition may be of another version than that of a well-known kind, as in a file that nobody applied} */
    private boolean mayDiffer(KindPlaces known) {
        return known.isWellKnown && reader.ofFiles;
    }

    private @Nullable UnreadField unread(KindPlaces known) {
        if (!known.isWellKnown) {
            return reader.unread(known);
        }
        String unlisted = unlisted(known);
        return unlisted.isEmpty() ? null : new UnreadField(UnreadField.Reason.UNLISTED, unlisted);
    }

    /**
     * {@return a field of a well-known kind that could name an image and is none of its places; empty if there is none}
     * Definitions get new fields, and nobody has said that those of this version are known.
     */
    private String unlisted(KindPlaces known) {
        for (FoundImage image : reader.images()) {
            if (!known.hasPath(image.place)) {
                return image.place.path();
            }
        }
        for (ImagePlace place : reader.problems().keySet()) {
            if (!known.hasPath(place) || known.places.contains(place)) {
                return place.path();
            }
        }
        for (ImagePlace place : reader.passed()) {
            if (!known.hasPath(place)) {
                return place.path();
            }
        }
        return fields.unlisted();
    }

    private PodMetadata own() {
        return new PodMetadata(metadata.labels, metadata.annotations);
    }
}
