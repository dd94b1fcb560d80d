package io.imagegate.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.certificate.X509Reader;
import io.imagegate.follow.FileContents;
import io.imagegate.follow.FileContents.Content;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads PEM files. Every failure is a {@link TlsProblem} that names the file. */
public final class TlsFiles {

    private TlsFiles() {}

    /**
     * Reads a certificate and its key.
     *
     * @param certificates PEM, the server's certificate first
     * @param key PEM, PKCS#8 or the older forms for EC and RSA, not encrypted
     * @return both, which match
     */
    public static Identity identity(Path certificates, Path key) {
        return identity(read(certificates), read(key));
    }

    /**
     * Reads a certificate and its key from contents.
     *
     * @param certificates PEM, the certificate first
     * @param key PEM, PKCS#8 or the older forms for EC and RSA, not encrypted
     * @return both, which match
     */
    public static Identity identity(Content certificates, Content key) {
        Identity identity = new Identity(PrivateKeys.read(key), certificates(certificates));
        if (!belongTogether(identity.key(), identity.certificate().getPublicKey())) {
            throw new TlsProblem(
                    "the key in " + key.file() + " does not belong to the first certificate in " + certificates.file());
        }
        return identity;
    }

    /**
     * Reads all certificates in a file.
     *
     * @param file PEM, one certificate or more
     * @return the certificates in their order, at least one
     */
    public static List<X509Certificate> certificates(Path file) {
        return certificates(read(file));
    }

    /**
     * Reads all certificates in a content.
     *
     * @param pem one certificate or more
     * @return the certificates in their order, at least one
     */
    public static List<X509Certificate> certificates(Content pem) {
        List<X509Certificate> found;
        try {
            found = X509Reader.INSTALLED.certificates(readable(pem).getBytes(ISO_8859_1));
        } catch (CertificateException malformed) {
            throw new TlsProblem(pem.file() + ": expected PEM certificates: " + malformed.getMessage(), malformed);
        }
        if (found.isEmpty()) {
            throw new TlsProblem(pem.file() + ": expected PEM certificates, found none");
        }
        return found;
    }

    private static Content read(Path file) {
        return FileContents.read(List.of(file)).get(0);
    }

    /** {@return the text of a file that could be read} */
    static String readable(Content content) {
        if (content.problem() != null) {
            throw new TlsProblem(content.file() + ": " + content.problem());
        }
        return content.text();
    }

    private static boolean belongTogether(PrivateKey secret, PublicKey open) {
        byte[] challenge = {1, 2, 3, 4};
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm(secret));
            signature.initSign(secret);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    /** {@return the JDK's name of the signature algorithm for a key} */
    static String signatureAlgorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }
}
