package io.imagegate.signature.proof;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.log.Evidenced;
import io.imagegate.signature.x509.Certificate;
import java.time.Instant;

/** The verification of one signature at an instant. */
public final class Verification {

    private final Crypto crypto;
    private final ParsedSignature signature;
    private final Instant at;
    private final KeylessProofs keyless = new KeylessProofs();

    /** Verifies a signature whose keys and certificates without a proven time must hold at an instant. */
    public Verification(Crypto crypto, ParsedSignature signature, Instant at) {
        this.crypto = crypto;
        this.signature = signature;
        this.at = at;
    }

    public Crypto crypto() {
        return crypto;
    }

    public ParsedSignature signature() {
        return signature;
    }

    public Instant at() {
        return at;
    }

    /**
     * {@return the evidence that a signature was made with a certificate of a trusted root}
     *
     * @param trust who issues certificates, and how much evidence there must be
     * @param leaf the certificate
     */
    public Evidence keyless(RequiredTrust trust, Certificate leaf) {
        return keyless.require(trust, this, leaf);
    }

    public boolean isBy(VerificationKey key) {
        return signature.isBy(crypto, key);
    }

    public Evidenced by(VerificationKey key) {
        return new Evidenced(signature.signed(), signature.signature(), key, Bytes.NONE);
    }

    public Evidenced by(Certificate leaf) {
        return new Evidenced(signature.signed(), signature.signature(), leaf.key(), Bytes.of(leaf.encoded()));
    }
}
