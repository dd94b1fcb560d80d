package io.imagegate.signature.log;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedLog;
import io.imagegate.signer.SignatureFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Verifies entries of transparency logs: promises, inclusion proofs and checkpoints. */
public final class LogVerifier {

    private static final byte[] PROMISED = "{\"body\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Crypto crypto;
    private final List<TrustedLog> logs;

    /**
     * An entry that verified.
     *
     * @param log whose it is
     * @param index where it is in the log
     * @param time when it was made, if the log says that
     */
    public record Logged(TrustedLog log, long index, Optional<Instant> time) {}

    public LogVerifier(Crypto crypto, List<TrustedLog> logs) {
        this.crypto = crypto;
        this.logs = logs;
    }

    /** {@return what a known log says of a signature; empty if the log is unknown} */
    public Optional<Logged> verify(LogEntry entry, Evidenced about) {
        List<TrustedLog> named =
                logs.stream().filter(log -> log.id().equals(entry.logId())).toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        byte[] body = new LogEntryBody(crypto, about).require(entry);
        Refusal last = refused("has no key that verifies");
        for (TrustedLog log : named) {
            try {
                return Optional.of(verify(entry, log, body));
            } catch (Refusal e) {
                last = e;
            }
        }
        throw last;
    }

    private Logged verify(LogEntry entry, TrustedLog log, byte[] body) {
        entry.promise().ifPresent(promise -> requirePromise(entry, log, body, promise));
        entry.proof().ifPresent(proof -> requireProof(entry, log, body, proof));
        boolean proven = entry.proof().flatMap(LogEntry.Proof::checkpoint).isPresent();
        if (!proven && !(entry.aloneAllowed() && entry.promise().isPresent())) {
            throw refused("has no inclusion proof with a checkpoint");
        }
        Optional<Instant> time = entry.promise().map(promise -> Instant.ofEpochSecond(entry.time()));
        long index = entry.promise().isPresent()
                ? entry.index()
                : entry.proof().orElseThrow().index();
        return new Logged(log, index, time);
    }

    /** A promise is signed over names in this order, without spaces. */
    private void requirePromise(LogEntry entry, TrustedLog log, byte[] body, byte[] promise) {
        String end = "\",\"integratedTime\":" + entry.time() + ",\"logID\":\"" + entry.logId() + "\",\"logIndex\":"
                + entry.index() + "}";
        MessageSource message =
                MessageSource.of(PROMISED, Base64.getEncoder().encode(body), end.getBytes(StandardCharsets.US_ASCII));
        if (!log.key().verifies(crypto, message, promise)) {
            throw refused("has a promise that the log did not sign");
        }
        Instant time = Instant.ofEpochSecond(entry.time());
        if (!log.holds(time)) {
            throw refused("is of " + time + ", when the log " + log.name() + " did not hold: " + log.period());
        }
    }

    private void requireProof(LogEntry entry, TrustedLog log, byte[] body, LogEntry.Proof proof) {
        byte[] leaf = Merkle.leaf(crypto, body);
        byte[] root = Merkle.root(crypto, leaf, proof.index(), proof.size(), proof.hashes());
        boolean agrees = root.length > 0
                && proof.root().map(said -> Arrays.equals(said, root)).orElse(true);
        if (!agrees) {
            throw refused("is not in the tree that its inclusion proof describes");
        }
        proof.checkpoint().ifPresent(note -> requireCheckpoint(log, proof.size(), root, note));
        if (entry.promise().isEmpty() && entry.kind().equals("hashedrekord 0.0.2") && entry.index() != proof.index()) {
            throw refused("has another index than its inclusion proof");
        }
    }

    private void requireCheckpoint(TrustedLog log, long size, byte[] root, String note) {
        Checkpoint checkpoint = Checkpoint.read(note);
        if (checkpoint.size() != size || !checkpoint.hasRoot(root)) {
            throw refused("has a checkpoint of another tree than its inclusion proof");
        }
        if (!checkpoint.isSignedBy(crypto, log)) {
            throw refused("has a checkpoint that the log " + log.name() + " did not sign");
        }
    }

    private static Refusal refused(String why) {
        return Refusal.violated(SignatureFault.LOG, "the log entry " + why);
    }
}
