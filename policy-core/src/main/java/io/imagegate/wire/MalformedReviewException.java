package io.imagegate.wire;

import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.syntax.SyntaxProblems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a body that is not a review, or is over a limit. The message says what is wrong, where, and what was
 * expected; it is safe to show to a user. There is no stack trace, because clients decide how often it is thrown.
 *
 * @since 0.1
 */
public final class MalformedReviewException extends Exception {

    static final SyntaxProblems<MalformedReviewException> PROBLEMS = new SyntaxProblems<>() {
        @Override
        public MalformedReviewException at(int line, int column, String problem) {
            return MalformedReviewException.at(line, column, problem);
        }

        @Override
        public MalformedReviewException tooMany(int line, int column, String problem) {
            return MalformedReviewException.tooMany(line, column, problem);
        }
    };

    private static final long serialVersionUID = 1L;

    /** What is wrong, where, and what was expected. */
    private final String problem;
    /** Whether the body is too long, or has too many images or annotations. */
    private final boolean tooLarge;
    /** Whether the body is, or seems to be, an AdmissionReview. */
    private final boolean admission;
    /** The uid of an AdmissionReview, if it was read before the problem. */
    private final @Nullable String uid;

    private MalformedReviewException(String problem, boolean tooLarge, boolean admission, @Nullable String uid) {
        super(problem, null, false, false);
        this.problem = problem;
        this.tooLarge = tooLarge;
        this.admission = admission;
        this.uid = uid;
    }

    static MalformedReviewException at(int line, int column, String problem) {
        return new MalformedReviewException(
                "malformed review: line " + line + ", column " + column + ": " + problem, false, false, null);
    }

    private static MalformedReviewException tooMany(int line, int column, String problem) {
        return new MalformedReviewException(
                "too many: line " + line + ", column " + column + ": " + problem, true, false, null);
    }

    static MalformedReviewException tooLarge(int limit, ReviewReader<?> prefix) {
        return new MalformedReviewException(
                "review too large: expected " + limit + " bytes at most, got more",
                true,
                prefix.isAdmission(),
                prefix.uid().orElse(null));
    }

    /** Makes an exception with the same problem and the part read before it. */
    MalformedReviewException in(ReviewReader<?> review) {
        return new MalformedReviewException(
                problem, tooLarge, review.isAdmission(), review.uid().orElse(null));
    }

    /** {@return what is wrong, where, and what was expected} */
    @Override
    public String getMessage() {
        return problem;
    }

    /** {@return whether the body is longer than {@link WireLimits#bodyBytes()}, or has too many images or annotations} */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** {@return whether the body is an AdmissionReview, or looks like one up to the problem} */
    public boolean isAdmission() {
        return admission;
    }

    /**
     * {@return the uid of an AdmissionReview, if it was read before the problem; without one a review cannot be
     * answered}
     */
    public Optional<String> uid() {
        return Optional.ofNullable(uid);
    }
}
