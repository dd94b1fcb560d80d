package io.imagegate.policy;

import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images that an object has before an update and keeps: the same text in the same list under the same container name. A name
 * that several containers of a list have, and none, say nothing about which image it is.
 */
final class KeptImages {

    /** No image is kept: all are new. */
    static final KeptImages NONE = new KeptImages(Set.of());

    private record Container(String list, String name) {}

    private final Set<ReviewedImage> kept;

    private KeptImages(Set<ReviewedImage> kept) {
        this.kept = kept;
    }

    /**
     * {@return the images that are kept by the name with which they are written or checked}
     *
     * @param written a review with the images as written
     * @param named the same images as they are checked, in the same order
     */
    static KeptImages of(ImageReview written, ImageReview named) {
        if (written.before().isEmpty()) {
            return NONE;
        }
        Map<Container, String> before = texts(written.before().get());
        Map<Container, String> now = texts(written);
        Set<ReviewedImage> kept = new HashSet<>();
        for (int i = 0; i < written.images().size(); i++) {
            ReviewedImage image = named.images().get(i);
            Container container = container(image);
            String text = now.get(container);
            String old = before.get(container);
            if (text != null && (text.equals(old) || image.text().equals(old))) {
                kept.add(image);
            }
        }
        return new KeptImages(kept);
    }

    /** {@return the images by their containers, without those whose containers cannot be told apart} */
    private static Map<Container, String> texts(ImageReview review) {
        Map<Container, String> texts = new HashMap<>();
        Set<Container> seen = new HashSet<>();
        for (ReviewedImage image : review.images()) {
            Container container = container(image);
            if (container.name.isEmpty() || !seen.add(container)) {
                texts.remove(container);
            } else {
                texts.put(container, image.text());
            }
        }
        return texts;
    }

    private static Container container(ReviewedImage image) {
        return new Container(image.list(), image.containerName().orElse(""));
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /**
     * {@return whether the object has the image before the update, too}
     *
     * @param image an image as it is checked
     */
    boolean contains(ReviewedImage image) {
        return kept.contains(image);
    }

    /**
     * {@return a review of its new images alone; without any, it is unchanged}
     *
     * @param review a review with the images as they are checked
     */
    ImageReview leaveOut(ImageReview review) {
        List<ReviewedImage> added =
                review.images().stream().filter(image -> !kept.contains(image)).toList();
        return review.toBuilder().images(added).imagesUnchanged(added.isEmpty()).build();
    }

    /** {@return the candidates whose images are new} */
    List<Candidate> leaveOut(List<Candidate> candidates) {
        return kept.isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(candidate -> !kept.contains(candidate.image()))
                        .toList();
    }
}
