package io.imagegate.render;

import io.imagegate.input.InputObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An object that a tool made: its lines are those of no file.
 *
 * @param made the object in the output
 * @param file what the tool made it of: the file of a chart or kustomization
 * @param source the template or resource in it; empty if it is not known
 */
record RenderedObject(InputObject made, String file, String source) implements InputObject {

    @Override
    public int line() {
        return 0;
    }

    @Override
    public String title() {
        return made.title();
    }

    @Override
    public String kind() {
        return made.kind();
    }

    @Override
    public boolean isReview() {
        return false;
    }

    @Override
    public List<ReviewedImage> images() {
        return made.images();
    }

    @Override
    public String file(int image) {
        return file;
    }

    @Override
    public int line(int image) {
        return 0;
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
        return made.review(defaultNamespace);
    }

    @Override
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return made.decideAsync(gate, defaultNamespace, limit);
    }
}
