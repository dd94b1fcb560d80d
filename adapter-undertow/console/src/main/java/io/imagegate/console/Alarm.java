package io.imagegate.console;

import io.imagegate.time.TimeSource;
import java.time.Duration;

/** Interrupts the thread that set it when its time is up, unless it is closed before. */
final class Alarm {

    private final Thread thread = Thread.currentThread();
    private final TimeSource.Timer timer;
    private boolean closed;
    private boolean rang;

    private Alarm(Duration time) {
        timer = TimeSource.system().schedule(time, this::ring);
    }

    /** Sets an alarm. The thread that does must close it. */
    static Alarm after(Duration time) {
        return new Alarm(time);
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
        timer.cancel();
        if (rang) {
            Thread.interrupted();
        }
    }
}
