package io.imagegate.signature.format;

import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.log.LogEntry;
import io.imagegate.signature.notation.NotationEnvelope;
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
 * @param notation the envelope of Notation; empty for the forms of cosign
 * @param content reads what was signed, and refuses what is not about the artifact
 */
public record ParsedSignature(
        SignedMessage signed,
        Bytes signature,
        Material material,
        List<LogEntry> entries,
        List<byte[]> timestamps,
        MessageSource stamped,
        Optional<NotationEnvelope> notation,
        Supplier<Content> content) {}
