package io.imagegate.signature.timestamp;

import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import java.time.Instant;

/**
 * What an authority signs (TSTInfo of RFC 3161).
 *
 * @param hash algorithm of the imprint
 * @param imprint hash of what was stamped
 * @param time when it was stamped
 */
record TimestampContent(HashAlgorithm hash, Bytes imprint, Instant time) {

    static final String OID = "1.2.840.113549.1.9.16.1.4";

    static TimestampContent read(String what, byte[] encoded) {
        Der parts = Der.only(what, encoded, Der.SEQUENCE).inside();
        TimestampToken.requireVersion(parts.next(Der.INTEGER), 1);
        parts.next(Der.OID).oid();
        Der imprint = parts.next(Der.SEQUENCE).inside();
        HashAlgorithm hash = algorithm(imprint.next(Der.SEQUENCE));
        byte[] hashed = imprint.next(Der.OCTET_STRING).value();
        imprint.end();
        parts.next(Der.INTEGER).integer();
        Instant time = parts.next(Der.GENERALIZED_TIME).time();
        return new TimestampContent(hash, Bytes.of(hashed), time);
    }

    /** {@return the hash that an algorithm identifier names} */
    static HashAlgorithm algorithm(DerElement identifier) {
        Der parts = identifier.inside();
        HashAlgorithm hash = HashAlgorithm.ofOid(parts.next(Der.OID).oid());
        if (parts.isNext(Der.NULL)) {
            parts.next();
        }
        parts.end();
        return hash;
    }
}
