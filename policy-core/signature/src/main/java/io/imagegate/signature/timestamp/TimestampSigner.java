package io.imagegate.signature.timestamp;

import io.imagegate.signature.crypto.CmsAlgorithm;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who signed a message of CMS (SignerInfo of RFC 5652), with the attributes that are signed with it. */
final class TimestampSigner {

    private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

    private final byte @Nullable [] issuer;
    private final byte[] serialOrKeyId;
    private final HashAlgorithm hash;
    private final DerElement attributes;
    private final String algorithm;
    private final byte[] signature;

    private TimestampSigner(String what, Der parts) {
        int version = parts.next(Der.INTEGER).small();
        if (parts.isNext(Der.SEQUENCE)) {
            Der name = parts.next().inside();
            issuer = name.next(Der.SEQUENCE).encoded();
            serialOrKeyId = name.next(Der.INTEGER).integerBytes();
            name.end();
        } else {
            issuer = null;
            serialOrKeyId = parts.next(Der.implicit(0)).value();
        }
        if (version != (issuer == null ? 3 : 1)) {
            throw Refusal.format(what + " has a signer of another version");
        }
        hash = TimestampContent.algorithm(parts.next(Der.SEQUENCE));
        attributes = parts.next(Der.explicit(0));
        algorithm = parts.next(Der.SEQUENCE).inside().next(Der.OID).oid();
        signature = parts.next(Der.OCTET_STRING).value();
        if (parts.isNext(Der.explicit(1))) {
            parts.next();
        }
        parts.end();
    }

    static TimestampSigner read(String what, Der parts) {
        return new TimestampSigner(what, parts);
    }

    /** The message announces its hashes: the one of its only signer. */
    void requireOnlyHash(Der algorithms) {
        HashAlgorithm announced = TimestampContent.algorithm(algorithms.next(Der.SEQUENCE));
        algorithms.end();
        if (announced != hash) {
            throw Refusal.format("the timestamp announces another hash than its signer uses");
        }
    }

    boolean isNamed(Certificate certificate) {
        return issuer == null
                ? certificate
                        .extensions()
                        .subjectKeyId()
                        .map(id -> Arrays.equals(id, serialOrKeyId))
                        .orElse(false)
                : certificate.isNamed(issuer, serialOrKeyId);
    }

    /** {@return whether the attributes are about this content and certificate, and the signature is over them} */
    boolean verifies(Crypto crypto, Certificate certificate, byte[] content) {
        Map<String, DerElement> signed = signedAttributes();
        DerElement type = signed.get(CONTENT_TYPE);
        DerElement digest = signed.get(MESSAGE_DIGEST);
        boolean about = type != null
                && type.tag() == Der.OID
                && type.oid().equals(TimestampContent.OID)
                && digest != null
                && digest.tag() == Der.OCTET_STRING
                && Arrays.equals(digest.value(), crypto.digest(hash, content));
        return about && namesCertificate(crypto, signed, certificate) && verifies(crypto, certificate.key());
    }

    private Map<String, DerElement> signedAttributes() {
        Map<String, DerElement> found = new HashMap<>();
        Der list = attributes.inside();
        while (list.hasNext()) {
            Der parts = list.next(Der.SEQUENCE).inside();
            String oid = parts.next(Der.OID).oid();
            Der values = parts.next(Der.SET).inside();
            DerElement value = values.next();
            values.end();
            parts.end();
            if (found.put(oid, value) != null) {
                throw Refusal.format("the timestamp has a signed attribute twice");
            }
        }
        return found;
    }

    /** The attribute holds the hash of the certificate that signed (RFC 5035), by SHA-256 unless it says otherwise. */
    private static boolean namesCertificate(Crypto crypto, Map<String, DerElement> signed, Certificate certificate) {
        DerElement attribute = signed.get(SIGNING_CERTIFICATE_V2);
        if (attribute == null) {
            return true;
        }
        Der id = attribute
                .inside()
                .next(Der.SEQUENCE)
                .inside()
                .next(Der.SEQUENCE)
                .inside();
        HashAlgorithm hash = id.isNext(Der.SEQUENCE) ? TimestampContent.algorithm(id.next()) : HashAlgorithm.SHA256;
        return Arrays.equals(id.next(Der.OCTET_STRING).value(), crypto.digest(hash, certificate.encoded()));
    }

    /** What is signed is the list of attributes under the tag of a set. */
    private boolean verifies(Crypto crypto, VerificationKey key) {
        byte[] encoded = attributes.encoded();
        encoded[0] = Der.SET;
        return key.verifies(crypto, CmsAlgorithm.of(algorithm, hash), MessageSource.of(encoded), signature);
    }
}
