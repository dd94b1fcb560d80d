package io.imagegate.signature.format;

import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.RangeInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a signature is about, as read from its payload.
 *
 * @param simpleSigning whether the payload is one of simple signing
 * @param predicateType of a statement; empty for other payloads
 * @param annotations that are texts
 * @param predicate of a statement, if it has one
 */
public record Content(
        boolean simpleSigning,
        Optional<String> predicateType,
        Map<String, String> annotations,
        @Nullable Predicate predicate) {

    /** Where a predicate is in a payload. */
    record Predicate(Base64Text payload, long start, long end) {}

    public Content {
        annotations = Map.copyOf(annotations);
    }

    static Content simpleSigning(Map<String, String> annotations) {
        return new Content(true, Optional.empty(), annotations, null);
    }

    static Content statement(String predicateType, Map<String, String> annotations, @Nullable Predicate predicate) {
        return new Content(false, Optional.of(predicateType), annotations, predicate);
    }

    /** {@return content that is the artifact itself} */
    static Content artifact() {
        return new Content(false, Optional.empty(), Map.of(), null);
    }

    /** {@return the predicate as JSON in UTF-8; empty if there is none} */
    public InputStream openPredicate() {
        return predicate == null
                ? new ByteArrayInputStream(new byte[0])
                : new RangeInputStream(predicate.payload().open(), predicate.start(), predicate.end());
    }
}
