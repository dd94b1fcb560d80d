package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.xnio.XnioWorker;

/**
 * Measures how long the threads of a listener were idle. While they are busy, a slow handshake is not the client's
 * fault: 400 clients that connect at once to a server that has just started take many seconds on a small machine. Used
 * by one thread.
 */
final class IdleTime {

    private final List<Probe> probes = new ArrayList<>();
    private long last = TimeSource.system().nanos();

    /** A task that does nothing. It is done when its threads have done all earlier tasks. */
    private static final class Probe implements Runnable {

        private final Executor thread;
        private volatile boolean done = true;

        Probe(Executor thread) {
            this.thread = thread;
        }

        /** {@return whether the last probe is done}; then another begins */
        boolean again() {
            if (!done) {
                return false;
            }
            done = false;
            thread.execute(this);
            return true;
        }

        @Override
        public void run() {
            done = true;
        }
    }

    /**
     * Starts to measure.
     *
     * @param worker whose I/O threads and task threads serve the listener
     */
    IdleTime(XnioWorker worker) {
        probes.add(new Probe(worker));
        for (int i = 0; i < worker.getIoThreadCount(); i++) {
            probes.add(new Probe(worker.getIoThread(i)));
        }
    }

    /** {@return nanoseconds since the last call; 0 if a thread has not done its probe since then} */
    long sinceLastCall() {
        long now = TimeSource.system().nanos();
        long passed = now - last;
        last = now;
        boolean idle = true;
        for (Probe probe : probes) {
            idle &= probe.again();
        }
        return idle ? passed : 0;
    }
}
