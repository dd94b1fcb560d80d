package io.imagegate.policy;

import io.imagegate.review.ReviewedImage;
import java.util.List;

/**
 * Tells which images of a review a {@link Mutation} changes before they are checked.
 *
 * @since 0.1
 */
public interface MutationScope {

    /** Images as they are written, such as those of pods in a validating webhook. */
    MutationScope AS_WRITTEN = (mutation, image) -> Effect.NONE;

    /** Images as pods will have them, such as those of the command line. */
    MutationScope AS_IN_PODS = (mutation, image) -> Effect.FORESEEN;

    /** Effect of a mutation on an image. */
    enum Effect {
        /** The image is checked as written. */
        NONE,
        /** The image is checked by its new name, which pods will have. */
        FORESEEN,
        /** The image is checked by its new name, which is written into the object. */
        PATCHED
    }

    /**
     * {@return the effect on an image}
     *
     * @param mutation the mutation
     * @param image an image of the review
     */
    Effect effect(Mutation mutation, ReviewedImage image);

    /**
     * {@return whether an image that has no effect of its own gets the name back that it has in the object before the update}
     * It does if that is its new name, too.
     *
     * @param mutation the mutation
     * @param image an image of the review
     */
    default boolean restores(Mutation mutation, ReviewedImage image) {
        return false;
    }

    /**
     * {@return the images of the object before an update; empty if it is none} A patched image that is the earlier one of the
     * same container without its digest gets that digest.
     */
    default List<ReviewedImage> before() {
        return List.of();
    }
}
