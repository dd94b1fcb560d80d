package io.imagegate.admission;

import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.kubernetes.UnreadField;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import io.imagegate.text.Names;
import io.imagegate.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Images of a request that are checked. Immutable and thread-safe.
 *
 * <p>For an {@code AdmissionReview}:
 *
 * <ul>
 *   <li>DELETE and CONNECT run no image and are allowed without a rule. So are objects of workload kinds without
 *   images, and subresources without images. Only a {@linkplain io.imagegate.policy.BreakGlass break-glass} annotation
 *   that the user may not add denies them.
 *   <li>An UPDATE that changes no image is marked as {@linkplain ImageReview#imagesUnchanged() unchanged}; each policy
 *   says whether it checks it. It is allowed without a rule if the object is being deleted before and after, so that
 *   its finalizers can be removed, and for subresources other than {@code ephemeralcontainers}, which cannot change
 *   images.
 *   <li>For the subresource {@code ephemeralcontainers}, the ephemeral containers are checked, as for
 *   ImagePolicyWebhook, and other images only if they are new.
 *   <li>An object of an unknown kind is denied, unless every policy ignores its kind, or it is in a manifest and
 *   {@linkplain KubernetesObject#isWithoutImages() is known to have no images}.
 *   <li>Annotations are those of the object itself, not of its pod template: break-glass for a Deployment needs an
 *   annotation of the Deployment. If only one of the object and its templates has the annotation, the decision says
 *   where it is missing. The namespace is that of the request.
 *   <li>Labels are those of the pods: of a workload, those of its pod template. Labels or groups that are over a limit or
 *   not all texts are unknown: rules that look at them then apply.
 * </ul>
 *
 * @since 0.1
 */
public final class CheckedImages {

    /** Kinds of built-in subresources with their own kind; none has images. */
    private static final Set<String> SUBRESOURCE_KINDS =
            Set.of("Scale.autoscaling", "Binding", "Eviction.policy", "TokenRequest.authentication.k8s.io");
    /** Subresources of all kinds, including custom ones, that change nothing in the specification except replicas. */
    private static final Set<String> WITHOUT_IMAGES = Set.of("status", "scale");

    static final String EPHEMERAL = "ephemeralcontainers";

    private final ImageReview review;
    private final BiFunction<ImageGate, Duration, CompletableFuture<Decision>> decide;

    private CheckedImages(ImageReview review, BiFunction<ImageGate, Duration, CompletableFuture<Decision>> decide) {
        this.review = review;
        this.decide = decide;
    }

    /**
     * Finds the images of a request that are checked.
     *
     * @param request the request
     * @param stage says which of them are rewritten and pinned first
     * @return the images
     */
    public static CheckedImages of(ReviewRequest request, ReviewStage stage) {
        return request instanceof ImageReviewRequest imageReview
                ? images(imageReview.review(), MutationScope.AS_WRITTEN)
                : of((AdmissionRequest) request, stage);
    }

    /** {@return the images that are checked; none if no image runs or the images are unknown} */
    public ImageReview review() {
        return review;
    }

    /**
     * {@return the decision on the request; waits for facts as {@link ImageGate#decide(ImageReview)} does}
     *
     * @param gate decides on the images
     */
    public Decision decide(ImageGate gate) {
        return decideAsync(gate, ImageGate.DEFAULT_LIMIT).join();
    }

    /**
     * {@return the decision on the request, as {@link ImageGate#decideAsync} makes it}
     *
     * @param gate decides on the images
     * @param limit how long to wait for facts
     */
    public CompletableFuture<Decision> decideAsync(ImageGate gate, Duration limit) {
        return gate.heard(review, unheard -> decide.apply(unheard, limit));
    }

    private static CheckedImages of(AdmissionRequest request, ReviewStage stage) {
        KubernetesObject object = request.object();
        if (request.operation().equals("DELETE") || request.operation().equals("CONNECT")) {
            return withoutImages(request, object);
        }
        if (!request.kind().isWorkload()) {
            if (carriesNoImages(request) || (object != null && object.isWithoutImages())) {
                return withoutImages(request, object);
            }
            return object == null || object.workload().isEmpty()
                    ? unknownKind(request, object)
                    : custom(ofWorkload(request, object, stage), object);
        }
        // Without an object there are no images, and policies deny a review without images.
        return object == null
                ? images(review(request, null, List.of(), false), MutationScope.AS_WRITTEN)
                : ofWorkload(request, object, stage);
    }

    /** Decides on an object of a custom resource, if it was read by the places that the current policies know. */
    private static CheckedImages custom(CheckedImages read, KubernetesObject object) {
        return new CheckedImages(read.review, (gate, limit) -> {
            PolicySet policies = gate.policies();
            String kind = object.kind().toString();
            Optional<Workload> known = policies.workloads().find(kind);
            if (known.equals(object.workload())) {
                UnreadField unread = object.unread().orElse(null);
                if (unread != null
                        && (unread.reason() != UnreadField.Reason.UNLISTED
                                || policies.workloads().isWellKnown(kind))) {
                    return CompletableFuture.completedFuture(unread(policies, kind, unread));
                }
                return read.decideAsync(gate.withPolicies(policies), limit);
            }
            return CompletableFuture.completedFuture(
                    known.isEmpty() ? unknown(policies, read.review, object.kind(), "") : policies.decideMisread(kind));
        });
    }

    private static Decision unread(PolicySet policies, String kind, UnreadField unread) {
        return switch (unread.reason()) {
            case UNLISTED -> policies.decideUnlisted(kind, unread.field());
            case UNREADABLE -> policies.decideUnreadable(kind, unread.field());
            case MISPLACED -> policies.decideMisplaced(kind, unread.field());
        };
    }

    private static CheckedImages ofWorkload(AdmissionRequest request, KubernetesObject object, ReviewStage stage) {
        KubernetesObject old = request.operation().equals("UPDATE") ? request.oldObject() : null;
        boolean same = old != null && old.images().equals(object.images());
        boolean fixed =
                !request.subresource().isEmpty() && !request.subresource().equals(EPHEMERAL);
        boolean deleting = old != null && old.isBeingDeleted() && object.isBeingDeleted();
        if (object.images().isEmpty() || (same && (fixed || deleting))) {
            return withoutImages(request, object);
        }
        List<ReviewedImage> images =
                request.subresource().equals(EPHEMERAL) && old != null ? ephemeral(object, old) : object.images();
        if (images.isEmpty()) {
            return withoutImages(request, object);
        }
        return images(review(request, object, images, same), MutatedImages.of(stage, request, object));
    }

    private static List<ReviewedImage> ephemeral(KubernetesObject object, KubernetesObject old) {
        Set<ReviewedImage> before = Copies.of(old.images());
        return object.images().stream()
                .filter(image -> image.list().equals("spec.ephemeralContainers") || !before.contains(image))
                .toList();
    }

    private static boolean carriesNoImages(AdmissionRequest request) {
        String subresource = request.subresource();
        ObjectKind kind = request.kind();
        return WITHOUT_IMAGES.contains(subresource)
                || (!subresource.isEmpty() && SUBRESOURCE_KINDS.contains(kind.toString()));
    }

    private static CheckedImages withoutImages(AdmissionRequest request, @Nullable KubernetesObject object) {
        ImageReview review = review(request, object, List.of(), false);
        return new CheckedImages(
                review,
                (gate, limit) ->
                        CompletableFuture.completedFuture(gate.policies().decideWithoutImages(review)));
    }

    private static ImageReview review(
            AdmissionRequest request,
            @Nullable KubernetesObject object,
            List<ReviewedImage> images,
            boolean unchanged) {
        ImageReviewBuilder review = ImageReview.builder()
                .images(images)
                .imagesUnchanged(unchanged)
                .namespace(Names.namespaceOrUnknown(request.namespace()))
                .operation(request.operation())
                .kind(request.kind().toString())
                .name(request.name())
                .user(request.user());
        List<String> groups = request.groups();
        if (groups != null) {
            review.groups(groups);
        }
        if (object != null) {
            review.annotations(object.annotations())
                    .podAnnotations(object.podAnnotations())
                    .templates(object.templates())
                    .controlled(object.isControlled());
            Map<String, String> labels = object.labels();
            if (labels != null) {
                review.labels(labels);
            }
        }
        KubernetesObject old = request.operation().equals("UPDATE") ? request.oldObject() : null;
        if (old != null) {
            review.before(ImageReview.builder()
                    .images(old.images())
                    .annotations(old.annotations())
                    .podAnnotations(old.podAnnotations())
                    .templates(old.templates())
                    .build());
        }
        return review.build();
    }

    private static CheckedImages images(ImageReview review, MutationScope scope) {
        return new CheckedImages(review, (gate, limit) -> gate.decideAsync(review, scope, limit));
    }

    private static CheckedImages unknownKind(AdmissionRequest request, @Nullable KubernetesObject object) {
        ObjectKind kind = request.kind();
        ImageReview review = review(request, object, List.of(), false);
        String place = object == null ? "" : object.suggestion();
        return new CheckedImages(review, (gate, limit) -> {
            PolicySet policies = gate.policies();
            boolean known = policies.workloads().find(kind.toString()).isPresent();
            return CompletableFuture.completedFuture(
                    known ? policies.decideMisread(kind.toString()) : unknown(policies, review, kind, place));
        });
    }

    private static Decision unknown(PolicySet policies, ImageReview review, ObjectKind kind, String place) {
        Decision decision = policies.decideUnknownKind(kind.toString(), kind.meant(), place);
        return decision.allowed() ? policies.decideWithoutImages(review) : decision;
    }
}
