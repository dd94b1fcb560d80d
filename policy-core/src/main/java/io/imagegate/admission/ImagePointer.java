package io.imagegate.admission;

import io.imagegate.review.ContainerType;
import io.imagegate.review.ReviewedImage;

/**
 * JSON pointers of images in objects. Names of fields in them that users choose have letters, digits, {@code -} and {@code _}
 * alone.
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
        String path = image.path()
                .orElseGet(() -> image.list() + "[" + image.index() + (volume ? "].image.reference" : "].image"));
        return "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }
}
