package io.imagegate.kubernetes;

import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the spec of an ImageReview. Not thread-safe. */
final class ImageReviewReader<X extends Exception> {

    private static final FieldNames SPEC = FieldNames.of("containers", "annotations", "namespace");
    private static final FieldNames IMAGE = FieldNames.of("image");

    private final Cursor<X> cursor;
    private final int maxImages;
    private final int maxAnnotations;
    private final List<ReviewedImage> images = new ArrayList<>(0);
    private Map<String, String> annotations = Map.of();
    private String namespace = "";

    ImageReviewReader(Cursor<X> cursor, int maxImages, int maxAnnotations) {
        this.cursor = cursor;
        this.maxImages = maxImages;
        this.maxAnnotations = maxAnnotations;
    }

    ImageReviewRequest request() {
        return new ImageReviewRequest(ImageReview.builder()
                .images(images)
                .namespace(Names.namespaceOrUnknown(namespace))
                .kind("Pod")
                .imagePolicyAnnotations(annotations)
                .build());
    }

    void read() throws X {
        if (!cursor.object("spec")) {
            return;
        }
        for (String field = cursor.field(SPEC); field != null; field = cursor.field(SPEC)) {
            switch (field) {
                case "containers" -> containers();
                case "namespace" -> namespace = cursor.text("spec.namespace");
                default -> annotations = ObjectMetadata.annotations(cursor, "spec.annotations", maxAnnotations);
            }
        }
    }

    private void containers() throws X {
        if (!cursor.array("spec.containers")) {
            return;
        }
        for (int i = 0; cursor.element(); i++) {
            if (i == maxImages) {
                throw cursor.tooMany("spec.containers: expected " + maxImages + " containers at most");
            }
            String image = "";
            if (cursor.object("spec.containers")) {
                while (cursor.field(IMAGE) != null) {
                    image = cursor.text("spec.containers.image");
                }
            }
            images.add(ReviewedImage.of(image, "containers", i));
        }
    }
}
