package io.imagegate.server.http;

import io.imagegate.server.http.BodyBudget.Claim;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/** One request that was let in, until its answer is out. */
final class Visit {

    private final HttpServerExchange exchange;
    private long since = System.nanoTime();
    private XnioExecutor.@Nullable Key timer;
    private @Nullable Claim claim;
    private boolean waits;

    Visit(HttpServerExchange exchange) {
        this.exchange = exchange;
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    void timer(XnioExecutor.Key key) {
        timer = key;
    }

    void claim(Claim wanted) {
        claim = wanted;
    }

    @Nullable
    Claim claim() {
        return claim;
    }

    /** Unread, until there is room for its body; known to the thread of the connection alone. */
    boolean waits() {
        return waits;
    }

    void waits(boolean still) {
        waits = still;
    }

    void beginAgain() {
        since = System.nanoTime();
    }

    boolean arrived() {
        return exchange.isRequestComplete();
    }

    /** To send the rest, or to take the answer; nobody here works on it. */
    boolean waitsForClient() {
        return !arrived() || exchange.isResponseStarted();
    }

    boolean olderThan(long nanos) {
        return System.nanoTime() - since > nanos;
    }

    void stopTimer() {
        if (timer != null) {
            timer.remove();
        }
    }

    /** Ends it without an answer: an HTTP/1.1 connection closes, of an HTTP/2 connection only the one stream. */
    void abandon() {
        try {
            exchange.getConnection().close();
        } catch (IOException gone) {
            // What was to be closed is closed.
        }
        exchange.endExchange();
    }
}
