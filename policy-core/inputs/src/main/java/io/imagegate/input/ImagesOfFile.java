package io.imagegate.input;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Images that belong together in a file that has no Kubernetes objects, such as those of a service or of a job. {@link InputObject#of}
 * makes one; a format whose images are written in parts extends it. Immutable and thread-safe.
 *
 * @since 0.1
 */
public class ImagesOfFile implements InputObject {

    private final String file;
    private final int line;
    private final String title;
    private final List<InputImage> found;
    private final List<ReviewedImage> images;

    private record Place(String list, int index) {}

    /**
     * Makes an object of images.
     *
     * @param file name of the file
     * @param line the line where they start, from 1
     * @param title what they belong to, such as {@code service web}
     * @param found the images, one at least; no two have the same place
     * @throws IllegalArgumentException if there is none, or two have the same place
     */
    public ImagesOfFile(String file, int line, String title, List<InputImage> found) {
        this.file = file;
        this.line = line;
        this.title = title;
        this.found = List.copyOf(found);
        this.images = this.found.stream().map(InputImage::image).toList();
        if (images.isEmpty()) {
            throw new IllegalArgumentException("expected an image at least");
        }
        Set<Place> places = new HashSet<>();
        for (ReviewedImage image : images) {
            if (!places.add(new Place(image.list(), image.index()))) {
                throw new IllegalArgumentException("expected a place for each image, got " + image.place() + " twice");
            }
        }
    }

    @Override
    public final String file() {
        return file;
    }

    @Override
    public final int line() {
        return line;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final String kind() {
        return "";
    }

    @Override
    public final String source() {
        return "";
    }

    @Override
    public final boolean isReview() {
        return false;
    }

    @Override
    public final List<ReviewedImage> images() {
        return images;
    }

    @Override
    public final String file(int image) {
        return file;
    }

    @Override
    public final int line(int image) {
        return found.get(image).line();
    }

    @Override
    public final int column(int image) {
        return found.get(image).column();
    }

    @Override
    public final int offset(int image) {
        return found.get(image).offset();
    }

    @Override
    public final ImageReview review(String defaultNamespace) {
        return ImageReview.builder().images(images).namespace(defaultNamespace).build();
    }

    @Override
    public final CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return gate.decideAsync(review(defaultNamespace), MutationScope.AS_IN_PODS, limit);
    }
}
