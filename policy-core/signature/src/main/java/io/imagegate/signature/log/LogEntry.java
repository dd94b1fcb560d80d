package io.imagegate.signature.log;

import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of a transparency log, as a bundle or an annotation has it.
 *
 * @param index position that the entry claims
 * @param logId names the log
 * @param kind kind and version of the body, such as {@code hashedrekord 0.0.1}; empty if only the body says it
 * @param time that the promise is about, in seconds; 0 if there is no promise
 * @param promise signed entry timestamp
 * @param proof inclusion proof
 * @param body what the log keeps
 * @param aloneAllowed whether a promise counts without a proof
 */
public record LogEntry(
        long index,
        Bytes logId,
        String kind,
        long time,
        Optional<byte[]> promise,
        Optional<Proof> proof,
        Optional<byte[]> body,
        boolean aloneAllowed) {

    private static final int HASHES = 64;

    private static final Set<String> FIELDS = Set.of(
            "logIndex",
            "logId",
            "kindVersion",
            "integratedTime",
            "inclusionPromise",
            "inclusionProof",
            "canonicalizedBody");

    /**
     * An inclusion proof.
     *
     * @param index position in the tree
     * @param root of the tree; empty if only the checkpoint says it
     * @param size of the tree
     * @param hashes from the leaf to the root
     * @param checkpoint signed root; empty if there is none
     */
    record Proof(long index, Optional<byte[]> root, long size, List<byte[]> hashes, Optional<String> checkpoint) {

        private static Proof read(JsonObject proof) {
            proof.only(Set.of("logIndex", "rootHash", "treeSize", "hashes", "checkpoint"));
            return new Proof(
                    proof.number("logIndex").orElse(0),
                    proof.bytes("rootHash"),
                    proof.number("treeSize").orElse(0),
                    proof.texts("hashes", HASHES).stream()
                            .map(hash -> Base64Text.decode("a hash of the inclusion proof", hash))
                            .toList(),
                    proof.object("checkpoint")
                            .map(checkpoint ->
                                    checkpoint.only(Set.of("envelope")).requiredText("envelope")));
        }
    }

    /** Reads an entry of a bundle. */
    public static LogEntry read(JsonObject entry, boolean aloneAllowed) {
        entry.only(FIELDS);
        Optional<byte[]> promise = entry.object("inclusionPromise")
                .map(set -> set.only(Set.of("signedEntryTimestamp")).requiredBytes("signedEntryTimestamp"));
        long time = time(entry);
        if (promise.isPresent() == (time == 0)) {
            throw Refusal.violated(
                    SignatureFault.LOG,
                    "the log entry has a promise without its time, or a time that no promise signs");
        }
        return new LogEntry(
                entry.number("logIndex").orElse(0),
                Bytes.of(entry.requiredObject("logId").only(Set.of("keyId")).requiredBytes("keyId")),
                entry.object("kindVersion").map(LogEntry::kind).orElse(""),
                time,
                promise,
                entry.object("inclusionProof").map(Proof::read),
                entry.bytes("canonicalizedBody"),
                aloneAllowed);
    }

    /** Larger numbers are no instants. */
    private static long time(JsonObject entry) {
        long time = entry.number("integratedTime").orElse(0);
        if (time > Instant.MAX.getEpochSecond()) {
            throw Refusal.violated(SignatureFault.LOG, "the log entry is of a time that does not exist");
        }
        return time;
    }

    private static String kind(JsonObject kind) {
        kind.only(Set.of("kind", "version"));
        return kind.requiredText("kind") + " " + kind.requiredText("version");
    }

    /** Reads the entry that cosign 2 keeps in an annotation. */
    public static LogEntry readLegacy(String annotation) {
        JsonObject bundle = JsonObject.read("the annotation of the log entry", annotation)
                .only(Set.of("SignedEntryTimestamp", "Payload"));
        JsonObject payload =
                bundle.requiredObject("Payload").only(Set.of("body", "integratedTime", "logIndex", "logID"));
        return new LogEntry(
                payload.number("logIndex").orElse(0),
                Bytes.of(Hex.decode("the id of the log", payload.requiredText("logID"))),
                "",
                time(payload),
                Optional.of(bundle.requiredBytes("SignedEntryTimestamp")),
                Optional.empty(),
                Optional.of(payload.requiredBytes("body")),
                true);
    }
}
