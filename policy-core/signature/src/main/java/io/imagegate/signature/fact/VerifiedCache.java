package io.imagegate.signature.fact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.CachePeriods;
import io.imagegate.signer.SignatureFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what searches found, within a weight, by the content of what was asked. Thread-safe. */
final class VerifiedCache {

    /** What an entry takes beside its value, by estimate. */
    private static final int OVERHEAD = 600;

    private final CachePeriods periods;
    private final InstantSource clock;
    private final Cache<Key, Kept> kept;

    /**
     * What was asked.
     *
     * @param place the repository
     * @param digest the image
     * @param need hash of the signers and of what is asked about signatures
     */
    record Key(String place, Digest digest, String need) {}

    /**
     * An answer.
     *
     * @param at the instant of the verification
     * @param end when the search ended: one that takes longer than what is absent is kept would never be found otherwise
     */
    private record Kept(Fact<SignatureFacts> fact, Instant at, Instant end) {

        boolean isVerified() {
            return fact.value().filter(facts -> !facts.verified().isEmpty()).isPresent();
        }
    }

    VerifiedCache(long bytes, CachePeriods periods, InstantSource clock) {
        this.periods = periods;
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher(VerifiedCache::weight)
                .build();
    }

    private static int weight(Key key, Kept kept) {
        long weight = OVERHEAD
                + 2L * key.place().length()
                + kept.fact().value().map(SignatureMemory::of).orElse(0L);
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }

    /** {@return an answer that still holds: for long if anything verified, whether that is enough or not} */
    Optional<Fact<SignatureFacts>> fresh(Key key) {
        return find(key)
                .filter(entry -> isRecent(entry) || (entry.isVerified() && isWithin(entry.at(), periods.verified())))
                .map(Kept::fact);
    }

    /** {@return an answer as recent as it must be to say that something is missing} */
    Optional<Fact<SignatureFacts>> recent(Key key) {
        return find(key).filter(this::isRecent).map(Kept::fact);
    }

    private boolean isRecent(Kept entry) {
        return isWithin(entry.end(), periods.absent());
    }

    /** {@return what verified before an outage, with the time of that} */
    Optional<Fact<SignatureFacts>> stale(Key key) {
        return find(key)
                .filter(Kept::isVerified)
                .filter(entry -> isWithin(entry.at(), periods.staleOnError()))
                .flatMap(entry -> entry.fact().value().map(facts -> Fact.known(facts.withOutage(entry.at()))))
                .map(Fact::asCached);
    }

    private Optional<Kept> find(Key key) {
        @Nullable Kept found = kept.getIfPresent(key);
        return Optional.ofNullable(found);
    }

    private boolean isWithin(Instant begin, Duration period) {
        Duration age = Duration.between(begin, clock.instant());
        return !age.isNegative() && age.compareTo(period) < 0;
    }

    /** Keeps an answer that is complete; one that is not replaces nothing. */
    void keep(Key key, Fact<SignatureFacts> fact, Instant at) {
        boolean complete = fact.state() == Fact.State.ABSENT
                || fact.value()
                        .filter(facts -> facts.unread().state() == Fact.State.ABSENT)
                        .isPresent();
        if (complete) {
            kept.put(key, new Kept(fact.asCached(), at, clock.instant()));
        }
    }
}
