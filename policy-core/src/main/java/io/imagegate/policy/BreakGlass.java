package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way past a policy in an emergency: an annotation whose value matches, in named namespaces alone, turns denials
 * into an allowed decision that the audit log shows. It does not help an image that cannot be read. Immutable and
 * thread-safe.
 *
 * <p>Workloads create pods, which are reviewed, too: the annotation is needed on the object and on its pod template.
 * Where only one of them has it, the decision says so.
 *
 * <p>Users write annotations, so whoever may create pods in those namespaces may break the glass. Behind
 * ImagePolicyWebhook only annotations with {@code .image-policy.k8s.io/} in their key arrive.
 *
 * <pre>{@code
 * BreakGlass way = BreakGlass.of("ticket.image-policy.k8s.io/break-glass", "INC-*", GlobSet.of("prod-*"));
 * }</pre>
 *
 * @since 0.1
 */
public final class BreakGlass {

    /** Set by kube-apiserver itself when a webhook failed: it says nothing of any person's wish. */
    private static final String FAILED_OPEN = "alpha.image-policy.k8s.io/failed-open";

    private final String annotation;
    private final GlobSet value;
    private final GlobSet namespaces;

    private BreakGlass(String annotation, GlobSet value, GlobSet namespaces) {
        this.annotation = annotation;
        this.value = value;
        this.namespaces = namespaces;
    }

    /**
     * Makes a break-glass; presence of the annotation alone cannot break the glass.
     *
     * @param annotation key of the annotation
     * @param value a glob that its value must match, such as {@code INC-*}
     * @param namespaces globs of the namespaces in which it works
     * @return the break-glass
     * @throws IllegalArgumentException if no annotation can have the key, or it is the API server's own, or an
     *     empty value would match
     */
    public static BreakGlass of(String annotation, String value, GlobSet namespaces) {
        Objects.requireNonNull(namespaces, "namespaces");
        MetadataText.requireKey("break-glass annotation", annotation);
        if (annotation.equals(FAILED_OPEN)) {
            throw new IllegalArgumentException("break-glass annotation \"" + annotation
                    + "\": expected the key of an annotation that only users write");
        }
        GlobSet glob = GlobSet.of(value);
        if (glob.matches("")) {
            throw new IllegalArgumentException("break-glass value \"" + value
                    + "\": expected a pattern that an empty value does not match, such as INC-*");
        }
        return new BreakGlass(annotation, glob, namespaces);
    }

    /** {@return the key of the annotation} */
    public String annotation() {
        return annotation;
    }

    /** {@return the glob that its value must match} */
    public String value() {
        return value.toString();
    }

    /** {@return globs of the namespaces in which it works} */
    public GlobSet namespaces() {
        return namespaces;
    }

    /** Where the annotation is set and where it is missing, or null if it is set in the object and its templates, or in none. */
    @Nullable
    String hint(Locale locale, ImageReview review) {
        if (review.templates().isEmpty() || !namespaces.matches(review.namespace())) {
            return null;
        }
        List<String> set = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        (isIn(review.annotations()) ? set : missing).add("metadata.annotations");
        review.templates()
                .forEach(
                        (path, annotations) -> (isIn(annotations) ? set : missing).add(path + ".metadata.annotations"));
        return set.isEmpty() || missing.isEmpty() ? null : Sentences.breakGlass(locale, this, set, missing);
    }

    private boolean isIn(Map<String, String> annotations) {
        String written = annotations.get(annotation);
        return written != null && value.matches(written);
    }

    /** The annotation's value if it breaks the glass for this review. */
    Optional<String> appliesTo(ImageReview review) {
        return namespaces.matches(review.namespace())
                ? Optional.ofNullable(review.annotations().get(annotation)).filter(value::matches)
                : Optional.empty();
    }
}
