package io.imagegate.policy;

import io.imagegate.reference.Digest;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Images that a decision is about, as written, and what is known of the digests of some. Immutable.
 *
 * @param written all images of the review
 * @param resolved digests that were looked up, by the image as it was checked
 * @param verified digests that satisfied rules on signatures or attestations, by the image as it was checked
 */
record DecidedImages(
        List<ReviewedImage> written, Map<ReviewedImage, Digest> resolved, Map<ReviewedImage, Digest> verified) {

    static final DecidedImages NONE = new DecidedImages(List.of(), Map.of(), Map.of());

    /** {@return the images as they were checked} */
    static List<ReviewedImage> checked(List<ReviewedImage> written, List<ImageMutation> mutations) {
        if (mutations.isEmpty()) {
            return written;
        }
        List<ReviewedImage> images = new ArrayList<>(written.size());
        Deque<ImageMutation> left = new ArrayDeque<>(mutations);
        for (ReviewedImage image : written) {
            ImageMutation next = left.peek();
            boolean changed = next != null && next.image().equals(image);
            images.add(changed ? image.withText(left.remove().result()) : image);
        }
        return images;
    }

    List<RunnableImage> toRun(List<ImageMutation> mutations) {
        List<RunnableImage> images = new ArrayList<>(written.size());
        List<ReviewedImage> checked = checked(written, mutations);
        for (int i = 0; i < written.size(); i++) {
            ReviewedImage image = checked.get(i);
            images.add(new RunnableImage(written.get(i), image.text(), resolved.get(image), verified.get(image)));
        }
        return List.copyOf(images);
    }
}
