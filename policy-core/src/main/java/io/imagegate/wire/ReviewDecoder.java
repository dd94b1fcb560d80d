package io.imagegate.wire;

import io.imagegate.reference.SafeText;
import io.imagegate.review.ImageReview;
import io.imagegate.review.Place;
import io.imagegate.review.ReviewedImage;
import io.imagegate.wire.JsonCursor.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads an {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} (the API's documentation, and what kube-apiserver
 * 1.33 sends). Immutable and thread-safe.
 *
 * <p>Unknown fields are skipped, null and missing ones mean empty, and a {@code status} in a request means nothing.
 */
public final class ReviewDecoder {

    static final String KIND = "ImageReview";
    static final String API_VERSION = "imagepolicy.k8s.io/v1alpha1";

    private final WireLimits limits;
    private final JsonFactory factory;

    /**
     * Makes a decoder.
     *
     * @param limits how much a body may hold
     */
    public ReviewDecoder(WireLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.nesting())
                        .maxStringLength(limits.stringChars())
                        .maxDocumentLength(limits.bodyBytes())
                        .build())
                .build();
    }

    /**
     * Reads a body.
     *
     * @param body holds the body from its first byte; not changed and not kept
     * @param length length of the body in bytes
     * @return the review
     * @throws MalformedReviewException if it is not one JSON object with the shape of an ImageReview, or is over a limit
     * @throws IndexOutOfBoundsException if the length is not within the array
     */
    public ImageReview decode(byte[] body, int length) throws MalformedReviewException {
        Objects.checkFromIndexSize(0, length, body.length);
        if (length > limits.bodyBytes()) {
            throw new MalformedReviewException(
                    "review too large: expected " + limits.bodyBytes() + " bytes at most, got more");
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body, 0, length)) {
            return new Reading(new JsonCursor(parser, limits)).review();
        }
    }

    /** The reading of one body. */
    private final class Reading {
        private final JsonCursor cursor;
        private final List<ReviewedImage> images = new ArrayList<>(4);
        private Map<String, String> annotations = Map.of();
        private String namespace = "";

        Reading(JsonCursor cursor) {
            this.cursor = cursor;
        }

        ImageReview review() throws MalformedReviewException {
            Fields fields = cursor.begin();
            for (String name = fields.next(); name != null; name = fields.next()) {
                switch (name) {
                    case "kind" -> require(name, KIND);
                    case "apiVersion" -> require(name, API_VERSION);
                    case "spec" -> spec(cursor.object(name));
                    default -> cursor.skip();
                }
            }
            cursor.end();
            return new ImageReview(namespace, annotations, images);
        }

        private void require(String field, String expected) throws MalformedReviewException {
            String value = cursor.text(field);
            if (!value.isEmpty() && !value.equals(expected)) {
                throw cursor.malformed(field + ": expected " + expected + ", got " + SafeText.quote(value, 60));
            }
        }

        private void spec(@Nullable Fields fields) throws MalformedReviewException {
            if (fields == null) {
                return;
            }
            for (String name = fields.next(); name != null; name = fields.next()) {
                switch (name) {
                    case "containers" -> containers();
                    case "annotations" -> annotations(cursor.object("spec.annotations"));
                    case "namespace" -> namespace = cursor.text("spec.namespace");
                    default -> cursor.skip();
                }
            }
        }

        private void containers() throws MalformedReviewException {
            if (!cursor.array("spec.containers")) {
                return;
            }
            for (int i = 0; cursor.nextElement(); i++) {
                if (i == limits.images()) {
                    throw cursor.malformed("spec.containers: expected " + limits.images() + " containers at most");
                }
                images.add(
                        new ReviewedImage(image(cursor.object("spec.containers")), new Place("containers", i, null)));
            }
        }

        private String image(@Nullable Fields fields) throws MalformedReviewException {
            String image = "";
            if (fields != null) {
                for (String name = fields.next(); name != null; name = fields.next()) {
                    if (name.equals("image")) {
                        image = cursor.text("spec.containers.image");
                    } else {
                        cursor.skip();
                    }
                }
            }
            return image;
        }

        private void annotations(@Nullable Fields fields) throws MalformedReviewException {
            if (fields == null) {
                return;
            }
            annotations = new LinkedHashMap<>();
            for (String name = fields.next(); name != null; name = fields.next()) {
                if (annotations.size() == limits.annotations()) {
                    throw cursor.malformed("spec.annotations: expected " + limits.annotations() + " at most");
                }
                annotations.put(name, cursor.text("spec.annotations"));
            }
        }
    }
}
