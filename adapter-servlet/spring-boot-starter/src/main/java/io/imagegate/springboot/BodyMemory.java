package io.imagegate.springboot;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for the bodies of reviews that arrive or wait for their turn. Thread-safe. */
final class BodyMemory {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyMemory(long most) {
        this.most = most;
    }

    /** {@return whether so many bytes were free, which are taken} */
    boolean take(long bytes) {
        long before = taken.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
        return before + bytes <= most;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** {@return the bytes that are taken} */
    long taken() {
        return taken.get();
    }
}
