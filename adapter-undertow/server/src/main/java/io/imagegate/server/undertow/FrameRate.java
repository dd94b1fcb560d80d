package io.imagegate.server.undertow;

import java.util.function.LongSupplier;

/**
 * Limits the frames without content that one connection may send: time and requests add to the allowance. Used by the
 * I/O thread of the connection alone.
 */
final class FrameRate {

    /** Frames that may come at once. A client that opens a connection and reads large answers sends a few dozen. */
    static final int MOST = 2_000;

    private static final int PER_SECOND = 500;

    /** A client acknowledges what it reads with at most about one frame a request. */
    private static final int PER_REQUEST = 2;

    private static final long NANOS_PER_FRAME = 1_000_000_000L / PER_SECOND;

    private final LongSupplier clock;
    private long left = MOST;
    private long refilled;

    FrameRate(LongSupplier clock) {
        this.clock = clock;
        this.refilled = clock.getAsLong();
    }

    /** Adds the frames of one more request. */
    void request() {
        left = Math.min(MOST, left + PER_REQUEST);
    }

    /** {@return whether the allowance covered this many frames}; they are subtracted from it */
    boolean spend(int frames) {
        left -= frames;
        if (left < 0) {
            refill();
        }
        return left >= 0;
    }

    private void refill() {
        long earned = (clock.getAsLong() - refilled) / NANOS_PER_FRAME;
        refilled += earned * NANOS_PER_FRAME;
        left = Math.min(MOST, left + earned);
    }
}
