package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.log.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A signature in whichever form it was stored: nothing in it is verified.
 *
 * @param signed what was signed
 * @param signature over it
 * @param material with what it was made
 * @param entries of transparency logs
 * @param timestamps of authorities
 * @param stamped onto what the timestamps are
 * @param ownership tells whether a key made it
 * @param expiry after which it does not count; empty if it does not expire
 * @param content reads what was signed, and refuses what is not about the artifact
 */
public record ParsedSignature(
        SignedMessage signed,
        Bytes signature,
        Material material,
        List<LogEntry> entries,
        List<byte[]> timestamps,
        MessageSource stamped,
        Ownership ownership,
        Optional<Instant> expiry,
        Supplier<Content> content) {

    /** Tells whether a key made a signature. */
    @FunctionalInterface
    public interface Ownership {

        /** {@return whether it did} May refuse keys that the signature cannot be of. */
        boolean isBy(Crypto crypto, VerificationKey key);
    }

    /** {@return a signature that any algorithm of a key may have made, and that does not expire} */
    public static ParsedSignature of(
            SignedMessage signed,
            Bytes signature,
            Material material,
            List<LogEntry> entries,
            List<byte[]> timestamps,
            MessageSource stamped,
            Supplier<Content> content) {
        return new ParsedSignature(
                signed,
                signature,
                material,
                entries,
                timestamps,
                stamped,
                (crypto, key) -> key.verifies(crypto, signed.message(), signature.array()),
                Optional.empty(),
                content);
    }

    /** {@return whether a key made it} */
    public boolean isBy(Crypto crypto, VerificationKey key) {
        return ownership.isBy(crypto, key);
    }
}
