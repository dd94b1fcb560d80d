package io.imagegate.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.console.KeptDecisions.Kept;
import io.imagegate.console.KeptDecisions.Unseen;
import io.imagegate.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Streams of the decisions as server-sent events. A stream has the number of the last decision that it wrote, and no queue: a
 * reader that is slow gets more of them at a time, and then those that are still kept. Thread-safe.
 */
final class EventStreams implements AutoCloseable {

    static final int MOST = 16;

    /** About what one event may have, so that 16 readers that start together need little memory. */
    private static final int LONGEST_EVENT = 256 << 10;

    /** How long a stream is silent at most, so that somebody notices that the browser has gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final byte[] NOTHING = {};
    private static final byte[] COMMENT = ": \n\n".getBytes(US_ASCII);
    private static final byte[] FULL = ("event: full\ndata: {\"streams\": " + MOST + "}\n\n").getBytes(US_ASCII);

    private final Semaphore places = new Semaphore(MOST);
    private volatile boolean closed;

    /**
     * Opens a stream, or one that only says that there are too many.
     *
     * @param decisions where decisions are kept
     * @param seen the number of the last that the browser has seen; 0 if it has seen none
     * @param clock for heartbeats
     */
    EventStream open(KeptDecisions decisions, long seen, TimeSource clock) {
        return places.tryAcquire() ? new Decisions(decisions, seen, clock) : new Full();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed = true;
    }

    private final class Decisions implements EventStream {

        private final KeptDecisions decisions;
        private final TimeSource clock;
        private final AtomicBoolean gone = new AtomicBoolean();
        private long seen;
        private long silentSince;

        Decisions(KeptDecisions decisions, long seen, TimeSource clock) {
            this.decisions = decisions;
            this.seen = seen;
            this.clock = clock;
            // The first bytes come at once, so that the browser knows that it is connected.
            this.silentSince = clock.nanos() - HEARTBEAT.toNanos();
        }

        @Override
        public synchronized byte[] next() {
            Unseen unseen = decisions.after(seen, LONGEST_EVENT);
            boolean silent = unseen.decisions().isEmpty();
            if (isLast() || (silent && clock.since(silentSince).compareTo(HEARTBEAT) < 0)) {
                return NOTHING;
            }
            silentSince = clock.nanos();
            return silent ? COMMENT : event(unseen);
        }

        private byte[] event(Unseen unseen) {
            ByteArrayOutputStream event = new ByteArrayOutputStream();
            seen = unseen.decisions().get(unseen.decisions().size() - 1).number();
            event.writeBytes(("event: decisions\nid: " + decisions.id(seen) + "\ndata: {\"missed\": " + unseen.missed()
                            + ", \"rows\": [")
                    .getBytes(US_ASCII));
            for (Kept kept : unseen.decisions()) {
                event.writeBytes(decisions.row(kept));
                event.write(kept.number() == seen ? ']' : ',');
            }
            event.writeBytes("}\n\n".getBytes(US_ASCII));
            return event.toByteArray();
        }

        @Override
        public boolean isLast() {
            return closed || gone.get();
        }

        @Override
        public void close() {
            if (gone.compareAndSet(false, true)) {
                places.release();
            }
        }
    }

    private static final class Full implements EventStream {

        @Override
        public byte[] next() {
            return FULL.clone();
        }

        @Override
        public boolean isLast() {
            return true;
        }

        @Override
        public void close() {
            // It has no place.
        }
    }
}
