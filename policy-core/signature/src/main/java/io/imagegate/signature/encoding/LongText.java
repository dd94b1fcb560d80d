package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.nio.charset.StandardCharsets;

/** A long text without escapes in a document of JSON, which is not copied: the payload of an attestation has megabytes. */
final class LongText {

    /** Longest text that is copied. */
    private static final int COPIED = 64 * 1024;

    private final byte[] document;
    private final int start;
    private final int end;

    LongText(byte[] document, int start, int end) {
        this.document = document;
        this.start = start;
        this.end = end;
    }

    Base64Text base64(String what) {
        return Base64Text.of(what, document, start, end);
    }

    String text() {
        if (end - start > COPIED) {
            throw Refusal.undecidable("a text has " + (end - start) + " bytes, expected at most " + COPIED);
        }
        return new String(document, start, end - start, StandardCharsets.UTF_8);
    }
}
