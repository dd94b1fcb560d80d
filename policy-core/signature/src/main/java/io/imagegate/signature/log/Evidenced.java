package io.imagegate.signature.log;

import io.imagegate.certificate.Pem;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.PemBlocks;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an entry of a log must be about.
 *
 * @param signed what was signed
 * @param signature the signature
 * @param key with which it was signed
 * @param certificate encoded certificate of the key; empty if the key stands for itself
 */
public record Evidenced(SignedMessage signed, Bytes signature, VerificationKey key, Bytes certificate) {

    boolean hasCertificate() {
        return certificate.length() > 0;
    }

    /** {@return the encoded certificate, or the key where there is none} */
    byte[] verifier() {
        return hasCertificate() ? certificate.array() : key.info();
    }

    /** {@return whether a verifier in PEM is the certificate, or the key where there is none} */
    boolean isVerifier(String what, byte[] pem) {
        List<Pem> blocks = PemBlocks.read(what, new String(pem, StandardCharsets.UTF_8));
        if (blocks.size() != 1) {
            return false;
        }
        String label = blocks.get(0).label();
        byte[] content = PemBlocks.content(what, blocks.get(0));
        return hasCertificate()
                ? label.equals("CERTIFICATE") && Bytes.of(content).equals(certificate)
                : label.equals("PUBLIC KEY") && key.isSame(content);
    }
}
