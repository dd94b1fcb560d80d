package io.imagegate.webhook;

import io.imagegate.admission.ImagePointer;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.wire.AnswerEncoder;
import io.imagegate.wire.JsonPatch;
import io.imagegate.wire.JsonPatch.Replacement;
import io.imagegate.wire.MalformedReviewException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds answers in the protocol of the request. */
final class Answers {

    /** Always copied, because a caller that wrote to it would change all later answers. */
    private static final byte[] ALLOWED = AnswerEncoder.imageReview(true, "", Map.of());

    private static final byte[] DENIED = AnswerEncoder.imageReview(false, "the review failed", Map.of());

    private Answers() {}

    static Answer of(ReviewRequest request, Decision decision) {
        Map<String, String> audit = decision.auditAnnotations();
        if (request instanceof AdmissionRequest admission) {
            return Answer.json(
                    200,
                    AnswerEncoder.admissionReview(
                            admission.uid(),
                            decision.allowed(),
                            decision.reason(),
                            decision.warnings(),
                            audit,
                            patch(decision)));
        }
        return decision.allowed() && audit.isEmpty()
                ? Answer.json(200, ALLOWED.clone())
                : Answer.json(200, AnswerEncoder.imageReview(decision.allowed(), decision.reason(), audit));
    }

    /** Returns the new names of images, which are part of the object only if it is allowed. */
    private static JsonPatch patch(Decision decision) {
        if (decision.mutations().isEmpty() || !decision.allowed()) {
            return JsonPatch.EMPTY;
        }
        return new JsonPatch(decision.mutations().stream()
                .filter(ImageMutation::patched)
                .map(mutation -> new Replacement(
                        ImagePointer.of(mutation.image()), mutation.image().text(), mutation.result()))
                .toList());
    }

    /** Denies a review without a decision; without a request as an ImageReview. */
    static Answer denied(@Nullable ReviewRequest request, String reason) {
        return request instanceof AdmissionRequest admission
                ? deniedAdmission(admission.uid(), reason)
                : Answer.json(200, AnswerEncoder.imageReview(false, reason, Map.of()));
    }

    /**
     * Denies if not even the reason can be written. This also denies an AdmissionReview, unless its webhook has
     * {@code failurePolicy: Ignore}, because the API server treats an answer of another kind as a failure.
     */
    static Answer denied() {
        return Answer.json(200, DENIED.clone());
    }

    static Answer malformed(MalformedReviewException problem) {
        if (!problem.isAdmission()) {
            return denied(null, problem.getMessage());
        }
        return problem.uid()
                .map(uid -> deniedAdmission(uid, problem.getMessage()))
                .orElseGet(() -> status(400, "BadRequest", problem.getMessage()));
    }

    static Answer status(int code, String reason, String message) {
        return Answer.json(code, AnswerEncoder.status(code, reason, message));
    }

    private static Answer deniedAdmission(String uid, String reason) {
        return Answer.json(
                200, AnswerEncoder.admissionReview(uid, false, reason, List.of(), Map.of(), JsonPatch.EMPTY));
    }
}
