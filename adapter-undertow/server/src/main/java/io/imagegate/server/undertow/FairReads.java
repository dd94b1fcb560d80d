package io.imagegate.server.undertow;

import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Reads a connection in its {@linkplain FairTurns turns}. It stands below TLS, so that what waits is not even decrypted. Used by
 * the I/O thread of the connection alone.
 */
final class FairReads extends AbstractStreamSourceConduit<StreamSourceConduit> {

    private final FairTurns turns;
    private final FairTurns.Place place;
    private volatile boolean woken;

    /**
     * Creates it.
     *
     * @param next where the bytes come from
     * @param turns of the connection's I/O thread
     */
    FairReads(StreamSourceConduit next, FairTurns turns) {
        super(next);
        this.turns = turns;
        this.place = turns.add();
    }

    /** Makes the connection one of the client with this name. */
    void assign(String name) {
        turns.assign(place, name);
    }

    /** Such a call comes once, whether or not bytes have arrived, so it does not wait. Safe for any thread. */
    @Override
    public void wakeupReads() {
        woken = true;
        super.wakeupReads();
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        super.setReadReadyHandler(new ReadReadyHandler() {
            @Override
            public void readReady() {
                if (woken) {
                    woken = false;
                    handler.readReady();
                } else if (turns.take(place)) {
                    handler.readReady();
                }
            }

            @Override
            public void forceTermination() {
                handler.forceTermination();
            }

            @Override
            public void terminated() {
                handler.terminated();
            }
        });
    }
}
