package io.imagegate.server.limit;

import java.time.Duration;

/**
 * Limits on the connections of a listener, and on what a client sends over one.
 *
 * @param headerBytes longest head of a request
 * @param requestTimeout time for a new connection to make a request, and for every request to arrive
 * @param idleTimeout time after which a connection without a further request is closed
 * @param connections connections open at once
 * @param streams requests at once in one HTTP/2 connection
 * @param resets streams that the client of an HTTP/2 connection may reset in ten seconds
 * @since 0.1
 */
public record ConnectionLimits(
        int headerBytes, Duration requestTimeout, Duration idleTimeout, int connections, int streams, int resets) {

    /** The default limits. */
    public static final ConnectionLimits DEFAULTS =
            new ConnectionLimits(32 << 10, Duration.ofSeconds(10), Duration.ofMinutes(5), 768, 100, 200);
}
