package io.imagegate.signature.format;

import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.RangeInputStream;
import io.imagegate.text.Copies;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a signature is about, as read from its payload.
 *
 * @param form what kind of payload it is
 * @param predicateType of a statement; empty for other payloads
 * @param annotations that are texts
 * @param predicate of a statement, if it has one
 */
public record Content(
        Form form,
        Optional<String> predicateType,
        Map<String, String> annotations,
        @Nullable Predicate predicate) {

    /** Kinds of payloads, by their names for people. */
    public enum Form {
        SIMPLE_SIGNING("simple signing"),
        NOTATION("Notation"),
        STATEMENT("statement"),
        ARTIFACT("artifact");

        private final String text;

        Form(String text) {
            this.text = text;
        }

        /** {@return the name} */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Where a predicate is in a payload. */
    record Predicate(Base64Text payload, long start, long end) {}

    public Content {
        annotations = Copies.of(annotations);
    }

    static Content simpleSigning(Map<String, String> annotations) {
        return new Content(Form.SIMPLE_SIGNING, Optional.empty(), annotations, null);
    }

    static Content notation(Map<String, String> annotations) {
        return new Content(Form.NOTATION, Optional.empty(), annotations, null);
    }

    static Content statement(String predicateType, Map<String, String> annotations, @Nullable Predicate predicate) {
        return new Content(Form.STATEMENT, Optional.of(predicateType), annotations, predicate);
    }

    /** {@return content that is the artifact itself} */
    static Content artifact() {
        return new Content(Form.ARTIFACT, Optional.empty(), Map.of(), null);
    }

    /** {@return the predicate as JSON in UTF-8; empty if there is none} */
    public InputStream openPredicate() {
        return predicate == null
                ? new ByteArrayInputStream(new byte[0])
                : new RangeInputStream(predicate.payload().open(), predicate.start(), predicate.end());
    }
}
