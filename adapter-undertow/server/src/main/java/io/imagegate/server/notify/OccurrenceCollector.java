package io.imagegate.server.notify;

import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what happens with one outcome. The first of them is due after {@link #PAUSE}, with what follows until then; the next
 * {@link #PERIOD} after that at the earliest. Thread-safe.
 */
final class OccurrenceCollector {

    /** An object that breaks the glass is followed by its pods. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    static final Duration PERIOD = Duration.ofMinutes(1);
    static final int MOST_EXAMPLES = 5;

    /** Of all examples; the first is never left out. */
    static final int MOST_CHARACTERS = 32 << 10;

    private final NotifiedOutcome outcome;
    private final TimeSource time;
    private final Runnable due;
    private final List<String> examples = new ArrayList<>();
    private int characters;
    private long count;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private @Nullable Timer timer;
    private @Nullable Long takenAt;

    /**
     * Makes a collector.
     *
     * @param outcome the outcome
     * @param time the clock
     * @param due called by the thread of the timers when what there is should be {@linkplain #take() taken}
     */
    OccurrenceCollector(NotifiedOutcome outcome, TimeSource time, Runnable due) {
        this.outcome = outcome;
        this.time = time;
        this.due = due;
    }

    /** Adds one. The example is only made if it is kept. */
    synchronized void add(Supplier<String> example) {
        last = time.instant();
        if (count++ == 0) {
            first = last;
            timer = time.schedule(delay(), due);
        }
        if (examples.size() < MOST_EXAMPLES) {
            keep(example.get());
        }
    }

    private void keep(String example) {
        if (examples.isEmpty() || characters + example.length() <= MOST_CHARACTERS) {
            examples.add(example);
            characters += example.length();
        }
    }

    private Duration delay() {
        if (takenAt == null) {
            return PAUSE;
        }
        Duration left = PERIOD.minus(time.since(takenAt));
        return left.compareTo(PAUSE) > 0 ? left : PAUSE;
    }

    /** {@return what there is, which is forgotten then; empty if there is nothing} */
    synchronized Optional<Occurrences> take() {
        if (count == 0) {
            return Optional.empty();
        }
        if (timer != null) {
            timer.cancel();
        }
        Occurrences taken = new Occurrences(outcome, count, first, last, List.copyOf(examples));
        count = 0;
        characters = 0;
        examples.clear();
        takenAt = time.nanos();
        return Optional.of(taken);
    }
}
