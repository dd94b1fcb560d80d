package io.imagegate.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates, lists of revoked certificates and public keys (RFC 5280). What a given provider has is taken from it,
 * everything else from the installed ones in their order. Immutable and thread-safe.
 */
public final class X509Reader {

    /** Asks the installed providers. */
    public static final X509Reader INSTALLED = new X509Reader(null);

    private static final String X509 = "X.509";
    private static final List<String> KEYS = List.of("EC", "RSA", "Ed25519");

    private final @Nullable Provider provider;

    /**
     * Makes a reader.
     *
     * @param provider asked before the installed ones, or null
     */
    public X509Reader(@Nullable Provider provider) {
        this.provider = provider;
    }

    /** {@return a certificate in DER} Bytes behind it are not looked at. */
    public X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate) certificates().generateCertificate(new ByteArrayInputStream(der));
    }

    /**
     * {@return the certificates of a file that other programs read, too: PEM with any text around it, DER or PKCS #7; maybe
     * none}
     */
    public List<X509Certificate> certificates(byte[] file) throws CertificateException {
        return certificates().generateCertificates(new ByteArrayInputStream(file)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** {@return a list of revoked certificates in DER} Bytes behind it are not looked at. */
    public X509CRL crl(byte[] der) throws CertificateException, CRLException {
        return (X509CRL) certificates().generateCRL(new ByteArrayInputStream(der));
    }

    /** {@return certificates as a path, the first one first} */
    public CertPath path(List<X509Certificate> certificates) throws CertificateException {
        return certificates().generateCertPath(certificates);
    }

    /** {@return a public key (SubjectPublicKeyInfo) of an algorithm} Its numbers are not looked at. */
    public PublicKey publicKey(String algorithm, byte[] info) throws GeneralSecurityException {
        KeyFactory factory = provides("KeyFactory", algorithm)
                ? KeyFactory.getInstance(algorithm, provider)
                : KeyFactory.getInstance(algorithm);
        PublicKey key = factory.generatePublic(new X509EncodedKeySpec(info));
        if (!PublicKeyInfo.isCanonical(key, info)) {
            throw new InvalidKeySpecException("a public key that is not written in the one way of DER");
        }
        return key;
    }

    /** {@return a public key for ECDSA, RSA or Ed25519; empty if it is of another algorithm, or broken} */
    public Optional<PublicKey> publicKey(byte[] info) {
        for (String algorithm : KEYS) {
            try {
                return Optional.of(publicKey(algorithm, info));
            } catch (GeneralSecurityException e) {
                // It is of another algorithm, or broken.
            }
        }
        return Optional.empty();
    }

    /** {@return what to tell where no provider has keys of an algorithm, as in a runtime image without a module} */
    public static String lacking(String algorithm) {
        String module = algorithm.equals("RSA") ? "" : ", which the module jdk.crypto.ec brings before Java 22";
        return "no provider of this Java has " + algorithm + " keys" + module;
    }

    /** {@return what to tell of the first algorithm for public keys that no provider has; empty if all are there} */
    public Optional<String> lacking() {
        return KEYS.stream()
                .filter(algorithm ->
                        !provides("KeyFactory", algorithm) && Security.getProviders("KeyFactory." + algorithm) == null)
                .findFirst()
                .map(X509Reader::lacking);
    }

    private CertificateFactory certificates() throws CertificateException {
        return provides("CertificateFactory", X509)
                ? CertificateFactory.getInstance(X509, provider)
                : CertificateFactory.getInstance(X509);
    }

    private boolean provides(String type, String algorithm) {
        return provider != null && provider.getService(type, algorithm) != null;
    }
}
