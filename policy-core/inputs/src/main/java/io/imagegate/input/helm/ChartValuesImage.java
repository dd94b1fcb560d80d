package io.imagegate.input.helm;

import io.imagegate.input.ImagesOfFile;
import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.edit.ChartImageEdits;
import io.imagegate.input.edit.WrittenInParts;
import io.imagegate.kubernetes.ChartImage;
import io.imagegate.kubernetes.ChartValues;
import io.imagegate.reference.ImageReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image of values of a chart. */
final class ChartValuesImage extends ImagesOfFile implements WrittenInParts {

    private static final String TITLE = "Helm values";

    private final @Nullable ChartImage parts;

    private ChartValuesImage(String file, InputImage image, @Nullable ChartImage parts) {
        super(file, image.line(), TITLE, List.of(image));
        this.parts = parts;
    }

    /** {@return an image that was found} */
    static ChartValuesImage of(String file, ChartValues.Found found) {
        InputImage image = new InputImage(found.image(), found.line(), found.column(), found.offset());
        return new ChartValuesImage(file, image, found.parts());
    }

    @Override
    public List<Edit> edits(ImageReference name) throws InputException {
        return parts == null
                ? List.of()
                : ChartImageEdits.of(parts, images().get(0).text(), name, this::problem);
    }

    private InputException problem(String part) {
        return new InputException(
                file(),
                line(),
                column(0),
                "these values have no place for the new " + part + " of the image: write " + part);
    }
}
