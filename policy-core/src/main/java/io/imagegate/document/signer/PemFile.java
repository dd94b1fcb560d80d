package io.imagegate.document.signer;

import io.imagegate.signer.SignerCrl;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads public keys and certificates in PEM. Lines outside of blocks are empty or comments after {@code #}. */
final class PemFile {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String A_KEY = "expected one public key: -----BEGIN PUBLIC KEY-----";
    private static final String CERTIFICATES = "expected certificates: -----BEGIN CERTIFICATE-----";
    private static final String A_CRL = "expected one CRL: -----BEGIN X509 CRL-----, or DER";
    private static final int MOST = 100;
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private record Block(String type, String base64) {

        byte[] content() {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a block of PEM that is not base64, expected base64", e);
            }
        }
    }

    private PemFile() {}

    static PublicKey publicKey(String text) {
        List<Block> blocks = blocks(text, A_KEY);
        if (blocks.size() != 1) {
            throw new IllegalArgumentException(
                    (blocks.isEmpty() ? "no key in PEM, " : blocks.size() + " blocks of PEM, ") + A_KEY);
        }
        Block block = blocks.get(0);
        if (!block.type.equals("PUBLIC KEY")) {
            throw new IllegalArgumentException(meant(block.type));
        }
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(block.content());
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(encoded);
            } catch (GeneralSecurityException e) {
                // It is of another algorithm, or broken.
            }
        }
        throw new IllegalArgumentException(
                "a public key that Java cannot read, expected ECDSA on P-256, P-384 or P-521, RSA" + " or Ed25519");
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
        List<Block> blocks = blocks(new String(content, StandardCharsets.UTF_8), A_CRL);
        if (blocks.size() != 1 || !blocks.get(0).type.equals("X509 CRL")) {
            throw new IllegalArgumentException(
                    (blocks.size() == 1 ? "a block of another type, " : blocks.size() + " blocks of PEM, ") + A_CRL);
        }
        return SignerCrl.of(blocks.get(0).content());
    }

    static List<X509Certificate> certificates(String text) {
        List<Block> blocks = blocks(text, CERTIFICATES);
        if (blocks.isEmpty() || blocks.size() > MOST) {
            throw new IllegalArgumentException(blocks.size() + " blocks of PEM, " + CERTIFICATES + ", at most " + MOST);
        }
        return blocks.stream().map(PemFile::certificate).toList();
    }

    private static X509Certificate certificate(Block block) {
        if (!block.type.equals("CERTIFICATE")) {
            throw new IllegalArgumentException("a block of another type, " + CERTIFICATES);
        }
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate that Java cannot read, " + CERTIFICATES, e);
        }
    }

    private static List<Block> blocks(String text, String expected) {
        List<Block> blocks = new ArrayList<>();
        String type = "";
        StringBuilder content = new StringBuilder();
        for (String raw : text.split("\\R", -1)) {
            String line = raw.strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && type.isEmpty()) {
                type = line.substring(BEGIN.length(), line.length() - DASHES.length());
            } else if (!type.isEmpty() && line.equals(END + type + DASHES)) {
                blocks.add(new Block(type, content.toString()));
                type = "";
                content.setLength(0);
            } else if (!type.isEmpty()) {
                content.append(line);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("text that is not PEM, " + expected);
            }
        }
        if (!type.isEmpty()) {
            throw new IllegalArgumentException("a block of PEM without its end, " + expected);
        }
        return blocks;
    }
}
