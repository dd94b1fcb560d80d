package io.imagegate.input.edit;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.WrittenInParts.Edit;
import io.imagegate.kubernetes.ChartImage;
import io.imagegate.kubernetes.ChartImage.Part;
import io.imagegate.reference.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is to be replaced in the parts of an image of a chart so that it gets another name. Not thread-safe. */
public final class ChartImageEdits {

    private final Map<String, Part> parts;
    private final Function<String, InputException> missing;
    private final List<Edit> edits = new ArrayList<>();

    private ChartImageEdits(ChartImage image, Function<String, InputException> missing) {
        this.parts = image.parts();
        this.missing = missing;
    }

    /**
     * {@return what is to be replaced}
     *
     * @param image the image with its parts
     * @param before the image as a text
     * @param name its new name
     * @param missing makes an exception for a part that has no place
     */
    public static List<Edit> of(
            ChartImage image, String before, ImageReference name, Function<String, InputException> missing)
            throws InputException {
        ChartImageEdits edits = new ChartImageEdits(image, missing);
        ImageParts after = ImageParts.of(name.text());
        if (!after.name().equals(ImageParts.of(before).name())) {
            edits.rename(after.name());
        }
        edits.version(after);
        return edits.edits;
    }

    private void version(ImageParts after) throws InputException {
        boolean isHash = after.digest().isEmpty() || after.digest().startsWith(ChartImage.ALGORITHM);
        if (parts.containsKey(ChartImage.SHA) && isHash) {
            edit(ChartImage.TAG, after.tag());
            edit(
                    ChartImage.SHA,
                    after.digest()
                            .substring(Math.min(
                                    ChartImage.ALGORITHM.length(),
                                    after.digest().length())));
        } else if (parts.containsKey(ChartImage.DIGEST)) {
            edit(ChartImage.TAG, after.tag());
            edit(ChartImage.DIGEST, after.digest());
        } else {
            edit(ChartImage.TAG, after.version());
        }
    }

    private void rename(String name) throws InputException {
        int slash = name.indexOf('/');
        Part found = parts.get(ChartImage.REGISTRY);
        boolean registry = found != null && !found.text().isEmpty();
        if (registry && slash < 0) {
            throw missing.apply(ChartImage.REGISTRY);
        }
        if (registry) {
            edit(ChartImage.REGISTRY, name.substring(0, slash));
        }
        edit(ChartImage.REPOSITORY, registry ? name.substring(slash + 1) : name);
    }

    private void edit(String name, String after) throws InputException {
        @Nullable Part part = parts.get(name);
        if (part != null && !part.text().equals(after)) {
            edits.add(Edit.of(part.offset(), part.line(), part.text(), after));
        } else if (part == null && !after.isEmpty()) {
            throw missing.apply(name);
        }
    }
}
