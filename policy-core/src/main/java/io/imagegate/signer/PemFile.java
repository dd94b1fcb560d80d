package io.imagegate.signer;

import io.imagegate.certificate.Pem;
import io.imagegate.certificate.PublicKeyInfo;
import io.imagegate.certificate.X509Reader;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Reads files that signers are made of: public keys, certificates, and lists of revoked ones. Lines may be indented, and comments
 * after {@code #} may stand outside of blocks.
 *
 * @since 0.1
 */
public final class PemFile {

    private static final String KEYS = "expected ECDSA on P-256, P-384 or P-521, RSA or Ed25519";
    private static final String A_KEY = "expected one public key: -----BEGIN PUBLIC KEY-----";
    private static final String CERTIFICATES = "expected certificates: -----BEGIN CERTIFICATE-----";
    private static final String A_CRL = "expected one CRL: -----BEGIN X509 CRL-----, or DER";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String CRL = "X509 CRL";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final int MOST = 100;

    private PemFile() {}

    /**
     * Reads a public key.
     *
     * @param text one block of PEM: {@code PUBLIC KEY}, or {@code RSA PUBLIC KEY}
     * @return the key, of any size
     * @throws IllegalArgumentException if it is none; the message says what was expected
     */
    public static PublicKey publicKey(String text) {
        List<Pem> blocks = blocks(text, A_KEY);
        if (blocks.size() != 1) {
            requireNoPrivate(blocks, A_KEY);
            throw new IllegalArgumentException(
                    (blocks.isEmpty() ? "no key in PEM, " : blocks.size() + " blocks of PEM, ") + A_KEY);
        }
        Pem block = blocks.get(0);
        byte[] info = switch (block.label()) {
            case "PUBLIC KEY" -> content(block);
            case "RSA PUBLIC KEY" -> PublicKeyInfo.ofRsa(content(block));
            default -> throw new IllegalArgumentException(suggestion(block.label()));
        };
        return X509Reader.INSTALLED
                .publicKey(info)
                .orElseThrow(() -> new IllegalArgumentException("a public key that Java cannot read, "
                        + X509Reader.INSTALLED.lacking().orElse(KEYS)));
    }

    private static String suggestion(String label) {
        String hint = label.contains(PRIVATE)
                ? "; cosign public-key --key FILE prints it"
                : label.equals(CERTIFICATE) ? "; signers with certificates have certificate: {roots: …}" : "";
        return description(label) + ", " + A_KEY + hint;
    }

    private static String description(String label) {
        if (label.contains(PRIVATE)) {
            return "a private key";
        }
        return switch (label) {
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> "a public key";
            case CERTIFICATE -> "a certificate";
            case CRL -> "a CRL";
            default -> "a block of another type";
        };
    }

    /**
     * Reads a list of revoked certificates.
     *
     * @param content the list in DER, or one block of PEM: {@code X509 CRL}
     * @return the list
     * @throws IllegalArgumentException if it is none that {@link RevocationList#of} takes; the message says what was expected
     */
    public static RevocationList crl(byte[] content) {
        // DER begins with the tag of a sequence, which no text in PEM does.
        boolean pem = content.length > 0 && (content[0] & 0xff) != 0x30;
        if (!pem) {
            return RevocationList.of(content);
        }
        List<Pem> blocks = blocks(new String(content, StandardCharsets.UTF_8), A_CRL);
        if (blocks.size() != 1 || !blocks.get(0).label().equals(CRL)) {
            requireNoPrivate(blocks, A_CRL);
            throw new IllegalArgumentException(
                    (blocks.size() == 1 ? description(blocks.get(0).label()) : blocks.size() + " blocks of PEM") + ", "
                            + A_CRL);
        }
        return RevocationList.of(content(blocks.get(0)));
    }

    /**
     * Reads certificates.
     *
     * @param text blocks of PEM, {@code CERTIFICATE} all of them, at most 100
     * @return the certificates in their order, at least one
     * @throws IllegalArgumentException if there is none, or anything else; the message says what was expected
     */
    public static List<X509Certificate> certificates(String text) {
        List<Pem> blocks = blocks(text, CERTIFICATES);
        if (blocks.isEmpty() || blocks.size() > MOST) {
            throw new IllegalArgumentException(blocks.size() + " blocks of PEM, " + CERTIFICATES + ", at most " + MOST);
        }
        return blocks.stream().map(PemFile::certificate).toList();
    }

    private static X509Certificate certificate(Pem block) {
        if (!block.label().equals(CERTIFICATE)) {
            throw new IllegalArgumentException(description(block.label()) + ", " + CERTIFICATES);
        }
        byte[] content = content(block);
        try {
            X509Certificate certificate = X509Reader.INSTALLED.certificate(content);
            // The reader does not look at bytes behind it.
            if (Arrays.equals(certificate.getEncoded(), content)) {
                return certificate;
            }
        } catch (CertificateException e) {
            // The message is about encodings, in terms of Java.
        }
        throw new IllegalArgumentException("a certificate that Java cannot read, " + CERTIFICATES);
    }

    /** A private key is the mistake to know of first, whatever else is wrong. */
    private static void requireNoPrivate(List<Pem> blocks, String expected) {
        if (blocks.stream().anyMatch(block -> block.label().contains(PRIVATE))) {
            throw new IllegalArgumentException("a private key, " + expected);
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
            byte[] content = block.content();
            // The decoder takes texts without padding and with bits that mean nothing.
            if (Base64.getEncoder().encodeToString(content).equals(block.base64())) {
                return content;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new IllegalArgumentException("a block of PEM that is not canonical base64, expected base64");
    }
}
