package io.imagegate.input.kustomize;

import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Optional;

/**
 * Image that an entry of {@code images} of a kustomization gives to resources that are not read, such as a base in another repository.
 *
 * @param object the image by itself
 * @param made the image, which knows where its name and its version are written
 */
record LooseImage(InputObject object, ManifestNode made) {

    /** {@return the image of an entry that no image had the name of, if it makes one} */
    static Optional<LooseImage> of(Kustomization by, ImageEntry entry, int index) {
        ManifestNode made = entry.isUsed() ? null : entry.alone();
        if (made == null) {
            return Optional.empty();
        }
        ReviewedImage image = ReviewedImage.of(made.text, "images", index);
        String missing = entry.missing();
        InputImage found =
                new InputImage(missing.isEmpty() ? image : image.withUnknown(missing), made.line, made.column, -1);
        return Optional.of(
                new LooseImage(InputObject.of(made.source.name(), made.line, by.title(), List.of(found)), made));
    }
}
