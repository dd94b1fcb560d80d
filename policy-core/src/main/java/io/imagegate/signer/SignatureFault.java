package io.imagegate.signer;

/**
 * What is wrong with a signature that does not count.
 *
 * @since 0.1
 */
public enum SignatureFault {
    /** The bytes are not what their format demands. */
    FORMAT,
    /** Something else was signed than what counts here. */
    CONTENT,
    /** Another digest was signed, or another media type or size of a manifest. */
    DIGEST,
    /** The signature is by another key, or over other bytes. */
    SIGNATURE,
    /** The key has expired, is too short, or is not one for the algorithm. */
    KEY,
    /** A key was wanted and a certificate found, or a signature in another form, or the reverse. */
    MATERIAL,
    /** The certificate has another identity, issuer, subject or source. */
    IDENTITY,
    /** The certificate is not for signing, is revoked, or no trusted authority issued it. */
    CERTIFICATE,
    /** Too few timestamps of certificate logs. */
    SCT,
    /** An entry of a transparency log is wrong, or there are too few. */
    LOG,
    /** A timestamp of an authority is wrong, or there are too few. */
    TIMESTAMP,
    /** No time is proven, or one outside the certificate's life; or the signature has expired. */
    TIME
}
