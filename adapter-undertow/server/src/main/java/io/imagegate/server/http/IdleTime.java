package io.imagegate.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.xnio.XnioWorker;

/**
 * Measures the time in which the threads of a listener had nothing to do but wait for clients. While they are behind, a
 * slow handshake is no fault of its client: 400 clients that connect at once to a server that has just started take many
 * seconds on a small machine. Used by one thread.
 */
public final class IdleTime {

    private final List<Probe> probes = new ArrayList<>();
    private long last = System.nanoTime();

    /** A task that does nothing; it is done once its threads have done all that was to do before. */
    private static final class Probe implements Runnable {

        private final Executor thread;
        private volatile boolean done = true;

        Probe(Executor thread) {
            this.thread = thread;
        }

        /** {@return whether the last probe is done; another begins} */
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
     * A measurement from now on.
     *
     * @param worker whose I/O threads and task threads serve the listener
     */
    public IdleTime(XnioWorker worker) {
        probes.add(new Probe(worker));
        for (int i = 0; i < worker.getIoThreadCount(); i++) {
            probes.add(new Probe(worker.getIoThread(i)));
        }
    }

    /** {@return nanoseconds since the last call; none if a thread was behind at any time since} */
    public long sinceLastAsked() {
        long now = System.nanoTime();
        long passed = now - last;
        last = now;
        boolean idle = true;
        for (Probe probe : probes) {
            idle &= probe.again();
        }
        return idle ? passed : 0;
    }
}
