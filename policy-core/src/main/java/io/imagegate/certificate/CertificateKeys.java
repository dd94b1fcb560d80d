package io.imagegate.certificate;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * Rejects chains with a certificate below the trusted authority whose key is not in the one form of its kind. Which forms and curves
 * the JVM takes depends on its providers.
 */
public final class CertificateKeys extends ChainCheck {

    /** The tag of the version, which certificates of the first version do not have. */
    private static final int VERSION = 0xa0;

    /** Serial number, algorithm of the signature, issuer, validity and subject. */
    private static final int PARTS_BEFORE_KEY = 5;

    private static final int LONG = 0x80;
    private static final int LONGEST_LENGTH = 3;

    /** Makes a check. */
    public CertificateKeys() {
        super(
                "a certificate has a key on another curve than P-256, P-384 and P-521, or a key that is not written in the one way"
                        + " of DER");
    }

    @Override
    protected boolean accepts(X509Certificate certificate) {
        try {
            PublicKey key = certificate.getPublicKey();
            return PublicKeyInfo.isCommon(key, info(certificate.getTBSCertificate())) && PublicKeyInfo.isSound(key);
        } catch (CertificateException | RuntimeException unreadable) {
            return false;
        }
    }

    /** {@return the key as the certificate holds it (RFC 5280); a provider's key may be written in another way} */
    private static byte[] info(byte[] signed) {
        ByteBuffer parts = ByteBuffer.wrap(signed);
        length(parts);
        if (Byte.toUnsignedInt(parts.get(parts.position())) == VERSION) {
            skip(parts);
        }
        for (int i = 0; i < PARTS_BEFORE_KEY; i++) {
            skip(parts);
        }
        int start = parts.position();
        skip(parts);
        byte[] info = new byte[parts.position() - start];
        parts.get(start, info);
        return info;
    }

    private static void skip(ByteBuffer parts) {
        int length = length(parts);
        parts.position(parts.position() + length);
    }

    /** Reads the tag and the length of an element of DER. */
    private static int length(ByteBuffer parts) {
        parts.get();
        int length = Byte.toUnsignedInt(parts.get());
        if (length < LONG) {
            return length;
        }
        int bytes = length - LONG;
        if (bytes == 0 || bytes > LONGEST_LENGTH) {
            throw new IllegalArgumentException("a length of " + bytes + " bytes");
        }
        length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << Byte.SIZE | Byte.toUnsignedInt(parts.get());
        }
        return length;
    }
}
