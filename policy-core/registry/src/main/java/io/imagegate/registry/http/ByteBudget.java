package io.imagegate.registry.http;

/** Limits the bytes of bodies in flight. Thread-safe. */
public final class ByteBudget {

    private final long all;
    private long used;

    public ByteBudget(long all) {
        this.all = all;
    }

    /** Takes bytes, unless the lane would then have more than is left for the others. */
    synchronized boolean take(Lane lane, long bytes) {
        if (lane.bytes + bytes > all - used) {
            return false;
        }
        lane.bytes += bytes;
        used += bytes;
        return true;
    }

    synchronized void release(Lane lane, long bytes) {
        lane.bytes -= bytes;
        used -= bytes;
    }
}
