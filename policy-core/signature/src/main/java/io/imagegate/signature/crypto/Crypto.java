package io.imagegate.signature.crypto;

import io.imagegate.certificate.PublicKeyInfo;
import io.imagegate.certificate.X509Reader;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door to the Java Cryptography Architecture: no other class of this module asks it for an algorithm. What the given provider has is
 * taken from it, everything else from the installed ones in their order.
 */
public final class Crypto {

    private final @Nullable Provider provider;
    private final X509Reader x509;

    public Crypto(@Nullable Provider provider) {
        this.provider = provider;
        this.x509 = new X509Reader(provider);
    }

    private boolean provides(String type, String algorithm) {
        return provider != null && provider.getService(type, algorithm) != null;
    }

    public byte[] digest(HashAlgorithm hash, byte[]... parts) {
        MessageDigest digest = digest(hash);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    public MessageDigest digest(HashAlgorithm hash) {
        try {
            return provides("MessageDigest", hash.jca())
                    ? MessageDigest.getInstance(hash.jca(), provider)
                    : MessageDigest.getInstance(hash.jca());
        } catch (NoSuchAlgorithmException e) {
            throw lacking(hash.jca());
        }
    }

    PublicKey key(String algorithm, byte[] info) {
        try {
            PublicKey key = x509.publicKey(algorithm, info);
            if (PublicKeyInfo.isSound(key)) {
                return key;
            }
        } catch (NoSuchAlgorithmException e) {
            throw Refusal.undecidable(X509Reader.lacking(algorithm));
        } catch (GeneralSecurityException e) {
            // Told below.
        }
        throw Refusal.violated(SignatureFault.KEY, "the public key is not a valid " + algorithm + " key");
    }

    /** {@return whether a signature is one of the key over what is written} */
    boolean verifies(
            String algorithm,
            @Nullable AlgorithmParameterSpec parameters,
            PublicKey key,
            MessageSource message,
            byte[] signature) {
        Signature verification = signature(algorithm);
        if (!SignatureEncoding.isOf(key, algorithm, signature)) {
            return false;
        }
        try {
            if (parameters != null) {
                verification.setParameter(parameters);
            }
            verification.initVerify(key);
            message.write(verification::update);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Signature signature(String algorithm) {
        try {
            return provides("Signature", algorithm)
                    ? Signature.getInstance(algorithm, provider)
                    : Signature.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw lacking(algorithm);
        }
    }

    public X509Certificate certificate(String what, byte[] encoded) {
        try {
            return x509.certificate(encoded);
        } catch (GeneralSecurityException e) {
            throw Refusal.format(what + " is not an X.509 certificate");
        }
    }

    public CertPathBuilder pathBuilder() throws NoSuchAlgorithmException {
        return provides("CertPathBuilder", "PKIX")
                ? CertPathBuilder.getInstance("PKIX", provider)
                : CertPathBuilder.getInstance("PKIX");
    }

    public CertStore store(Collection<X509Certificate> certificates) throws GeneralSecurityException {
        CollectionCertStoreParameters content = new CollectionCertStoreParameters(certificates);
        return provides("CertStore", "Collection")
                ? CertStore.getInstance("Collection", content, provider)
                : CertStore.getInstance("Collection", content);
    }

    /** {@return whether a list of revoked certificates is signed by a key} */
    boolean isSigned(String what, byte[] crl, PublicKey key) {
        try {
            X509CRL list = x509.crl(crl);
            list.verify(key);
            return SignatureEncoding.isOf(key, list.getSigAlgOID(), list.getSignature());
        } catch (NoSuchAlgorithmException e) {
            throw lacking("the algorithm of the signature of " + what);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Validates a path as it is, without its anchor. Throws a CertPathValidatorException if it does not hold. */
    public void validatePath(List<X509Certificate> path, PKIXParameters parameters) throws GeneralSecurityException {
        CertPathValidator validator = provides("CertPathValidator", "PKIX")
                ? CertPathValidator.getInstance("PKIX", provider)
                : CertPathValidator.getInstance("PKIX");
        validator.validate(x509.path(path), parameters);
    }

    private static Refusal lacking(String algorithm) {
        return Refusal.undecidable("no provider of this Java has " + algorithm);
    }
}
