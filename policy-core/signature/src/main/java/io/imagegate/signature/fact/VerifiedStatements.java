package io.imagegate.signature.fact;

import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignedBy;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures or attestations that verify, each once, within a weight. Of types of which the newest counts, such as daily scans,
 * older ones of the same signer are dropped.
 */
final class VerifiedStatements {

    /** Most bytes, by estimate: the results of a scanner can have thousands of findings. */
    static final long MOST = 3L << 20;

    private final Optional<AttestationType> datedType;
    private final Map<Object, SignedBy> kept = new LinkedHashMap<>();
    private long weight;

    /** @param type predicate type of the attestations; empty for signatures */
    VerifiedStatements(String type) {
        datedType = Optional.of(new AttestationType(type)).filter(AttestationType::newestCounts);
    }

    Collection<SignedBy> all() {
        return kept.values();
    }

    boolean isFull() {
        return weight > MOST;
    }

    /** {@return whether a newer one counts whenever a statement does, so that nobody looks at this one} */
    boolean hasNewer(SignedBy statement) {
        return datedType.isPresent() && kept.values().stream().anyMatch(other -> replaces(other, statement));
    }

    private boolean replaces(SignedBy newer, SignedBy older) {
        Optional<Instant> date = made(older);
        return newer.signer().equals(older.signer())
                && date.isPresent()
                && made(newer).filter(made -> made.isAfter(date.get())).isPresent()
                && !newer.from().isAfter(older.from())
                && !newer.until().isBefore(older.until());
    }

    private Optional<Instant> made(SignedBy statement) {
        return datedType.flatMap(statement::made);
    }

    void add(SignedBy statement) {
        Object key = List.of(
                statement.signer(),
                statement.signatory(),
                statement.key(),
                statement.until(),
                statement.issued(),
                statement.annotations(),
                statement.predicate(),
                statement.content().value(),
                statement.content().reason());
        if (kept.putIfAbsent(key, statement) == null) {
            weight += SignatureWeights.of(statement);
            if (datedType.isPresent() && kept.values().removeIf(other -> replaces(statement, other))) {
                weight = kept.values().stream().mapToLong(SignatureWeights::of).sum();
            }
        }
    }
}
