package io.imagegate.signature.format;

import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.RangeInputStream;
import java.io.InputStream;

/**
 * A value in a payload of JSON.
 *
 * @param payload the payload
 * @param start where the value starts, in decoded bytes
 * @param end where it ends
 */
record PayloadRange(Base64Text payload, long start, long end) {

    InputStream open() {
        return new RangeInputStream(payload.open(), start, end);
    }
}
