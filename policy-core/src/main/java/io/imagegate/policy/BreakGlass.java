package io.imagegate.policy;

import io.imagegate.policy.BreakGlassUsers.Refusal;
import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.text.MetadataText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Emergency override of a policy: in named namespaces, an annotation with a matching value turns a denial into an
 * allowed decision, which is written to the audit log. Images that cannot be parsed stay denied. Immutable and
 * thread-safe.
 *
 * <p>Workloads create pods, which are reviewed, too, so set the annotation on the object and on its pod template. If
 * only one has it, the decision says so.
 *
 * <p>Without users and groups, everyone who can create pods in these namespaces can use it. With them it is open only in
 * requests of the users that they name, and only these may add or change the annotation: a request of anybody else that does
 * is denied, even if it changes no image. A service account counts only for objects that a controller owns: pods of
 * workloads are created by the service accounts of controllers. Where the user is unknown it is closed.
 *
 * <p>ImagePolicyWebhook sends only annotations with {@code .image-policy.k8s.io/} in their key, and no user.
 *
 * <pre>{@code
 * BreakGlass sre = BreakGlass.of("ticket.image-policy.k8s.io/break-glass", "INC-*", GlobSet.of("prod-*"))
 *         .withGroups(GlobSet.of("sre"));
 * }</pre>
 *
 * @since 0.1
 */
public final class BreakGlass {

    /** kube-apiserver sets this annotation itself after a webhook failed, so it is no decision of a person. */
    private static final String FAILED_OPEN = "alpha.image-policy.k8s.io/failed-open";

    private static final String OWN = "metadata.annotations";

    /** Operations that store no annotation. */
    private static final Set<String> STORE_NOTHING = Set.of("DELETE", "CONNECT");

    private final String annotation;
    private final GlobSet value;
    private final GlobSet namespaces;
    private final BreakGlassUsers who;

    private BreakGlass(String annotation, GlobSet value, GlobSet namespaces, BreakGlassUsers who) {
        this.annotation = annotation;
        this.value = value;
        this.namespaces = namespaces;
        this.who = who;
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
        return new BreakGlass(annotation, glob, namespaces, BreakGlassUsers.EVERYBODY);
    }

    /**
     * {@return a copy for these users, and for the groups if there are any}
     *
     * @param only globs of the names of users, such as {@code system:serviceaccount:kube-system:replicaset-controller}
     */
    public BreakGlass withUsers(GlobSet only) {
        BreakGlassUsers named = new BreakGlassUsers(Objects.requireNonNull(only, "users"), who.groups());
        return new BreakGlass(annotation, value, namespaces, named);
    }

    /**
     * {@return a copy for users of these groups, and for the named users if there are any}
     *
     * @param only globs of the names of groups
     */
    public BreakGlass withGroups(GlobSet only) {
        BreakGlassUsers named = new BreakGlassUsers(who.users(), Objects.requireNonNull(only, "groups"));
        return new BreakGlass(annotation, value, namespaces, named);
    }

    /** {@return the key of the annotation} */
    public String annotation() {
        return annotation;
    }

    /** {@return the glob that its value must match} */
    public String value() {
        return value.toString();
    }

    /** {@return the glob, for messages; empty if it has no wildcard: the one value that matches is a password} */
    public Optional<String> shownValue() {
        return Optional.of(value()).filter(glob -> glob.indexOf('*') >= 0 || glob.indexOf('?') >= 0);
    }

    /** {@return globs of the namespaces in which it counts} */
    public GlobSet namespaces() {
        return namespaces;
    }

    /** {@return globs of the users who may use it; empty if it names none} */
    public Optional<GlobSet> users() {
        return Optional.ofNullable(who.users());
    }

    /** {@return globs of the groups whose users may use it; empty if it names none} */
    public Optional<GlobSet> groups() {
        return Optional.ofNullable(who.groups());
    }

    /**
     * Returns where the annotation is set and where it is missing, or why it does not count; null if the object and its templates
     * all have it or none does.
     */
    @Nullable
    String hint(Locale locale, ImageReview review) {
        if (!isIn(review) || !isAnywhereIn(review)) {
            return null;
        }
        Refusal refusal = who.refusal(review);
        if (refusal != null) {
            // The denial of a request that adds it says so already.
            return added(review).isEmpty() ? Sentences.breakGlassClosed(locale, this, refusal, review) : null;
        }
        List<String> set = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        (matchIn(review.annotations()) != null ? set : missing).add(OWN);
        review.templates()
                .forEach((path, annotations) -> (matchIn(annotations) != null ? set : missing).add(path + "." + OWN));
        return missing.isEmpty() ? null : Sentences.breakGlassMissing(locale, this, set, missing);
    }

    /** {@return whether the annotation counts in the namespace} It does not in a namespace that is not told. */
    private boolean isIn(ImageReview review) {
        return !review.namespace().isEmpty() && namespaces.matches(review.namespace());
    }

    private boolean isAnywhereIn(ImageReview review) {
        return matchIn(review.annotations()) != null
                || review.templates().values().stream().anyMatch(annotations -> matchIn(annotations) != null);
    }

    /** {@return this as broken by a review; null if it does not override the policy for it} */
    @Nullable
    BrokenGlass appliesTo(ImageReview review) {
        String written = isIn(review) ? matchIn(review.annotations()) : null;
        return written == null || who.refusal(review) != null
                ? null
                : new BrokenGlass(shownValue().isPresent() ? written : null);
    }

    /** {@return whether the review is of a request that adds or changes the annotation and only named users may} */
    boolean isAddedBy(ImageReview review) {
        return !who.isEverybody() && !added(review).isEmpty();
    }

    /** {@return the denial of a request that adds or changes the annotation; null if it does not, or its user may} */
    @Nullable
    String denial(Locale locale, ImageReview review) {
        if (who.isEverybody()) {
            return null;
        }
        List<String> added = added(review);
        Refusal refusal = added.isEmpty() ? null : who.refusal(review);
        return refusal == null ? null : Sentences.breakGlassAdded(locale, this, added, refusal, review);
    }

    /** {@return where a request adds or changes the annotation} A review without an operation is of no request that is told. */
    private List<String> added(ImageReview review) {
        if (!isIn(review)
                || review.operation()
                        .filter(done -> !STORE_NOTHING.contains(done))
                        .isEmpty()) {
            return List.of();
        }
        List<String> places = new ArrayList<>(0);
        Optional<ImageReview> before = review.before();
        if (isNew(review.annotations(), before.map(ImageReview::annotations))) {
            places.add(OWN);
        }
        review.templates().forEach((path, annotations) -> {
            if (isNew(annotations, before.map(old -> old.templates().get(path)))) {
                places.add(path + "." + OWN);
            }
        });
        return places;
    }

    private boolean isNew(Map<String, String> annotations, Optional<Map<String, String>> before) {
        String written = matchIn(annotations);
        return written != null
                && !written.equals(before.map(old -> old.get(annotation)).orElse(null));
    }

    private @Nullable String matchIn(Map<String, String> annotations) {
        String written = annotations.get(annotation);
        return written != null && value.matches(written) ? written : null;
    }
}
