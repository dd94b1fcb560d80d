package io.imagegate.signature.proof;

import io.imagegate.signature.log.LogVerifier.Logged;
import io.imagegate.signer.Signatory;
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
public record Proof(
        Signatory signatory,
        List<Instant> times,
        Optional<Instant> issued,
        Optional<Instant> until,
        List<Logged> entries,
        String key) {}
