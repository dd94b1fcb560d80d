package io.imagegate.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that set it when its time is up, unless it is closed before. */
final class Alarm {

    private final Thread thread = Thread.currentThread();
    private final CompletableFuture<?> time = new CompletableFuture<>();
    private boolean closed;
    private boolean rang;

    private Alarm() {}

    /** Sets an alarm. The thread that does must close it. */
    static Alarm after(Duration time) {
        Alarm alarm = new Alarm();
        CompletableFuture<?> unused = alarm.time
                .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
                .thenRun(alarm::ring);
        return alarm;
    }

    private synchronized void ring() {
        if (!closed) {
            rang = true;
            thread.interrupt();
        }
    }

    /** Ends it; what it interrupted is over. */
    synchronized void close() {
        closed = true;
        time.cancel(false);
        if (rang) {
            Thread.interrupted();
        }
    }
}
