package io.imagegate.policy;

import io.imagegate.reference.Digest;
import io.imagegate.review.ReviewedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Change of one image by a {@link Mutation}: its name in the request and the name that was checked. Immutable.
 *
 * @since 0.1
 */
public final class ImageMutation {

    private final ReviewedImage image;
    private final @Nullable String rewritten;
    private final @Nullable Digest pinned;
    private final String result;
    private final boolean patched;

    ImageMutation(
            ReviewedImage image, @Nullable String rewritten, @Nullable Digest pinned, String result, boolean patched) {
        this.image = image;
        this.rewritten = rewritten;
        this.pinned = pinned;
        this.result = result;
        this.patched = patched;
    }

    /** {@return the image as written, with its position} */
    public ReviewedImage image() {
        return image;
    }

    /** {@return its name after the rewrite; empty if no rewrite matches it} */
    public Optional<String> rewritten() {
        return Optional.ofNullable(rewritten);
    }

    /** {@return the digest that it got; empty if it got none} */
    public Optional<Digest> pinned() {
        return Optional.ofNullable(pinned);
    }

    /** {@return the name that was checked} */
    public String result() {
        return result;
    }

    /** {@return whether the object is to get the new name; false if only pods that it creates will have it} */
    public boolean patched() {
        return patched;
    }

    /** {@return both names} */
    @Override
    public String toString() {
        return image.text() + " to " + result;
    }
}
