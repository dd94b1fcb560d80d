package io.imagegate.input;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An image that stands by itself.
 *
 * @param file name of the file; empty if there is none
 * @param line its line, from 1; 0 if there is none
 * @param image the image
 */
record SingleImage(String file, int line, String image) implements InputObject {

    @Override
    public String title() {
        return "";
    }

    @Override
    public String kind() {
        return "";
    }

    @Override
    public String source() {
        return "";
    }

    @Override
    public boolean isReview() {
        return false;
    }

    @Override
    public List<ReviewedImage> images() {
        return ImageReview.of(image).images();
    }

    @Override
    public String file(int image) {
        return file;
    }

    @Override
    public int line(int image) {
        return line;
    }

    @Override
    public int column(int image) {
        return 1;
    }

    @Override
    public int offset(int image) {
        return -1;
    }

    @Override
    public ImageReview review(String defaultNamespace) {
        return ImageReview.of(image).inNamespace(defaultNamespace);
    }

    @Override
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return gate.decideAsync(review(defaultNamespace), MutationScope.AS_IN_PODS, limit);
    }
}
