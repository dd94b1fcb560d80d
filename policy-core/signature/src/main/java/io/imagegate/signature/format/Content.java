package io.imagegate.signature.format;

import io.imagegate.text.Copies;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a signature is about, as read from its payload.
 *
 * @param kind of payload, for people
 * @param isImageSignature whether it is a signature of an image, and no attestation or signature of a file
 * @param predicateType of a statement; empty for other payloads
 * @param annotations that are texts
 * @param predicate of a statement, if it has one
 */
public record Content(
        String kind,
        boolean isImageSignature,
        Optional<String> predicateType,
        Map<String, String> annotations,
        @Nullable PayloadRange predicate) {

    /** The type of statements that are signatures. */
    public static final String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

    public Content {
        annotations = Copies.of(annotations);
    }

    /** {@return what a signature of an image says, and nothing else can} */
    public static Content imageSignature(String kind, Map<String, String> annotations) {
        return new Content(kind, true, Optional.empty(), annotations, null);
    }

    static Content statement(String predicateType, Map<String, String> annotations, @Nullable PayloadRange predicate) {
        return new Content(
                "statement", predicateType.equals(SIGNATURE), Optional.of(predicateType), annotations, predicate);
    }

    /** {@return content that is the artifact itself} */
    public static Content artifact() {
        return new Content("artifact", false, Optional.empty(), Map.of(), null);
    }

    /** {@return the predicate as JSON in UTF-8; empty if there is none} */
    public InputStream openPredicate() {
        return predicate == null ? new ByteArrayInputStream(new byte[0]) : predicate.open();
    }
}
