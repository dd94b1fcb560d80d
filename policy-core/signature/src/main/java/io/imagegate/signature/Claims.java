package io.imagegate.signature;

import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.format.Material;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.log.LogEntry;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.timestamp.TimestampToken;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.FulcioExtensions;
import io.imagegate.signer.Signatory;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a signature says of itself. Nothing of it is verified: it tells people what was found and why it does not count, and is
 * no ground for any decision. Immutable.
 *
 * @param imageSignature whether it is a signature of an image, and no attestation or signature of a file
 * @param predicateType type of its statement; empty if it has none
 * @param signatory who made it, in printable ASCII; empty if it cannot be read
 * @param time when it was made; empty if it does not say that
 * @param problem why it cannot be read, or is about something else, in printable ASCII; empty if neither is so
 * @since 0.1
 */
public record Claims(
        boolean imageSignature,
        Optional<String> predicateType,
        String signatory,
        Optional<Instant> time,
        String problem) {

    private static final int SHA_256_BYTES = 32;

    /**
     * Refuses missing parts.
     *
     * @param imageSignature whether it is a signature of an image
     * @param predicateType type of its statement
     * @param signatory who made it
     * @param time when it was made
     * @param problem why it cannot be read, or is about something else
     */
    public Claims {
        Objects.requireNonNull(predicateType, "predicateType");
        Objects.requireNonNull(signatory, "signatory");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(problem, "problem");
    }

    static Claims unreadable(String problem) {
        return new Claims(false, Optional.empty(), "", Optional.empty(), problem);
    }

    static Claims of(ParsedSignature signature) {
        String signatory = signatory(signature.material());
        Optional<Instant> time = time(signature);
        try {
            SignedContent content = new SignedContent(signature.content().get());
            return new Claims(content.isImageSignature(), content.predicateType(), signatory, time, "");
        } catch (Refusal e) {
            return new Claims(false, Optional.empty(), signatory, time, e.message());
        }
    }

    private static String signatory(Material material) {
        return material.leaf().map(Claims::signatory).orElseGet(() -> "a key" + hint(material.hint()));
    }

    private static String signatory(Certificate leaf) {
        try {
            return Signatory.identity(FulcioExtensions.identity(leaf), FulcioExtensions.issuer(leaf))
                    .toString();
        } catch (Refusal notKeyless) {
            return Signatory.subject(leaf.subject().toString()).toString();
        }
    }

    /** cosign writes the hash of the key in base64. */
    private static String hint(String hint) {
        if (hint.isEmpty()) {
            return "";
        }
        try {
            byte[] hash = Base64.getDecoder().decode(hint);
            if (hash.length == SHA_256_BYTES) {
                return " with the hint sha256:" + Hex.encode(hash);
            }
        } catch (IllegalArgumentException otherText) {
            // Shown as it is.
        }
        return " with the hint " + Refusal.shown(hint);
    }

    private static Optional<Instant> time(ParsedSignature signature) {
        return signature.entries().stream()
                .map(LogEntry::time)
                .filter(time -> time > 0)
                .findFirst()
                .map(Instant::ofEpochSecond)
                .or(() -> stamped(signature.timestamps()));
    }

    private static Optional<Instant> stamped(List<byte[]> timestamps) {
        try {
            return timestamps.stream().findFirst().map(TimestampToken::read).map(TimestampToken::time);
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }
}
