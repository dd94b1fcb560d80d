package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A signature of Notation, whichever envelope it came in: nothing in it is verified, but its headers are as they must be.
 *
 * @param message what was signed
 * @param signature over it
 * @param payload names the artifact, as JSON
 * @param header what was signed beside the payload
 * @param chain certificates, that of the signer first
 * @param timestamp of an authority, onto the signature; empty if there is none
 */
record NotationEnvelope(
        MessageSource message,
        Bytes signature,
        Bytes payload,
        NotationHeader header,
        List<Certificate> chain,
        Optional<byte[]> timestamp) {

    private static final String JWS = "application/jose+json";
    private static final String COSE = "application/cose";

    /** The media types of these envelopes. */
    static final Set<String> TYPES = Set.of(JWS, COSE);

    private static final int LONGEST = 1024 * 1024;

    static final String WHAT = "the signature";
    static final int LONGEST_CHAIN = 10;

    /** Reads an envelope of a media type. */
    static NotationEnvelope read(String mediaType, byte[] content) {
        if (content.length > LONGEST) {
            throw Refusal.undecidable(WHAT + " has more than " + LONGEST + " bytes");
        }
        NotationEnvelope envelope = mediaType.equals(JWS) ? JwsReader.read(content) : CoseReader.read(content);
        if (envelope.chain.isEmpty()) {
            throw Refusal.format(WHAT + " has no certificates");
        }
        return envelope;
    }

    static Certificate certificate(byte[] encoded) {
        return Certificate.read("the certificate", encoded);
    }

    /** {@return whether a key made the signature} Refuses keys that are not for its algorithm. */
    boolean isBy(Crypto crypto, VerificationKey key) {
        header.algorithm().requireFor(key);
        return header.algorithm().verifies(crypto, key, message, signature.array());
    }

    /** {@return after which the signature does not count; empty if it does not expire} */
    Optional<Instant> expiry() {
        return header.expiry();
    }
}
