package io.imagegate.rule;

/**
 * A demand that one image meets or does not. A lambda will do:
 *
 * <pre>{@code
 * Rule shortNames = image -> image.reference().repository().length() <= 60
 *         ? Finding.satisfied()
 *         : Finding.violation("the repository name is longer than 60 characters");
 * }</pre>
 *
 * <p>A rule must be thread-safe and its answer must depend on the candidate alone, so that the same review always gets
 * the same decision. It should do no input or output; one that must says so by {@link #blocking()}. If a rule throws or
 * returns null, the image counts as violating it; after an {@link OutOfMemoryError} or {@link InternalError} the whole
 * review is denied, whatever the rule's enforcement.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Rule {

    /**
     * Judges one image.
     *
     * @param image the image and the review it is part of
     * @return what was found; never null
     */
    Finding judge(Candidate image);

    /**
     * {@return whether judging may block, by I/O or a lock, so that it must be kept off an I/O thread; false unless
     * overridden}
     */
    default boolean blocking() {
        return false;
    }
}
