package io.imagegate.input;

import io.imagegate.review.ReviewedImage;
import java.util.Objects;

/**
 * An image in a file, and where it is written. Immutable and thread-safe.
 *
 * <p>{@code InputImage.of("nginx:1", "services.web.image", 3, 12)} is an image of a Compose file.
 *
 * @param image the image and its place in its object
 * @param line its line, from 1
 * @param column its column, from 1
 * @param offset where it starts in its text, in bytes for JSON and in code points for all others; -1 if it is not written there
 *     as it is
 * @since 0.1
 */
public record InputImage(ReviewedImage image, int line, int column, int offset) {

    /**
     * Checks the place.
     *
     * @param image as {@link #image()}
     * @param line as {@link #line()}
     * @param column as {@link #column()}
     * @param offset as {@link #offset()}
     * @throws IllegalArgumentException if a number is not one of a place
     */
    public InputImage {
        Objects.requireNonNull(image, "image");
        if (line < 1 || column < 1 || offset < -1) {
            throw new IllegalArgumentException("expected a line and a column from 1 and an offset from -1, got line "
                    + line + ", column " + column + " and offset " + offset);
        }
    }

    /**
     * {@return an image that cannot be replaced where it is}
     *
     * @param text the image as it is written
     * @param path its place in its object, such as {@code services.web.image}, which no other image of the object has
     * @param line its line, from 1
     * @param column its column, from 1
     */
    public static InputImage of(String text, String path, int line, int column) {
        return new InputImage(ReviewedImage.of(text, path, 0).withPath(path), line, column, -1);
    }

    /**
     * {@return a copy that can be replaced where it starts}
     *
     * @param start as {@link #offset()}
     */
    public InputImage at(int start) {
        return new InputImage(image, line, column, start);
    }

    /**
     * {@return a copy whose name is not known, so that every policy denies it}
     *
     * @param variable what has no value, as it is written, such as {@code ${TAG}}
     */
    public InputImage withUnknown(String variable) {
        return new InputImage(image.withUnknown(variable), line, column, offset);
    }
}
