package io.imagegate.review;

import java.util.Objects;

/**
 * One image of a review. Immutable.
 *
 * @param text the image as the user typed it; not necessarily a valid reference, may be empty
 * @param place where it stands
 * @since 0.1
 */
public record ReviewedImage(String text, Place place) {

    /**
     * Refuses nulls.
     *
     * @param text the image as the user typed it
     * @param place where it stands
     */
    public ReviewedImage {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(place, "place");
    }
}
