package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.signer.SignedBy;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
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

    private final boolean newest;
    private final Map<Object, SignedBy> kept = new LinkedHashMap<>();
    private long weight;

    /** @param newest whether newer attestations replace older ones */
    VerifiedStatements(boolean newest) {
        this.newest = newest;
    }

    Collection<SignedBy> all() {
        return kept.values();
    }

    boolean isFull() {
        return weight > MOST;
    }

    /** {@return whether a newer one counts whenever a statement does, so that nobody looks at this one} */
    boolean hasNewer(SignedBy statement) {
        return newest && kept.values().stream().anyMatch(other -> replaces(other, statement));
    }

    private static boolean replaces(SignedBy newer, SignedBy older) {
        Optional<Instant> date = older.made();
        return newer.signer().equals(older.signer())
                && date.isPresent()
                && newer.made().filter(made -> made.isAfter(date.get())).isPresent()
                && !newer.from().isAfter(older.from())
                && !newer.until().isBefore(older.until());
    }

    /** Facts are compared by what they say. */
    private static Map<Object, Object> values(Map<ContentQuery<?>, Fact<? extends PredicateContent>> contents) {
        Map<Object, Object> values = new HashMap<>();
        contents.forEach((query, content) -> values.put(query, List.of(content.value(), content.reason())));
        return values;
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
                values(statement.contents()),
                statement.unreadReason());
        if (kept.putIfAbsent(key, statement) == null) {
            weight += SignatureMemory.of(statement);
            if (newest && kept.values().removeIf(other -> replaces(statement, other))) {
                weight = kept.values().stream().mapToLong(SignatureMemory::of).sum();
            }
        }
    }
}
