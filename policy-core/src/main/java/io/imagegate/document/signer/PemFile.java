package io.imagegate.document.signer;

import io.imagegate.certificate.Pem;
import io.imagegate.certificate.X509Reader;
import io.imagegate.signer.SignerCrl;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads public keys, certificates and lists of revoked ones in the files of policies. */
final class PemFile {

    private static final String A_KEY = "expected one public key: -----BEGIN PUBLIC KEY-----";
    private static final String CERTIFICATES = "expected certificates: -----BEGIN CERTIFICATE-----";
    private static final String A_CRL = "expected one CRL: -----BEGIN X509 CRL-----, or DER";
    private static final int MOST = 100;

    private PemFile() {}

    static PublicKey publicKey(String text) {
        List<Pem> blocks = blocks(text, A_KEY);
        if (blocks.size() != 1) {
            throw new IllegalArgumentException(
                    (blocks.isEmpty() ? "no key in PEM, " : blocks.size() + " blocks of PEM, ") + A_KEY);
        }
        Pem block = blocks.get(0);
        if (!block.label().equals("PUBLIC KEY")) {
            throw new IllegalArgumentException(meant(block.label()));
        }
        return X509Reader.INSTALLED
                .publicKey(content(block))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a public key that Java cannot read, expected ECDSA on P-256, P-384 or P-521, RSA or Ed25519"));
    }

    private static String meant(String type) {
        if (type.contains("PRIVATE KEY")) {
            return "a private key, " + A_KEY + "; cosign public-key --key FILE prints it";
        }
        if (type.equals("RSA PUBLIC KEY")) {
            return "a key in the form of PKCS #1, " + A_KEY + "; openssl rsa -RSAPublicKey_in -pubout converts it";
        }
        return type.equals("CERTIFICATE")
                ? "a certificate, " + A_KEY + "; signers with certificates have certificate: {roots: …}"
                : "a block of another type, " + A_KEY;
    }

    /** Reads a certificate revocation list, in PEM or as it is. */
    static SignerCrl crl(byte[] content) {
        // DER begins with the tag of a sequence, which no text in PEM does.
        boolean pem = content.length > 0 && (content[0] & 0xff) != 0x30;
        if (!pem) {
            return SignerCrl.of(content);
        }
        List<Pem> blocks = blocks(new String(content, StandardCharsets.UTF_8), A_CRL);
        if (blocks.size() != 1 || !blocks.get(0).label().equals("X509 CRL")) {
            throw new IllegalArgumentException(
                    (blocks.size() == 1 ? "a block of another type, " : blocks.size() + " blocks of PEM, ") + A_CRL);
        }
        return SignerCrl.of(content(blocks.get(0)));
    }

    static List<X509Certificate> certificates(String text) {
        List<Pem> blocks = blocks(text, CERTIFICATES);
        if (blocks.isEmpty() || blocks.size() > MOST) {
            throw new IllegalArgumentException(blocks.size() + " blocks of PEM, " + CERTIFICATES + ", at most " + MOST);
        }
        return blocks.stream().map(PemFile::certificate).toList();
    }

    private static X509Certificate certificate(Pem block) {
        if (!block.label().equals("CERTIFICATE")) {
            throw new IllegalArgumentException("a block of another type, " + CERTIFICATES);
        }
        try {
            return X509Reader.INSTALLED.certificate(content(block));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate that Java cannot read, " + CERTIFICATES, e);
        }
    }

    private static List<Pem> blocks(String text, String expected) {
        try {
            return Pem.parseFile(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", " + expected, e);
        }
    }

    private static byte[] content(Pem block) {
        try {
            return block.content();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a block of PEM that is not base64, expected base64", e);
        }
    }
}
