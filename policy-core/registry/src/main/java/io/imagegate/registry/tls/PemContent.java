package io.imagegate.registry.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads certificates and private keys in PEM. */
final class PemContent {

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PemContent() {}

    /** Reads at least one certificate of a file. */
    static List<Certificate> certificates(Path file, byte[] content) throws IOException {
        try {
            List<Certificate> certificates = List.copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)));
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
        String pem = new String(content, StandardCharsets.UTF_8);
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + ": expected a private key in PEM: PKCS #8, not encrypted");
        }
        byte[] der = decoded(file, pem.substring(begin + BEGIN.length(), end));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // a key of another algorithm
            }
        }
        throw new IOException(file + ": expected a key of one of the algorithms " + String.join(", ", ALGORITHMS));
    }

    private static byte[] decoded(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected a private key in base64", e);
        }
    }
}
