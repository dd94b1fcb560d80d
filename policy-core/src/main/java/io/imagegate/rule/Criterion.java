package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.MetadataText;
import java.util.Objects;

/**
 * Criterion of a {@link Scope}: a property of the request, and the values that it may have. Immutable and thread-safe.
 *
 * <pre>{@code
 * Scope ofCi = Scope.EVERYTHING.with(
 *         Criterion.of(RequestProperty.USER, GlobSet.of("system:serviceaccount:ci:*")),
 *         Criterion.label("tier", GlobSet.of("frontend", "backend")));
 * }</pre>
 *
 * @since 0.1
 */
public final class Criterion {

    private final RequestProperty property;
    private final String name;
    private final GlobSet values;

    private Criterion(RequestProperty property, String name, GlobSet values) {
        this.property = property;
        this.name = name;
        this.values = Objects.requireNonNull(values, "values");
    }

    /**
     * Makes a criterion. Of groups, one must match.
     *
     * @param property a property that is no label and no annotation
     * @param values globs of its values; types of containers are written in lower case
     * @return the criterion
     * @throws IllegalArgumentException if the property is a label or an annotation, which need a key
     */
    public static Criterion of(RequestProperty property, GlobSet values) {
        if (property == RequestProperty.LABEL || property == RequestProperty.ANNOTATION) {
            throw new IllegalArgumentException(property.key() + ": expected a criterion with a key");
        }
        return new Criterion(property, "", values);
    }

    /**
     * Makes a criterion of a label, which must be there.
     *
     * @param key key of the label
     * @param values globs of its value
     * @return the criterion
     * @throws IllegalArgumentException if the key is invalid
     */
    public static Criterion label(String key, GlobSet values) {
        return new Criterion(RequestProperty.LABEL, MetadataText.requireKey("label", key), values);
    }

    /**
     * Makes a criterion of an annotation, which must be there.
     *
     * @param key key of the annotation
     * @param values globs of its value
     * @return the criterion
     * @throws IllegalArgumentException if the key is invalid
     */
    public static Criterion annotation(String key, GlobSet values) {
        return new Criterion(RequestProperty.ANNOTATION, MetadataText.requireKey("annotation", key), values);
    }

    /** {@return the property} */
    public RequestProperty property() {
        return property;
    }

    /** {@return the key of the label or annotation; empty for other properties} */
    public String name() {
        return name;
    }

    /** {@return globs of the values} */
    public GlobSet values() {
        return values;
    }

    /** {@return whether ImagePolicyWebhook tells the property} */
    public boolean isInImageReview() {
        return property == RequestProperty.ANNOTATION
                ? ImageReview.isImagePolicyAnnotation(name)
                : property.isInImageReview();
    }

    /**
     * Tests whether every image that meets another criterion meets this one.
     *
     * @param other the other criterion
     * @return true only if it does, which takes one glob of this criterion for each of the other
     */
    public boolean covers(Criterion other) {
        return property == other.property && name.equals(other.name) && values.covers(other.values);
    }

    Coverage coverage(ImageReview review, ReviewedImage image) {
        return property.coverage(name, values, review, image);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Criterion that
                && property == that.property
                && name.equals(that.name)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(property, name, values);
    }

    /** {@return the key in policy files and the globs, such as {@code kinds: Deployment.apps}} */
    @Override
    public String toString() {
        return property.key() + (name.isEmpty() ? "" : "." + name) + ": " + values;
    }
}
