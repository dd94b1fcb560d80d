package io.imagegate.webhook;

import io.imagegate.admission.Judgement;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.review.ImageReview;
import io.imagegate.text.SafeText;
import io.imagegate.wire.MalformedReviewException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A review that was answered: what was asked, and the decision or why there is none. An empty {@code Optional} means
 * "not told": an ImageReview has no uid, operation, kind or name, and a malformed body may tell nothing. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class ReviewEvent {

    /** What is known of a request; {@code request} is null if the body could not be read. */
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

    /** What was answered; either {@code judgement} or {@code failure} is null. */
    private record Answered(
            @Nullable Judgement judgement, @Nullable ReviewFailure failure, String reason) {}

    private final Asked asked;
    private final Answered answered;
    private final long totalNanos;
    private final long decisionNanos;

    private ReviewEvent(Asked asked, Answered answered, long totalNanos, long decisionNanos) {
        this.asked = asked;
        this.answered = answered;
        this.totalNanos = totalNanos;
        this.decisionNanos = decisionNanos;
    }

    static ReviewEvent decided(ReviewRequest request, Judgement judgement, long totalNanos, long decisionNanos) {
        Answered answered = new Answered(judgement, null, judgement.decision().reason());
        return new ReviewEvent(Asked.of(request), answered, totalNanos, decisionNanos);
    }

    static ReviewEvent malformed(MalformedReviewException problem, long totalNanos) {
        Asked asked = new Asked(problem.isAdmission(), problem.uid().orElse(null), null);
        ReviewFailure failure = problem.isTooLarge() ? ReviewFailure.TOO_LARGE : ReviewFailure.MALFORMED;
        return new ReviewEvent(asked, new Answered(null, failure, problem.getMessage()), totalNanos, 0);
    }

    static ReviewEvent failed(@Nullable ReviewRequest request, String reason, long totalNanos) {
        return new ReviewEvent(Asked.of(request), new Answered(null, ReviewFailure.ERROR, reason), totalNanos, 0);
    }

    /** {@return the kind of the review, {@code ImageReview} or {@code AdmissionReview}} */
    public String protocol() {
        return asked.admission ? "AdmissionReview" : "ImageReview";
    }

    /** {@return the uid of the request, by which the API server's log names it} */
    public Optional<String> uid() {
        return told(asked.uid);
    }

    /** {@return what is done with the object, such as {@code CREATE}} */
    public Optional<String> operation() {
        return ofAdmission(AdmissionRequest::operation);
    }

    /** {@return the kind of the object and its API group, such as {@code Deployment.apps}} */
    public Optional<String> kind() {
        return ofAdmission(request -> request.kind().toString());
    }

    /** {@return the namespace of the object} */
    public Optional<String> namespace() {
        return asked.request instanceof ImageReviewRequest images
                ? told(images.review().namespace())
                : ofAdmission(AdmissionRequest::namespace);
    }

    /** {@return the name of the object; not told while the API server is yet to generate it} */
    public Optional<String> name() {
        return ofAdmission(AdmissionRequest::name);
    }

    /** {@return the review that the policies decided on} */
    public Optional<ImageReview> review() {
        return Optional.ofNullable(answered.judgement).map(Judgement::review);
    }

    /** {@return the decision; empty if the review failed} */
    public Optional<Decision> decision() {
        return Optional.ofNullable(answered.judgement).map(Judgement::decision);
    }

    /**
     * {@return why there is no decision; empty if there is one. A review that failed is denied, or refused with 400 if it
     * is an AdmissionReview without a uid}
     */
    public Optional<ReviewFailure> failure() {
        return Optional.ofNullable(answered.failure);
    }

    /** {@return whether the images may run} */
    public boolean allowed() {
        return answered.judgement != null && answered.judgement.decision().allowed();
    }

    /** {@return why not, as the answer says; empty when allowed} */
    public String reason() {
        return answered.reason;
    }

    /** {@return how long it took to read the body and to decide} */
    public Duration totalTime() {
        return Duration.ofNanos(totalNanos);
    }

    /** {@return how long it took to decide; zero if the review failed} */
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

    private Optional<String> ofAdmission(Function<AdmissionRequest, String> field) {
        return asked.request instanceof AdmissionRequest request ? told(field.apply(request)) : Optional.empty();
    }

    private static Optional<String> told(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> !some.isEmpty());
    }
}
