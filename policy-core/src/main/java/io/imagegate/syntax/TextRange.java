package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A text in the bytes of the document that it was read from. Immutable as long as the document is not changed.
 *
 * @param document the document
 * @param start where the text starts in it
 * @param end where it ends
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record TextRange(byte[] document, int start, int end) {

    /** {@return the length of the text in bytes} */
    public int length() {
        return end - start;
    }

    /** {@return a copy of the text} */
    public String text() {
        return new String(document, start, end - start, UTF_8);
    }
}
