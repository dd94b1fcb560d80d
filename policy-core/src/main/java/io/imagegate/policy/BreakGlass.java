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
 * Emergency override of a policy: in named namespaces, an annotation with a matching value turns a denial into an
 * allowed decision, which is written to the audit log. Images that cannot be parsed stay denied. Immutable and
 * thread-safe.
 *
 * <p>Workloads create pods, which are reviewed, too, so set the annotation on the object and on its pod template. If
 * only one has it, the decision says so.
 *
 * <p>Users set annotations, so everyone who can create pods in these namespaces can use it. ImagePolicyWebhook sends
 * only annotations with {@code .image-policy.k8s.io/} in their key.
 *
 * <pre>{@code
 * BreakGlass way = BreakGlass.of("ticket.image-policy.k8s.io/break-glass", "INC-*", GlobSet.of("prod-*"));
 * }</pre>
 *
 * @since 0.1
 */
public final class BreakGlass {

    /** kube-apiserver sets this annotation itself after a webhook failed, so it is no decision of a person. */
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
     * Makes a break-glass. An annotation without a value never counts.
     *
     * @param annotation key of the annotation
     * @param value a glob that its value must match, such as {@code INC-*}
     * @param namespaces globs of the namespaces in which it counts
     * @return the break-glass
     * @throws IllegalArgumentException if the key is invalid or one that the API server sets, or an empty value would
     *     match
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

    /** {@return globs of the namespaces in which it counts} */
    public GlobSet namespaces() {
        return namespaces;
    }

    /**
     * Returns where the annotation is set and where it is missing; null if the object and its templates all have it or
     * none does.
     */
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

    /** Returns the annotation's value if it overrides the policy for this review. */
    Optional<String> appliesTo(ImageReview review) {
        return namespaces.matches(review.namespace())
                ? Optional.ofNullable(review.annotations().get(annotation)).filter(value::matches)
                : Optional.empty();
    }
}
