package io.imagegate.kubernetes;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.ValueType;
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

    /** The fields that {@link #field} accepts. */
    public static final FieldNames FIELDS = FieldNames.of("kind", "apiVersion", "metadata", "spec", "template");

    private static final FieldNames SPEC =
            FieldNames.of("containers", "initContainers", "ephemeralContainers", "volumes", "template", "jobTemplate");
    private static final FieldNames TEMPLATE = FieldNames.of("metadata", "spec");
    private static final FieldNames ONLY_TEMPLATE = FieldNames.of("template");

    private final Cursor<X> cursor;
    private final int maxAnnotations;
    private final ObjectMetadata metadata = new ObjectMetadata();
    private final PodSpecReader<X> pod;
    private final PodSpecReader<X> podTemplate;
    private final PodSpecReader<X> workload;
    private final PodSpecReader<X> cronJob;
    private String kind = "";
    private String apiVersion = "";

    /**
     * Makes a reader.
     *
     * @param cursor positioned in the object
     * @param maxImages largest number of images in one object
     * @param maxAnnotations largest number of annotations of one object, and of its labels
     */
    public ObjectReader(Cursor<X> cursor, int maxImages, int maxAnnotations) {
        this.cursor = cursor;
        this.maxAnnotations = maxAnnotations;
        this.pod = new PodSpecReader<>(cursor, PodSpecPath.POD, maxImages);
        this.podTemplate = new PodSpecReader<>(cursor, PodSpecPath.POD_TEMPLATE, maxImages);
        this.workload = new PodSpecReader<>(cursor, PodSpecPath.WORKLOAD, maxImages);
        this.cronJob = new PodSpecReader<>(cursor, PodSpecPath.CRON_JOB, maxImages);
    }

    /**
     * Reads all fields of the object that the cursor entered.
     *
     * @throws X if a field that all kinds share is malformed or over a limit
     */
    public void fields() throws X {
        for (String field = cursor.field(FIELDS); field != null; field = cursor.field(FIELDS)) {
            field(field);
        }
    }

    /**
     * Reads the field whose value the cursor is at.
     *
     * @param field one of {@link #FIELDS}
     * @throws X if a field that all kinds share is malformed or over a limit
     */
    public void field(String field) throws X {
        switch (field) {
            case "kind" -> kind = cursor.text("kind");
            case "apiVersion" -> apiVersion = cursor.text("apiVersion");
            case "metadata" -> metadata.read(cursor, maxAnnotations);
            case "spec" -> spec();
            default -> descend(podTemplate, "template", TEMPLATE);
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
     * @throws X if the value at the kind's pod specification is malformed, or there are too many images
     */
    public KubernetesObject object(ObjectKind actual) throws X {
        PodSpecReader<X> images = images(PodSpecPath.of(actual));
        return images == null
                ? new KubernetesObject(
                        actual, metadata, metadata.labels, metadata.annotations, Map.of(), List.of(), ImagePlaces.NONE)
                : images.object(actual, metadata);
    }

    private @Nullable PodSpecReader<X> images(@Nullable PodSpecPath path) {
        return path == null
                ? null
                : switch (path) {
                    case POD -> pod;
                    case POD_TEMPLATE -> podTemplate;
                    case WORKLOAD -> workload;
                    case CRON_JOB -> cronJob;
                };
    }

    private void spec() throws X {
        ValueType type = cursor.type();
        if (type != ValueType.OBJECT) {
            if (type != ValueType.NULL) {
                X problem = cursor.malformed("spec: expected an object, got " + type);
                pod.fail(problem);
                workload.fail(problem);
                cronJob.fail(problem);
            }
            cursor.skip();
            return;
        }
        cursor.enterObject();
        for (String field = cursor.field(SPEC); field != null; field = cursor.field(SPEC)) {
            switch (field) {
                case "template" -> descend(workload, "spec.template", TEMPLATE);
                case "jobTemplate" -> descend(cronJob, "spec.jobTemplate", TEMPLATE, ONLY_TEMPLATE, TEMPLATE);
                default -> pod.list(field);
            }
        }
    }

    /** Descends to a pod specification field by field, and reads its lists. */
    private void descend(PodSpecReader<X> images, String what, FieldNames... steps) throws X {
        descend(images, what, steps, 0);
    }

    private void descend(PodSpecReader<X> images, String what, FieldNames[] steps, int step) throws X {
        if (!images.enter(what)) {
            return;
        }
        FieldNames wanted = step == steps.length ? PodSpecReader.LISTS : steps[step];
        if (wanted == TEMPLATE) {
            images.template(what);
        }
        for (String field = cursor.field(wanted); field != null; field = cursor.field(wanted)) {
            if (step == steps.length) {
                images.list(field);
            } else if (field.equals("metadata")) {
                images.templateMetadata(what, step == steps.length - 1, maxAnnotations);
            } else {
                descend(images, what + "." + field, steps, step + 1);
            }
        }
    }
}
