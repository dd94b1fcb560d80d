package io.imagegate.rule;

/**
 * Condition on one image. A lambda is enough:
 *
 * <pre>{@code
 * Rule shortNames = image -> image.reference().repository().length() <= 60
 *         ? Finding.satisfied()
 *         : Finding.violation("the repository name is longer than 60 characters");
 * }</pre>
 *
 * <p>A rule must be thread-safe, and its finding must depend only on the candidate, so that the same review always gets
 * the same decision. It does no I/O: what it must know beyond the name of the image is among the candidate's
 * {@linkplain Candidate#facts() facts}. If it asks for a fact that was not looked up, its finding is pending, whatever it
 * returns or throws; it is applied again with the fact. {@link Finding#of} checks a fact and has an answer for each unknown
 * one. A rule that applies other rules uses {@link Candidate#findingOf}, so that each is pending for itself.
 *
 * <p>If a rule throws or returns null, the image violates it, and what it threw is logged. After an {@link
 * OutOfMemoryError} or {@link InternalError} the whole review is denied, regardless of the rule's enforcement.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Rule {

    /**
     * Checks one image.
     *
     * @param image the image and the review it is part of
     * @return the finding; never null
     */
    Finding check(Candidate image);
}
