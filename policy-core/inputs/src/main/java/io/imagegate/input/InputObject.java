package io.imagegate.input;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Gates;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Images of a file that are decided on together: a Kubernetes object, a recorded review, a service, or a line of a list. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public interface InputObject {

    /**
     * {@return an image that stands by itself}
     *
     * @param file name of the file; empty if there is none
     * @param line its line, from 1; 0 if there is none
     * @param image the image
     */
    static InputObject ofImage(String file, int line, String image) {
        return new SingleImage(file, line, image);
    }

    /**
     * {@return images that belong together in a file that has no Kubernetes objects}
     *
     * @param file name of the file
     * @param line the line where they start, from 1
     * @param title what they belong to, such as {@code service web}
     * @param images the images, one at least; no two have the same place
     * @throws IllegalArgumentException if there is none, or two have the same place
     */
    static InputObject of(String file, int line, String title, List<InputImage> images) {
        return new ImagesOfFile(file, line, title, images);
    }

    /** {@return the name of the file} */
    String file();

    /** {@return the line where it starts, from 1; 0 if there are no lines} */
    int line();

    /** {@return kind, namespace and name, such as {@code Pod shop/web} or {@code service web}; empty for an image by itself} */
    String title();

    /** {@return the kind and its API group, such as {@code Deployment.apps}; empty for what is no Kubernetes object} */
    String kind();

    /** {@return the file from which it was made, such as a Helm template; empty if it is not known} */
    String source();

    /** {@return whether it is a recorded review, which counts without images, too, and is not rewritten} */
    boolean isReview();

    /** {@return every image in it} */
    List<ReviewedImage> images();

    /**
     * {@return the name of the file that an image is written in}
     *
     * @param image position in {@link #images()}
     */
    String file(int image);

    /**
     * {@return the line of an image, from 1}
     *
     * @param image position in {@link #images()}
     */
    int line(int image);

    /**
     * {@return the column of an image, from 1; 1 if it is not known}
     *
     * @param image position in {@link #images()}
     */
    int column(int image);

    /**
     * {@return where an image starts in the text of its file, in bytes for JSON and in code points for YAML; -1 if it is not
     * written there as it is}
     *
     * @param image position in {@link #images()}
     */
    int offset(int image);

    /**
     * {@return the review of the images that are checked}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    ImageReview review(String defaultNamespace);

    /**
     * {@return the decision, as behind webhooks that also rewrite and pin images. No thread waits while facts are looked up}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     * @param limit how long to wait for facts
     */
    CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit);

    /**
     * {@return the decision, as {@link #decideAsync} makes it; waits for facts for at most {@link ImageGate#DEFAULT_LIMIT}}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     */
    default Decision decide(ImageGate gate, String defaultNamespace) {
        return decideAsync(gate, defaultNamespace, ImageGate.DEFAULT_LIMIT).join();
    }

    /**
     * {@return the decision, as {@link #decide(ImageGate, String)} makes it}
     *
     * @param gates decide on the images by the policies without a name
     * @param defaultNamespace the namespace of an object that names none
     */
    default Decision decide(Gates gates, String defaultNamespace) {
        return decide(gates.gate(), defaultNamespace);
    }
}
