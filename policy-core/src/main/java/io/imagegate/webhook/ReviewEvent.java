package io.imagegate.webhook;

import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.GateDecision;
import io.imagegate.review.ImageReview;
import io.imagegate.text.SafeText;
import io.imagegate.wire.MalformedReviewException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Review and its answer: the request, and the decision or the failure. An empty {@code Optional} means "not told": an
 * ImageReview has no uid, operation, name and user, and a malformed body may have none of these. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class ReviewEvent {

    /** The known part of a request; {@code request} is null if the body could not be read. */
    private record Asked(
            boolean admission,
            @Nullable String uid,
            @Nullable ReviewRequest request) {

        static Asked of(@Nullable ReviewRequest request) {
            return request instanceof AdmissionRequest admission
                    ? new Asked(true, admission.uid(), admission)
                    : new Asked(false, null, request);
        }
    }

    /** The answer; either {@code review} and {@code decision} or {@code failure} is null. */
    private record Answered(
            @Nullable ImageReview review,
            @Nullable Decision decision,
            @Nullable ReviewFailure failure,
            String reason) {}

    private final Route route;
    private final Asked asked;
    private final Answered answered;
    private final long totalNanos;
    private final long decisionNanos;

    private ReviewEvent(Route route, Asked asked, Answered answered, long totalNanos, long decisionNanos) {
        this.route = route;
        this.asked = asked;
        this.answered = answered;
        this.totalNanos = totalNanos;
        this.decisionNanos = decisionNanos;
    }

    static ReviewEvent decided(
            Route route,
            ReviewRequest request,
            ImageReview review,
            Decision decision,
            long totalNanos,
            long decisionNanos) {
        Answered answered = new Answered(review, decision, null, decision.reason());
        return new ReviewEvent(route, Asked.of(request), answered, totalNanos, decisionNanos);
    }

    static ReviewEvent malformed(Route route, MalformedReviewException problem, long totalNanos) {
        Asked asked = new Asked(problem.isAdmission(), problem.uid().orElse(null), null);
        ReviewFailure failure = problem.isTooLarge() ? ReviewFailure.TOO_LARGE : ReviewFailure.MALFORMED;
        return new ReviewEvent(route, asked, new Answered(null, null, failure, problem.getMessage()), totalNanos, 0);
    }

    static ReviewEvent failed(Route route, @Nullable ReviewRequest request, String reason, long totalNanos) {
        return new ReviewEvent(
                route, Asked.of(request), new Answered(null, null, ReviewFailure.ERROR, reason), totalNanos, 0);
    }

    /**
     * {@return a decision that a program asked of a gate, as a review: without path and uid, and with what the program tells about the
     * request}
     *
     * @param made the decision
     */
    public static ReviewEvent of(GateDecision made) {
        Route route = Route.to(WebhookKind.VALIDATING, "", made.gate());
        ReviewRequest request = new ImageReviewRequest(made.review());
        long nanos = made.time().toNanos();
        return made.decision()
                .map(decision -> decided(route, request, made.review(), decision, nanos, nanos))
                .orElseGet(() -> failed(
                        route,
                        request,
                        made.failure().map(thrown -> failure(thrown)).orElse(""),
                        nanos));
    }

    /** {@return the reason of a review that a failure denied} */
    static String failure(Throwable thrown) {
        return "the review failed: " + thrown.getClass().getSimpleName();
    }

    /** {@return the path of the request, which the client chose if no gate has it; empty for a decision that a program asked for} */
    public String path() {
        return route.path();
    }

    /** {@return the kind of the webhook, which says whether its answers may patch objects} */
    public WebhookKind webhook() {
        return route.kind();
    }

    /** {@return the {@linkplain io.imagegate.policy.ImageGate#name() name of the gate} that decided; empty if the path has none} */
    public Optional<String> gate() {
        return route.found() ? Optional.of(route.gate().name()) : Optional.empty();
    }

    /** {@return the kind of the review, {@code ImageReview} or {@code AdmissionReview}; the first for a decision that a program asked for} */
    public String protocol() {
        return asked.admission ? "AdmissionReview" : "ImageReview";
    }

    /** {@return the uid of the request, which is also in the API server's log} */
    public Optional<String> uid() {
        return known(asked.uid);
    }

    /** {@return the operation, such as {@code CREATE}} */
    public Optional<String> operation() {
        return told(AdmissionRequest::operation, ImageReview::operation);
    }

    /** {@return kind and API group of the object, such as {@code Deployment.apps}} */
    public Optional<String> kind() {
        return told(request -> request.kind().toString(), ImageReview::kind);
    }

    /** {@return the namespace of the object} */
    public Optional<String> namespace() {
        return told(AdmissionRequest::namespace, review -> known(review.namespace()));
    }

    /** {@return the name of the object; not told if the API server will generate it} */
    public Optional<String> name() {
        return told(AdmissionRequest::name, ImageReview::name);
    }

    /** {@return the name of the user who sent the request} */
    public Optional<String> user() {
        return told(AdmissionRequest::user, ImageReview::user);
    }

    /** {@return whether the request is a dry run, of which the API server stores nothing; not so if it is not told} */
    public boolean isDryRun() {
        return asked.request instanceof AdmissionRequest request && request.dryRun();
    }

    /** {@return the review that the policies decided on} */
    public Optional<ImageReview> review() {
        return Optional.ofNullable(answered.review);
    }

    /** {@return the decision; empty if the review failed} */
    public Optional<Decision> decision() {
        return Optional.ofNullable(answered.decision);
    }

    /**
     * {@return the reason why there is no decision; empty if there is one. A failed review is denied, or answered with
     * 400 if it is an AdmissionReview without a uid}
     */
    public Optional<ReviewFailure> failure() {
        return Optional.ofNullable(answered.failure);
    }

    /** {@return whether the images may run} */
    public boolean allowed() {
        return answered.decision != null && answered.decision.allowed();
    }

    /** {@return the reason in the answer; empty if allowed} */
    public String reason() {
        return answered.reason;
    }

    /** {@return the time for decoding the body and deciding} */
    public Duration totalTime() {
        return Duration.ofNanos(totalNanos);
    }

    /** {@return the time for deciding; zero if the review failed} */
    public Duration decisionTime() {
        return Duration.ofNanos(decisionNanos);
    }

    /** {@return the protocol, the uid, and {@code allowed} or {@code denied} with the reason} */
    @Override
    public String toString() {
        return protocol()
                + uid().map(text -> " " + SafeText.escape(text)).orElse("")
                + (allowed() ? " allowed" : " denied: " + reason());
    }

    private Optional<String> told(
            Function<AdmissionRequest, String> sent, Function<ImageReview, Optional<String>> reviewed) {
        if (asked.request instanceof AdmissionRequest request) {
            return known(sent.apply(request));
        }
        return asked.request instanceof ImageReviewRequest images ? reviewed.apply(images.review()) : Optional.empty();
    }

    private static Optional<String> known(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> !some.isEmpty());
    }
}
