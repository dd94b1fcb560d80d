package io.imagegate.kubernetes;

import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of values of a Helm chart, as values in objects are read. Not thread-safe.
 *
 * @since 0.1
 */
public final class ChartValues {

    private static final ImagePlace PLACE = new ImagePlace(ImagePlace.ANYWHERE, "", null, "", "");

    private ChartValues() {}

    /**
     * An image in values.
     *
     * @param image the image, with its path in the values; unknown if the chart has a part of it
     * @param line its line, from 1
     * @param column its column, from 1
     * @param offset where it starts in its text; -1 if it is written in parts
     * @param parts its parts; null if it is one text
     * @since 0.1
     */
    public record Found(
            ReviewedImage image,
            int line,
            int column,
            int offset,
            @Nullable ChartImage parts) {}

    /**
     * Reads the object at a cursor.
     *
     * @param cursor where the values are
     * @param most largest number of images
     * @param <X> thrown for values that cannot be read
     * @return the images, in order; those of which the chart has a part included
     * @throws X if the values cannot be read, or have more images
     */
    public static <X extends Exception> List<Found> read(Cursor<X> cursor, int most) throws X {
        HelmValues<X> values = new HelmValues<>(cursor, new ImageFields(), "", most, true);
        List<FoundImage> images = values.read(PLACE);
        if (images.size() > most) {
            throw cursor.tooMany("expected " + most + " images at most in values of a chart");
        }
        List<Found> found = new ArrayList<>();
        for (FoundImage image : images) {
            found.add(new Found(image.reviewed(), image.line, image.column, image.offset, image.parts));
        }
        return found;
    }
}
