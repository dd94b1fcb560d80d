package io.imagegate.kubernetes;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Labels and annotations of the pods of an object.
 *
 * @param labels the labels; null if they are unknown
 * @param annotations the annotations; null if they are unknown
 */
record PodMetadata(
        @Nullable Map<String, String> labels, @Nullable Map<String, String> annotations) {

    static final PodMetadata NONE = new PodMetadata(Map.of(), Map.of());

    /** {@return what the pods of two templates have in common: a review tells the values of all of its pods, or none} */
    PodMetadata and(PodMetadata other) {
        return new PodMetadata(
                Objects.equals(labels, other.labels) ? labels : null,
                Objects.equals(annotations, other.annotations) ? annotations : null);
    }
}
