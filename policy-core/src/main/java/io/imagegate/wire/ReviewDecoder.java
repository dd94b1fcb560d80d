package io.imagegate.wire;

import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import java.util.Objects;

/**
 * Reads an {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} or an {@code AdmissionReview} of
 * {@code admission.k8s.io/v1} (the API's documentation, and what kube-apiserver 1.33 sends). Immutable and thread-safe.
 *
 * <p>Unknown fields and a {@code status} in a request are ignored. Null and missing fields are empty.
 *
 * @since 0.1
 */
public final class ReviewDecoder {

    private final WireLimits limits;
    private final SyntaxLimits text;

    /**
     * Makes a decoder.
     *
     * @param limits limits of a body
     */
    public ReviewDecoder(WireLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.text = limits.text();
    }

    /**
     * Reads a body.
     *
     * @param body holds the body from its first byte; not changed and not kept
     * @param length length of the body in bytes
     * @param places where images stand in objects
     * @return the request
     * @throws MalformedReviewException if the body is not a review in one JSON object, or is over a limit
     * @throws IndexOutOfBoundsException if the length is not within the array
     */
    public ReviewRequest decode(byte[] body, int length, ObjectPlaces places) throws MalformedReviewException {
        Objects.checkFromIndexSize(0, length, body.length);
        int readable = Math.min(length, limits.bodyBytes());
        JsonCursor<MalformedReviewException> cursor =
                JsonCursor.of(body, readable, text, MalformedReviewException.PROBLEMS);
        ReviewReader<MalformedReviewException> review =
                new ReviewReader<>(cursor, places, limits.images(), limits.annotations());
        try {
            read(cursor, review);
            if (readable == length) {
                return review.review();
            }
        } catch (MalformedReviewException e) {
            if (readable == length) {
                throw e.in(review);
            }
        }
        throw MalformedReviewException.tooLarge(limits.bodyBytes(), review);
    }

    private static void read(JsonCursor<MalformedReviewException> cursor, ReviewReader<MalformedReviewException> review)
            throws MalformedReviewException {
        if (!cursor.begin()) {
            throw cursor.malformed("expected a JSON object, got nothing");
        }
        ValueType type = cursor.type();
        if (type != ValueType.OBJECT) {
            cursor.skip();
            throw cursor.malformed("expected a JSON object, got " + type);
        }
        cursor.enterObject();
        review.read();
        if (cursor.begin()) {
            throw cursor.malformed("expected the end of the body after the JSON object");
        }
    }
}
