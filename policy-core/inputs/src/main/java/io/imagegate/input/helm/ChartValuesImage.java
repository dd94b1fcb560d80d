package io.imagegate.input.helm;

import io.imagegate.input.ImagesOfFile;
import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.edit.ImageParts;
import io.imagegate.input.edit.WrittenInParts;
import io.imagegate.kubernetes.ChartImage;
import io.imagegate.kubernetes.ChartValues;
import io.imagegate.reference.ImageReference;
import java.util.ArrayList;
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
        List<Edit> edits = new ArrayList<>();
        if (parts == null) {
            return edits;
        }
        ImageParts after = ImageParts.of(name.text());
        if (!after.name().equals(ImageParts.of(images().get(0).text()).name())) {
            rename(after.name(), edits);
        }
        if (parts.parts().containsKey(ChartImage.SHA)
                && (after.digest().isEmpty() || after.digest().startsWith(ChartImage.ALGORITHM))) {
            edit(ChartImage.TAG, after.tag(), edits);
            edit(
                    ChartImage.SHA,
                    after.digest()
                            .substring(Math.min(
                                    ChartImage.ALGORITHM.length(),
                                    after.digest().length())),
                    edits);
        } else if (parts.parts().containsKey(ChartImage.DIGEST)) {
            edit(ChartImage.TAG, after.tag(), edits);
            edit(ChartImage.DIGEST, after.digest(), edits);
        } else {
            edit(ChartImage.TAG, after.version(), edits);
        }
        return edits;
    }

    private void rename(String name, List<Edit> edits) throws InputException {
        int slash = name.indexOf('/');
        boolean registry = !text(ChartImage.REGISTRY).isEmpty();
        if (registry && slash < 0) {
            throw problem(ChartImage.REGISTRY);
        }
        if (registry) {
            edit(ChartImage.REGISTRY, name.substring(0, slash), edits);
        }
        edit(ChartImage.REPOSITORY, registry ? name.substring(slash + 1) : name, edits);
    }

    private String text(String part) {
        ChartImage.Part found = parts == null ? null : parts.parts().get(part);
        return found == null ? "" : found.text();
    }

    private void edit(String name, String after, List<Edit> edits) throws InputException {
        ChartImage.Part part = parts == null ? null : parts.parts().get(name);
        if (part != null && !part.text().equals(after)) {
            edits.add(new Edit(part.offset(), part.line(), part.text(), after));
        } else if (part == null && !after.isEmpty()) {
            throw problem(name);
        }
    }

    private InputException problem(String part) {
        return new InputException(
                file(),
                line(),
                column(0),
                "these values have no place for the new " + part + " of the image: write " + part);
    }
}
