package io.imagegate.signature.x509;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate (RFC 5280), read strictly. Paths are built by the platform from the same bytes. */
public final class Certificate {

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final String what;
    private final byte[] encoded;
    private final DerElement toBeSigned;
    private final DerElement algorithm;
    private final byte[] signature;
    private final byte[] serial;
    private final byte[] issuer;
    private final DistinguishedName subject;
    private final byte[] subjectEncoded;
    private final Instant notBefore;
    private final Instant notAfter;
    private final VerificationKey key;
    private final Extensions extensions;
    private volatile @Nullable Platform platform;

    /** The platform's own form, made by a provider. */
    private record Platform(Crypto crypto, X509Certificate x509) {}

    private Certificate(String what, byte[] encoded) {
        this.what = what;
        this.encoded = encoded;
        Der outer = Der.only(what, encoded, Der.SEQUENCE).inside();
        toBeSigned = outer.next(Der.SEQUENCE);
        algorithm = outer.next(Der.SEQUENCE);
        signature = outer.next(Der.BIT_STRING).bits();
        outer.end();
        Der parts = toBeSigned.inside();
        Der version = parts.next(Der.explicit(0)).inside();
        if (version.next(Der.INTEGER).small() != 2) {
            throw Refusal.format(what + " is not of version 3");
        }
        serial = parts.next(Der.INTEGER).integerBytes();
        parts.next(Der.SEQUENCE);
        issuer = parts.next(Der.SEQUENCE).encoded();
        Der validity = parts.next(Der.SEQUENCE).inside();
        notBefore = validity.next().time();
        notAfter = validity.next().time();
        validity.end();
        DerElement name = parts.next(Der.SEQUENCE);
        subjectEncoded = name.encoded();
        subject = DistinguishedName.read(what, name.inside());
        key = VerificationKey.read(what, parts.next(Der.SEQUENCE).encoded());
        Der extended = parts.next(Der.explicit(3)).inside();
        extensions = Extensions.read(what, extended.next(Der.SEQUENCE).inside());
        extended.end();
        parts.end();
    }

    public static Certificate read(String what, byte[] encoded) {
        return new Certificate(what, encoded);
    }

    /** {@return certificates that the platform read} */
    public static List<Certificate> readAll(String what, List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> {
                    try {
                        return new Certificate(what, certificate.getEncoded());
                    } catch (CertificateEncodingException e) {
                        throw new IllegalArgumentException("a certificate without an encoding", e);
                    }
                })
                .toList();
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    public DerElement toBeSigned() {
        return toBeSigned;
    }

    public Extensions extensions() {
        return extensions;
    }

    public VerificationKey key() {
        return key;
    }

    public DistinguishedName subject() {
        return subject;
    }

    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }

    boolean isSame(byte[] otherEncoded) {
        return Arrays.equals(encoded, otherEncoded);
    }

    public boolean isValidAt(Instant time) {
        return !time.isBefore(notBefore) && !time.isAfter(notAfter);
    }

    public boolean isSelfIssued() {
        return Arrays.equals(issuer, subjectEncoded);
    }

    public boolean isNamed(byte[] issuerEncoded, byte[] serialValue) {
        return Arrays.equals(issuer, issuerEncoded) && Arrays.equals(serial, serialValue);
    }

    public boolean isIssuedByNameOf(Certificate other) {
        return Arrays.equals(issuer, other.subjectEncoded);
    }

    byte[] serial() {
        return serial;
    }

    /** Refuses a certificate that an authority signed by a weak algorithm. */
    void requireStronglySigned() {
        SignatureAlgorithms.requireStrong(what, algorithm);
    }

    /** Refuses a certificate whose signature cannot be one of its issuer's key, although the platform may take it. */
    void requireSignatureOf(Crypto crypto, VerificationKey issuerKey) {
        String oid = algorithm.inside().next(Der.OID).oid();
        if (!issuerKey.fits(crypto, oid, signature)) {
            throw Refusal.violated(
                    SignatureFault.CERTIFICATE,
                    what + " has a signature that is none: it is not written as those of " + issuerKey + " are");
        }
    }

    /** Refuses a certificate that is not for signing. */
    public void requireForSigning() {
        if (extensions.isAuthority()) {
            throw refused("it is one of an authority, expected one that issues no certificates");
        }
        if (!extensions.isForSignatures()) {
            throw refused("its key usage has no digital signature");
        }
        boolean purpose = extensions
                .purposes()
                .filter(purposes -> purposes.contains(CODE_SIGNING) && !purposes.contains(ANY_PURPOSE))
                .isPresent();
        if (!purpose) {
            throw refused("its extended key usage is not code signing");
        }
    }

    private Refusal refused(String why) {
        return Refusal.violated(SignatureFault.CERTIFICATE, what + " is not for signing: " + why);
    }

    /**
     * {@return the platform's own form, always the same object} It remembers with whose key it was verified, so certificates of
     * a trusted root are verified once and not for each signature.
     */
    X509Certificate x509(Crypto crypto) {
        Platform known = platform;
        if (known == null || known.crypto != crypto) {
            known = new Platform(crypto, crypto.certificate(what, encoded));
            platform = known;
        }
        return known.x509;
    }
}
