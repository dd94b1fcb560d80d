package io.imagegate.server.undertow;

import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.time.TimeSource;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;

/**
 * The open connections of a listener. With one too many, the longest-idle connection is closed: unused ones first, then
 * those that were used and are idle, then those in their handshake. So a client that opens thousands of connections
 * closes only its own. A connection whose client takes no answers is closed when network buffers run out, or when an answer
 * has waited for too long.
 *
 * <p>Safe for any number of threads.
 */
public final class Connections {

    /** A connection that has made no request for this long is closed when buffers run out. */
    private static final long SHORT_NANOS = Duration.ofSeconds(1).toNanos();

    /** Clients that need a new connection use it within this time. */
    private static final long HANDSHAKE_NANOS = Duration.ofMillis(250).toNanos();

    /** No client takes this long for a TLS record that it has begun, except to hold a buffer. */
    private static final long RECORD_NANOS = Duration.ofMillis(500).toNanos();

    /** A client that reads takes its answers sooner. */
    private static final long ANSWER_NANOS = Duration.ofMillis(500).toNanos();

    /** The longest handshake on a busy machine. */
    private static final long LONG_HANDSHAKE_NANOS = Duration.ofSeconds(2).toNanos();

    /** One connection of so many is ranked for leaving at once. */
    private static final int RANKED_SHARE = 16;

    /** Those that were ranked longer ago are ranked again: far less than the time in which one comes to rank lower. */
    private static final long RANKED_NANOS = Duration.ofMillis(50).toNanos();

    private final int limit;
    private final long unusedNanos;
    private final InboundGuard.Bounds bounds;
    private final Runnable closed;
    private final Runnable flooded;
    private final Consumer<String> unread;
    private final Map<StreamConnection, OpenConnection> open = new ConcurrentHashMap<>();

    /** The least useful connections, as they were ranked; the next to leave is first. Guarded by this. */
    private final Queue<Ranked> ranked = new ArrayDeque<>();

    private long rankedAt;

    /** A request that counts for its connection. */
    public static final class Counted {

        private final @Nullable OpenConnection connection;

        private Counted(@Nullable OpenConnection connection) {
            this.connection = connection;
        }

        /** Called when the answer is ready. */
        public void answerStarted() {
            if (connection != null) {
                connection.answerStarted();
            }
        }

        /**
         * Called when the exchange is complete.
         *
         * @param answered whether its answer was ready
         * @param taken whether its client has taken the answer
         */
        public void ended(boolean answered, boolean taken) {
            if (connection != null) {
                if (answered) {
                    connection.answerEnded(taken);
                }
                connection.requestEnded();
            }
        }
    }

    /** What a connection was worth when it was ranked. */
    private record Ranked(OpenConnection connection, int usefulness, long idleNanos) {

        private Ranked(OpenConnection connection, long now) {
            this(connection, Connections.usefulness(connection, now), connection.idleNanos(now));
        }

        /** {@return whether it was used, or has spoken, since} */
        private boolean isBetter(long now) {
            return Connections.usefulness(connection, now) > usefulness || connection.idleNanos(now) < idleNanos;
        }
    }

    /**
     * Creates the limits of one listener.
     *
     * @param limits how many, what each may send, and how long one may stay unused
     * @param bodyBytes longest body that is parsed
     * @param closed called for each connection that is closed because there are too many or it is not used
     * @param flooded called for each connection that is closed because of what it sent
     * @param unread called with the address of the client for each connection that is closed because its answers are not
     *     taken
     */
    public Connections(
            ConnectionLimits limits, int bodyBytes, Runnable closed, Runnable flooded, Consumer<String> unread) {
        this.limit = limits.connections();
        this.unusedNanos = limits.requestTimeout().toNanos();
        this.bounds = InboundGuard.Bounds.of(limits, bodyBytes);
        this.closed = closed;
        this.flooded = flooded;
        this.unread = unread;
    }

    /**
     * Limits each new connection before it is served.
     *
     * @param next serves it
     * @return to be called with each new connection
     */
    ChannelListener<StreamConnection> before(ChannelListener<? super StreamConnection> next) {
        return connection -> {
            add(connection, null);
            next.handleEvent(connection);
        };
    }

    /**
     * Limits each new connection of TLS before it is served.
     *
     * @param next serves it
     * @return to be called with each new connection and what reads it before it is decrypted
     */
    BiConsumer<StreamConnection, BelowTls> beforeTls(ChannelListener<? super StreamConnection> next) {
        return (connection, below) -> {
            add(connection, below);
            next.handleEvent(connection);
        };
    }

    private void add(StreamConnection connection, @Nullable BelowTls below) {
        InboundGuard guard = new InboundGuard(
                connection.getSourceChannel().getConduit(), bounds, flooded, TimeSource.system()::nanos);
        connection.getSourceChannel().setConduit(guard);
        OpenConnection leaves;
        synchronized (this) {
            leaves =
                    open.size() < limit ? null : leastUseful(TimeSource.system().nanos());
            open.put(connection, new OpenConnection(connection, below, guard));
        }
        if (leaves != null) {
            leaves.displace();
        }
    }

    /**
     * {@return the connection that leaves for another, no longer counted; null if one has gone by itself} A sixteenth of the
     * connections is ranked for leaving at once: a crowd that comes back as often as it is displaced would cost the time of
     * thousands of rankings a second, and with it the time of those that ask.
     */
    private @Nullable OpenConnection leastUseful(long now) {
        forgetRanks(now);
        while (true) {
            for (Ranked next = ranked.poll(); next != null; next = ranked.poll()) {
                OpenConnection connection = next.connection();
                if (!connection.isOpen()) {
                    if (open.remove(connection.connection(), connection)) {
                        return null;
                    }
                } else if (!next.isBetter(now) && forget(connection)) {
                    return connection;
                }
            }
            forgetClosed();
            if (open.size() < limit) {
                return null;
            }
            rank(now);
        }
    }

    private synchronized void forgetRanks(long now) {
        if (now - rankedAt > RANKED_NANOS) {
            ranked.clear();
        }
    }

    private void rank(long now) {
        rankedAt = now;
        open.values().stream()
                .map(connection -> new Ranked(connection, now))
                .sorted(Comparator.comparingInt(Ranked::usefulness)
                        .thenComparing(Ranked::idleNanos, Comparator.reverseOrder()))
                .limit(Math.max(1, limit / RANKED_SHARE))
                .forEach(ranked::add);
    }

    /**
     * The rank of a connection: the lowest is closed first. A connection in its handshake ranks above an idle one that
     * was used; otherwise clients with idle connections could keep others out. Go's client opens hundreds of
     * connections in a burst and uses a few of them. One that has begun to speak HTTP/2 is about to be used, and ranks above
     * those in their handshake for as long as they do.
     */
    private static int usefulness(OpenConnection connection, long now) {
        long idle = connection.idleNanos(now);
        if (connection.isLeftUnused(HANDSHAKE_NANOS, now)) {
            return 0;
        }
        if (connection.isUnused()) {
            return idle > LONG_HANDSHAKE_NANOS ? 1 : connection.isHttp2() ? 4 : 3;
        }
        return idle > SHORT_NANOS && !connection.isBusy() ? 2 : 5;
    }

    /**
     * Counts a request of its connection.
     *
     * @param exchange the request, whose head has arrived
     * @return counts its answer and its end
     */
    public Counted count(HttpServerExchange exchange) {
        OpenConnection connection = of(exchange);
        if (connection != null) {
            connection.requestStarted();
        }
        return new Counted(connection);
    }

    /**
     * Closes the connection of a request if its client takes no answers at all. May be called by any thread.
     *
     * @param exchange whose answer has waited for too long
     */
    public void closeUnread(HttpServerExchange exchange) {
        OpenConnection connection = of(exchange);
        if (connection != null
                && connection.leavesAnswers(ANSWER_NANOS, TimeSource.system().nanos())) {
            closeUnread(connection);
        }
    }

    private void closeUnread(OpenConnection connection) {
        if (open.remove(connection.connection(), connection)) {
            unread.accept(connection.client());
            connection.close();
        }
    }

    /**
     * Makes the connection of each request one of the client with this name. When clients ask at once, their connections
     * take turns by client.
     *
     * @param name of the client that makes a request, or none to leave its connection as it was
     * @param next handles the requests
     * @return the handler, which is called by I/O threads
     */
    public HttpHandler assign(Function<HttpServerExchange, Optional<String>> name, HttpHandler next) {
        return exchange -> {
            OpenConnection connection = of(exchange);
            if (connection != null) {
                name.apply(exchange).ifPresent(connection::assign);
            }
            next.handleRequest(exchange);
        };
    }

    /**
     * Makes the entry of each request's connection known to a handler, by the {@linkplain OpenConnection#KEY key}.
     *
     * @param next gets the requests of known connections
     * @return to be called with each request
     */
    HttpHandler identify(HttpHandler next) {
        return exchange -> {
            if (of(exchange) == null) {
                // Displaced by another while its request was read.
                exchange.endExchange();
            } else {
                next.handleRequest(exchange);
            }
        };
    }

    private @Nullable OpenConnection of(HttpServerExchange exchange) {
        ServerConnection connection = exchange.getConnection();
        OpenConnection known = connection.getAttachment(OpenConnection.KEY);
        if (known == null && connection instanceof AbstractServerConnection http1) {
            known = open.get(http1.getChannel());
            if (known != null) {
                connection.putAttachment(OpenConnection.KEY, known);
            }
        }
        return known;
    }

    /** {@return the entry of a connection; null when this listener does not know it} */
    @Nullable
    OpenConnection of(StreamConnection connection) {
        return open.get(connection);
    }

    /**
     * Closes connections that stay unused for too long. Called several times a second, on one thread that is no I/O
     * thread.
     *
     * @param idleNanos time since the last call in which the server had nothing else to do
     */
    void sweep(long idleNanos) {
        forgetRanks(TimeSource.system().nanos());
        forgetClosed();
        closeIf(connection -> connection.unusedNanos(idleNanos) > unusedNanos);
    }

    /** Closes connections that hold a part of a TLS record, to free its buffer; {@return how many} */
    int closeWithholding() {
        long now = TimeSource.system().nanos();
        return closeIf(connection -> connection.withholds(RECORD_NANOS, now));
    }

    /**
     * Closes connections whose clients take no answers, those first that have taken none for longest: each holds network
     * buffers with what it was sent last and has sent last.
     *
     * @param most how many
     * @return how many were closed
     */
    int closeUnread(int most) {
        long now = TimeSource.system().nanos();
        List<OpenConnection> chosen = open.values().stream()
                .filter(connection -> connection.leavesAnswers(ANSWER_NANOS, now))
                .sorted(Comparator.comparingLong((OpenConnection connection) -> connection.unreadNanos(now))
                        .reversed())
                .limit(most)
                .toList();
        chosen.forEach(this::closeUnread);
        return chosen.size();
    }

    /**
     * Closes connections that are unused for a second or idle for long, to free their buffers. One of HTTP/2 that waits
     * between two frames holds none.
     */
    void shed() {
        long now = TimeSource.system().nanos();
        closeIf(connection -> (connection.unusedNanos(0) > SHORT_NANOS && !connection.isBetweenFrames())
                || connection.idleNanos(now) > 2 * unusedNanos);
    }

    private int closeIf(Predicate<OpenConnection> condition) {
        List<OpenConnection> chosen = open.values().stream().filter(condition).toList();
        chosen.forEach(this::close);
        return chosen.size();
    }

    private void close(OpenConnection connection) {
        if (forget(connection)) {
            connection.close();
        }
    }

    /** {@return whether it was open}; no longer counts it */
    private boolean forget(OpenConnection connection) {
        boolean known = open.remove(connection.connection(), connection);
        if (known) {
            closed.run();
        }
        return known;
    }

    private void forgetClosed() {
        open.values().removeIf(connection -> !connection.isOpen());
    }

    /** {@return how many are open} */
    public int count() {
        forgetClosed();
        return open.size();
    }
}
