package io.imagegate.gate;

/**
 * Called for each load of a gate's policies, for logs and health checks. What it throws is logged, changes nothing, and stops no other listener.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface GateListener {

    /**
     * Called after the first load, on the thread that opens the gate, and after each later one, on the thread that follows
     * the files.
     *
     * @param state the state after the load: {@linkplain GateState#problem() with a problem} if the load failed
     */
    void changed(GateState state);
}
