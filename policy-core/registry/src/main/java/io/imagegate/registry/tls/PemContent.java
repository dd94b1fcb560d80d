package io.imagegate.registry.tls;

import io.imagegate.certificate.Pem;
import io.imagegate.certificate.X509Reader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads certificates and private keys in PEM. */
final class PemContent {

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PemContent() {}

    /** Reads at least one certificate of a file. */
    static List<X509Certificate> certificates(Path file, byte[] content) throws IOException {
        try {
            List<X509Certificate> certificates = X509Reader.INSTALLED.certificates(content);
            if (certificates.isEmpty()) {
                throw new IOException(file + ": expected certificates in PEM");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException(file + ": expected certificates in PEM (" + e.getMessage() + ")", e);
        }
    }

    /** Reads the private key of a file. */
    static PrivateKey key(Path file, byte[] content) throws IOException, GeneralSecurityException {
        Pem block = Pem.find(new String(content, StandardCharsets.UTF_8)).stream()
                .filter(found -> found.label().equals("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": expected a private key in PEM: PKCS #8, not encrypted"));
        byte[] der = decoded(file, block);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // a key of another algorithm
            }
        }
        throw new IOException(file + ": expected a key of one of the algorithms " + String.join(", ", ALGORITHMS));
    }

    private static byte[] decoded(Path file, Pem block) throws IOException {
        try {
            return block.content();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected a private key in base64", e);
        }
    }
}
