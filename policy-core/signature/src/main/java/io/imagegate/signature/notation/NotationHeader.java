package io.imagegate.signature.notation;

import io.imagegate.signature.refusal.Refusal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was signed beside the payload. Headers that nobody marked as critical and that are not known say nothing here.
 *
 * @param algorithm of the signature
 * @param expiry after which the signature does not count; empty if it does not expire
 */
record NotationHeader(NotationAlgorithm algorithm, Optional<Instant> expiry) {

    static final String SCHEME = "io.cncf.notary.signingScheme";
    static final String SIGNING_TIME = "io.cncf.notary.signingTime";
    static final String EXPIRY = "io.cncf.notary.expiry";
    static final String TIMESTAMP = "io.cncf.notary.timestampSignature";

    private static final String ONLY_SCHEME = "notary.x509";
    private static final String ONLY_CONTENT = "application/vnd.cncf.notary.payload.v1+json";

    /**
     * Checks what both envelopes have.
     *
     * @param critical names of headers that whoever reads the signature must know
     * @param signingTime when the signer says to have signed; the scheme demands it, and it proves nothing
     */
    static NotationHeader of(
            NotationAlgorithm algorithm,
            String contentType,
            String scheme,
            List<?> critical,
            Optional<Instant> signingTime,
            Optional<Instant> expiry) {
        if (!contentType.equals(ONLY_CONTENT)) {
            throw Refusal.format(
                    "the payload is of the type " + Refusal.shown(contentType) + ", expected " + ONLY_CONTENT);
        }
        if (!scheme.equals(ONLY_SCHEME)) {
            throw Refusal.format("the signing scheme is " + Refusal.shown(scheme) + ", expected " + ONLY_SCHEME);
        }
        if (signingTime.isEmpty()) {
            throw Refusal.format("the signature has no signed header " + SIGNING_TIME + ", which the scheme "
                    + ONLY_SCHEME + " demands");
        }
        Set<String> expected = expiry.isPresent() ? Set.of(SCHEME, EXPIRY) : Set.of(SCHEME);
        if (critical.size() != expected.size() || !new HashSet<>(critical).equals(expected)) {
            throw Refusal.format("the critical headers are " + Refusal.shown(String.valueOf(critical)) + ", expected "
                    + (expiry.isPresent() ? SCHEME + " and " + EXPIRY : SCHEME + " alone"));
        }
        return new NotationHeader(algorithm, expiry);
    }
}
