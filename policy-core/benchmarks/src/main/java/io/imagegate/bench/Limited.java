package io.imagegate.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs code that may never end or may overflow its stack. The limit counts the processor time of its thread, so a busy
 * machine makes no difference.
 */
final class Limited {

    private static final long POLL_MILLIS = 2;

    private Limited() {}

    /** Starts a daemon thread with a stack of some size. */
    static Thread start(Runnable work, int stackBytes) {
        Thread thread = new Thread(null, work, "limited", stackBytes);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** {@return whether the thread ended within the limit} */
    static boolean ends(Thread thread, Duration limit) throws InterruptedException {
        while (thread.isAlive()) {
            thread.join(POLL_MILLIS);
            if (cpuNanos(thread) > limit.toNanos()) {
                return !thread.isAlive();
            }
        }
        return true;
    }

    /** {@return processor time the thread has used, 0 if it has ended} */
    static long cpuNanos(Thread thread) {
        return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()));
    }

    /**
     * Ends a thread that does not listen. Newer Java versions cannot; then it goes on until the process ends.
     *
     * @return whether it ended
     */
    @SuppressWarnings({"deprecation", "removal"}) // there is no other way to end a regular expression
    static boolean kill(Thread thread) throws InterruptedException {
        try {
            // A thread in optimized code may lose the request, and then matches a hostile text for a minute.
            while (thread.isAlive()) {
                thread.stop();
                thread.join(POLL_MILLIS);
            }
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }
}
