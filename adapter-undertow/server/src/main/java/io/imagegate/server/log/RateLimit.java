package io.imagegate.server.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;

/**
 * Admits a limited number of messages of each kind a minute and counts the others. The number of kinds is limited, too;
 * all further kinds share one limit. Thread-safe.
 */
final class RateLimit {

    static final int MAX_KINDS = 200;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final Kind OTHERS = new Kind("imagegate", Level.WARNING, "of various kinds", 10);

    /**
     * What messages have in common.
     *
     * @param logger name of the logger
     * @param level level of the messages
     * @param template the message before parameters are inserted, or its code
     * @param perMinute how many are admitted in a minute
     */
    record Kind(String logger, Level level, String template, int perMinute) {}

    /**
     * Messages that were not admitted.
     *
     * @param kind their kind
     * @param count their number
     */
    record Suppressed(Kind kind, long count) {}

    private static final class Window {

        private final long start;
        private long messages;

        private Window(long start) {
            this.start = start;
        }
    }

    private final LongSupplier nanos;
    private final Map<Kind, Window> windows = new LinkedHashMap<>();
    private long total;

    RateLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** {@return whether a message of this kind may be written now} */
    synchronized boolean admit(Kind kind) {
        boolean known = windows.containsKey(kind) || windows.size() < MAX_KINDS;
        Kind counted = known ? kind : OTHERS;
        Window window = windows.computeIfAbsent(counted, any -> new Window(nanos.getAsLong()));
        window.messages++;
        if (window.messages > counted.perMinute) {
            total++;
            return false;
        }
        return true;
    }

    /**
     * Forgets the kinds whose minute is over.
     *
     * @return those with messages that were not admitted
     */
    List<Suppressed> due() {
        return forget(MINUTE);
    }

    /**
     * Forgets all kinds.
     *
     * @return those of which messages were not admitted
     */
    List<Suppressed> all() {
        return forget(Long.MIN_VALUE);
    }

    private synchronized List<Suppressed> forget(long age) {
        List<Suppressed> suppressed = new ArrayList<>();
        long now = nanos.getAsLong();
        Iterator<Map.Entry<Kind, Window>> all = windows.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Kind, Window> next = all.next();
            Window window = next.getValue();
            if (now - window.start >= age) {
                all.remove();
                long left = window.messages - next.getKey().perMinute;
                if (left > 0) {
                    suppressed.add(new Suppressed(next.getKey(), left));
                }
            }
        }
        return suppressed;
    }

    /** {@return how many messages were not admitted so far} */
    synchronized long total() {
        return total;
    }
}
