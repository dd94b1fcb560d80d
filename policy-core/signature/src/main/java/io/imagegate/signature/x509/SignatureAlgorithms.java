package io.imagegate.signature.x509;

import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.util.Arrays;
import java.util.Set;

/**
 * With which algorithms authorities may sign: ECDSA and RSA over a hash of the SHA-2 family, and Ed25519. The platform takes
 * others, too.
 */
final class SignatureAlgorithms {

    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final Set<String> STRONG = Set.of(
            "1.2.840.10045.4.3.2",
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            "1.2.840.113549.1.1.11",
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            "1.3.101.112");

    private SignatureAlgorithms() {}

    static void requireStrong(String what, DerElement algorithm) {
        Der parts = algorithm.inside();
        String oid = parts.next(Der.OID).oid();
        if (!STRONG.contains(oid) && !(oid.equals(PSS) && isStrongPss(parts))) {
            throw Refusal.violated(
                    SignatureFault.CERTIFICATE,
                    what + " is signed by the algorithm " + oid
                            + ", expected ECDSA or RSA with SHA-256, SHA-384 or SHA-512, or Ed25519");
        }
    }

    /** The hash stands first in the parameters; without it, it would be SHA-1. */
    private static boolean isStrongPss(Der parts) {
        if (!parts.isNext(Der.SEQUENCE)) {
            return false;
        }
        Der parameters = parts.next().inside();
        if (!parameters.isNext(Der.explicit(0))) {
            return false;
        }
        String hash = parameters
                .next()
                .inside()
                .next(Der.SEQUENCE)
                .inside()
                .next(Der.OID)
                .oid();
        return Arrays.stream(HashAlgorithm.values())
                .anyMatch(known -> known.oid().equals(hash));
    }
}
