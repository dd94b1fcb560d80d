package io.imagegate.signature.crypto;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * How signatures are written. Providers take forms that others refuse; only what is written as the standards say counts, whoever
 * verifies.
 */
final class SignatureEncoding {

    static final String PSS = "RSASSA-PSS";
    /** The object identifier of it. */
    private static final String PSS_OID = "1.2.840.113549.1.1.10";

    private static final int ED25519_BYTES = 64;

    private SignatureEncoding() {}

    /**
     * {@return whether a signature may be one of a key}
     *
     * @param algorithm its name in Java, or its object identifier
     */
    static boolean isOf(PublicKey key, String algorithm, byte[] signature) {
        if (key instanceof ECPublicKey curve) {
            return EcdsaSignature.isCanonical(signature, curve.getParams().getOrder());
        }
        if (key instanceof RSAPublicKey rsa) {
            return algorithm.equals(PSS) || algorithm.equals(PSS_OID) || Pkcs1Signature.isOf(rsa, signature);
        }
        return key instanceof EdECPublicKey && signature.length == ED25519_BYTES;
    }
}
