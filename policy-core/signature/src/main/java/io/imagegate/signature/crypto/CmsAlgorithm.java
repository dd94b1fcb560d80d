package io.imagegate.signature.crypto;

import io.imagegate.signature.refusal.Refusal;

/**
 * A signature algorithm of CMS.
 *
 * @param keys which keys make such signatures, as Java names them
 * @param name of the algorithm in Java
 */
public record CmsAlgorithm(String keys, String name) {

    /** {@return the algorithm of an object identifier, some of which leave the hash to the rest of the message} */
    public static CmsAlgorithm of(String oid, HashAlgorithm hash) {
        return switch (oid) {
            case "1.2.840.10045.2.1" -> new CmsAlgorithm("EC", hash.withoutDash() + "withECDSA");
            case "1.2.840.10045.4.3.2" -> new CmsAlgorithm("EC", "SHA256withECDSA");
            case "1.2.840.10045.4.3.3" -> new CmsAlgorithm("EC", "SHA384withECDSA");
            case "1.2.840.10045.4.3.4" -> new CmsAlgorithm("EC", "SHA512withECDSA");
            case "1.2.840.113549.1.1.1" -> new CmsAlgorithm("RSA", hash.withoutDash() + "withRSA");
            case "1.2.840.113549.1.1.11" -> new CmsAlgorithm("RSA", "SHA256withRSA");
            case "1.2.840.113549.1.1.12" -> new CmsAlgorithm("RSA", "SHA384withRSA");
            case "1.2.840.113549.1.1.13" -> new CmsAlgorithm("RSA", "SHA512withRSA");
            case "1.3.101.112" -> new CmsAlgorithm("Ed25519", "Ed25519");
            default ->
                throw Refusal.undecidable("the timestamp's signature algorithm " + oid + " is not supported, expected"
                        + " ECDSA, RSA PKCS #1 v1.5 or Ed25519");
        };
    }
}
