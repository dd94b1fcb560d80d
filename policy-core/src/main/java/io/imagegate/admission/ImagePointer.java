package io.imagegate.admission;

import io.imagegate.review.ContainerType;
import io.imagegate.review.ReviewedImage;

/**
 * JSON pointers of images in objects of built-in kinds. Nothing in them is written by users.
 *
 * @since 0.1
 */
public final class ImagePointer {

    private ImagePointer() {}

    /**
     * {@return the pointer, such as {@code /spec/containers/0/image}}
     *
     * @param image an image of an object of a workload kind
     */
    public static String of(ReviewedImage image) {
        boolean volume =
                image.containerType().filter(ContainerType.VOLUME::equals).isPresent();
        return "/" + image.list().replace('.', '/') + "/" + image.index() + (volume ? "/image/reference" : "/image");
    }
}
