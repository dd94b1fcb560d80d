package io.imagegate.signature;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That a signer made a signature, whatever is signed: the content is read afterwards.
 *
 * @param signatory who signed
 * @param times proven times at which the signature existed, in ascending order
 * @param issued when the certificate was issued, if it lives at most 24 hours
 * @param until last instant at which it counts
 * @param entries the verified entries of transparency logs
 * @param key hash of the public key
 */
record SignatureProof(
        Signatory signatory,
        List<Instant> times,
        Optional<Instant> issued,
        Optional<Instant> until,
        List<LogRecord> entries,
        String key) {

    Verdict.Verified of(SignedContent content) {
        return new Verdict.Verified(signatory, content, times, issued, until, entries, Optional.of(key));
    }
}
