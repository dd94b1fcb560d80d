package io.imagegate.kubernetes;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads either kind of review. {@code kind} decides which, at any position. If {@link #read} throws, the part read
 * before is available, so that the review can be answered. Used for one review. Not thread-safe.
 *
 * @param <X> exception of the cursor
 * @since 0.1
 */
public final class ReviewReader<X extends Exception> {

    /** Kind of the reviews of the ImagePolicyWebhook plugin. */
    public static final String IMAGE_REVIEW = "ImageReview";

    /** API version of an ImageReview. */
    public static final String IMAGE_REVIEW_VERSION = "imagepolicy.k8s.io/v1alpha1";

    /** Kind of the reviews of a validating webhook. */
    public static final String ADMISSION_REVIEW = "AdmissionReview";

    /** API version of an AdmissionReview. */
    public static final String ADMISSION_REVIEW_VERSION = "admission.k8s.io/v1";

    /** Field of a list. kubectl treats an object of any kind with it as a list. */
    public static final String ITEMS = "items";

    /**
     * The previous version, with the same fields. API servers up to 1.21 could send it, so recorded reviews may have
     * it.
     */
    private static final String BETA_ADMISSION_REVIEW_VERSION = "admission.k8s.io/v1beta1";

    private static final FieldNames KINDS = FieldNames.of(IMAGE_REVIEW, ADMISSION_REVIEW);
    private static final FieldNames VERSIONS = FieldNames.of(IMAGE_REVIEW_VERSION, ADMISSION_REVIEW_VERSION);
    private static final FieldNames REVIEW = FieldNames.of("kind", "apiVersion", "spec", "request");
    private static final FieldNames RECORDED_REVIEW = FieldNames.of("kind", "apiVersion", "spec", "request", ITEMS);

    private final Cursor<X> cursor;
    private final ObjectPlaces places;
    private final int maxImages;
    private final int maxAnnotations;
    /** Made when its field comes, since a review has only one of them. */
    private @Nullable ImageReviewReader<X> imageReview;

    private @Nullable AdmissionReader<X> admission;
    private String kind = "";
    private String apiVersion = "";
    private boolean requestSeen;
    private boolean recorded;

    /**
     * Makes a reader.
     *
     * @param cursor positioned in the review
     * @param places where images stand in objects
     * @param maxImages largest number of images in one review, and in one object in it
     * @param maxAnnotations largest number of annotations in one review, and in one object in it, of labels and of groups
     */
    public ReviewReader(Cursor<X> cursor, ObjectPlaces places, int maxImages, int maxAnnotations) {
        this.cursor = cursor;
        this.places = places;
        this.maxImages = maxImages;
        this.maxAnnotations = maxAnnotations;
    }

    /**
     * Makes a reader for a recorded review whose first fields were already read.
     *
     * @param <X> exception of the cursor
     * @param kind the kind, one of the two
     * @param apiVersion the API version, or an empty text if it was not read yet
     * @param cursor positioned in the rest of the review
     * @param places where images stand in objects
     * @param maxImages largest number of images in one review, and in one object in it
     * @param maxAnnotations largest number of annotations in one review, and in one object in it, of labels and of groups
     * @return the reader
     */
    public static <X extends Exception> ReviewReader<X> after(
            String kind, String apiVersion, Cursor<X> cursor, ObjectPlaces places, int maxImages, int maxAnnotations) {
        ReviewReader<X> reader = new ReviewReader<>(cursor, places, maxImages, maxAnnotations);
        reader.kind = kind;
        reader.apiVersion = apiVersion;
        reader.recorded = true;
        return reader;
    }

    /**
     * Reads all fields of the object that the cursor entered.
     *
     * @throws X if it is not a review, is a recorded one with items, or is over a limit
     */
    public void read() throws X {
        FieldNames names = recorded ? RECORDED_REVIEW : REVIEW;
        for (String field = cursor.field(names); field != null; field = cursor.field(names)) {
            switch (field) {
                case ITEMS -> throw withItems(cursor, kind);
                case "kind" -> kind();
                case "apiVersion" -> apiVersion = cursor.text(field, VERSIONS);
                case "spec" -> spec();
                default -> request();
            }
        }
    }

    /**
     * {@return the problem of a review with items}
     *
     * @param <X> exception of the cursor
     * @param cursor positioned in the review
     * @param kind its kind
     */
    public static <X extends Exception> X withItems(Cursor<X> cursor, String kind) {
        return cursor.malformed(
                "an " + kind + " with items, which only kubectl reads as a list: expected a review or a" + " list");
    }

    /**
     * Finishes the review.
     *
     * @return the request; an object without a kind is treated as an ImageReview
     * @throws X if the API version does not match the kind, or an object in the review is malformed
     */
    public ReviewRequest review() throws X {
        boolean isAdmission = kind.equals(ADMISSION_REVIEW);
        String expected = isAdmission ? ADMISSION_REVIEW_VERSION : IMAGE_REVIEW_VERSION;
        boolean beta = isAdmission && recorded && apiVersion.equals(BETA_ADMISSION_REVIEW_VERSION);
        if (!apiVersion.isEmpty() && !apiVersion.equals(expected) && !beta) {
            throw cursor.malformed("apiVersion: expected " + expected + ", got " + SafeText.quote(apiVersion, 60));
        }
        if (!isAdmission) {
            return imageReview().request();
        }
        if (admission().uid().isEmpty()) {
            throw cursor.malformed("request.uid: expected a string, got none");
        }
        return admission().request();
    }

    /** {@return whether this is an AdmissionReview; before the kind is read, whether it looks like one} */
    public boolean isAdmission() {
        return kind.isEmpty() ? requestSeen : kind.equals(ADMISSION_REVIEW);
    }

    /** {@return the uid of an AdmissionReview, if it was read} */
    public Optional<String> uid() {
        return Optional.ofNullable(admission).map(AdmissionReader::uid).filter(uid -> !uid.isEmpty());
    }

    private void kind() throws X {
        kind = cursor.text("kind", KINDS);
        if (!kind.isEmpty() && !kind.equals(IMAGE_REVIEW) && !kind.equals(ADMISSION_REVIEW)) {
            throw cursor.malformed(
                    "kind: expected " + IMAGE_REVIEW + " or " + ADMISSION_REVIEW + ", got " + SafeText.quote(kind, 60));
        }
    }

    /** Fields of the other kind of review are ignored. */
    private void spec() throws X {
        if (!kind.equals(ADMISSION_REVIEW)) {
            imageReview().read();
        }
    }

    private void request() throws X {
        if (!kind.equals(IMAGE_REVIEW)) {
            requestSeen = true;
            admission().read();
        }
    }

    private ImageReviewReader<X> imageReview() {
        ImageReviewReader<X> reader = imageReview;
        if (reader == null) {
            reader = new ImageReviewReader<>(cursor, maxImages, maxAnnotations);
            imageReview = reader;
        }
        return reader;
    }

    private AdmissionReader<X> admission() {
        AdmissionReader<X> reader = admission;
        if (reader == null) {
            reader = new AdmissionReader<>(cursor, places, maxImages, maxAnnotations);
            admission = reader;
        }
        return reader;
    }
}
