package io.imagegate.registry.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.imagegate.fact.Fact;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps answers for as long as they hold, within one weight for all. Thread-safe. */
public final class AnswerCache {

    /** For what a digest names. */
    static final Duration ALWAYS = Duration.ofDays(3_650);

    /** What an entry takes beside its value, by estimate. */
    private static final int OVERHEAD = 400;

    /**
     * What was asked. The place is part of it even where a digest is asked for: whoever may push to one repository must not
     * answer for another.
     *
     * @param kind the kind of answer
     * @param place the repository
     * @param name the tag or digest
     */
    record Key(String kind, String place, String name) {}

    private record Answer(Fact<?> lookup, Duration period, int weight) {}

    private final Cache<Key, Answer> answers;
    private final Duration absent;

    public AnswerCache(long bytes, Duration absent, TimeSource time) {
        this.absent = absent;
        this.answers = Caffeine.newBuilder()
                .ticker(time::nanos)
                .maximumWeight(bytes)
                .weigher((Key key, Answer answer) -> answer.weight())
                .expireAfter(Expiry.creating((Key key, Answer answer) -> answer.period()))
                .build();
    }

    Optional<Fact<?>> find(Key key) {
        @Nullable Answer answer = answers.getIfPresent(key);
        return Optional.ofNullable(answer).map(Answer::lookup);
    }

    /** Keeps what is known or absent, marked as cached; what is unknown is asked again. */
    void keep(Key key, Fact<?> lookup, Duration period, long bytes) {
        if (lookup.state() == Fact.State.KNOWN) {
            put(key, lookup, period, bytes);
        } else if (lookup.state() == Fact.State.ABSENT) {
            put(key, lookup, absent, lookup.reason().length());
        }
    }

    private void put(Key key, Fact<?> lookup, Duration period, long bytes) {
        if (!period.isZero()) {
            long weight = OVERHEAD + key.place().length() + key.name().length() + bytes;
            answers.put(key, new Answer(lookup.asCached(), period, (int) Math.min(weight, Integer.MAX_VALUE)));
        }
    }
}
