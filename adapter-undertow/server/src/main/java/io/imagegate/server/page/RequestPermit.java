package io.imagegate.server.page;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.Semaphore;

/**
 * The place of a request with a body. It is given back when the request is over and nothing works on it: a client that
 * disconnects does not end the work.
 */
final class RequestPermit {

    static final AttachmentKey<RequestPermit> KEY = AttachmentKey.create(RequestPermit.class);

    private final Semaphore places;
    private boolean open = true;
    private boolean used;

    /**
     * Takes over an acquired place.
     *
     * @param places all places
     * @param exchange the request
     */
    RequestPermit(Semaphore places, HttpServerExchange exchange) {
        this.places = places;
        exchange.addExchangeCompleteListener((done, others) -> {
            end();
            others.proceed();
        });
        // A request whose connection was closed never completes.
        exchange.getConnection().addCloseListener(closed -> end());
    }

    /** {@return whether the request is still open}; then work on it begins */
    synchronized boolean use() {
        used = open;
        return open;
    }

    /** The work on it is done. */
    synchronized void leave() {
        used = false;
        if (!open) {
            places.release();
        }
    }

    private synchronized void end() {
        if (open && !used) {
            places.release();
        }
        open = false;
    }
}
