package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.refusal.Fault;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
public record NotationEnvelope(
        MessageSource message,
        Bytes signature,
        Bytes payload,
        NotationHeader header,
        List<Certificate> chain,
        Optional<byte[]> timestamp) {

    private static final String JWS = "application/jose+json";
    private static final String COSE = "application/cose";
    private static final int LONGEST = 1024 * 1024;

    static final String WHAT = "the signature";
    static final int LONGEST_CHAIN = 10;

    /** {@return whether a media type is one of these envelopes} */
    public static boolean isType(String mediaType) {
        return mediaType.equals(JWS) || mediaType.equals(COSE);
    }

    /** Reads an envelope of a media type. */
    public static NotationEnvelope read(String mediaType, byte[] content) {
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

    /** Refuses a signature that is not by the key of the certificate. */
    public void requireSigned(Crypto crypto) {
        header.algorithm().requireFor(chain.get(0).key());
        if (!header.algorithm().verifies(crypto, chain.get(0).key(), message, signature.array())) {
            throw Refusal.violated(
                    Fault.SIGNATURE, "the signature is not by the key of its certificate, or over other bytes");
        }
    }

    /** {@return after which the signature does not count; empty if it does not expire} */
    public Optional<Instant> expiry() {
        return header.expiry();
    }

    /** Refuses a signature that has expired. */
    public void requireUnexpired(Instant at) {
        header.expiry().filter(at::isAfter).ifPresent(expiry -> {
            throw Refusal.violated(Fault.TIME, "the signature expired at " + expiry);
        });
    }
}
