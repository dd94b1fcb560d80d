package io.imagegate.policy;

import io.imagegate.review.ImageReview;

/**
 * Called for each decision and each failed review, for logs, metrics and tests: on the thread that answers, before the
 * answer is sent, so be quick, or hand over. It must be thread-safe; whatever it throws, errors included, is logged and
 * changes nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionListener {

    /**
     * A decision was made.
     *
     * @param review what was asked
     * @param decision what was answered
     * @param nanos how long judging took, in nanoseconds
     */
    void decided(ImageReview review, Decision decision, long nanos);

    /**
     * A review could not be decided. It was denied; or refused with 400, if it was an AdmissionReview without a uid.
     *
     * @param failure why
     * @param reason what the answer says
     */
    default void failed(ReviewFailure failure, String reason) {}
}
