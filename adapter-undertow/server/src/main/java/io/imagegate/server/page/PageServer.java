package io.imagegate.server.page;

import io.imagegate.console.WebPages;
import io.imagegate.server.http.RequestLength;
import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.undertow.PlainServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Serves pages over plain HTTP/1.1. It shares no thread, buffer or limit with the review port, so neither port can use up
 * the other's capacity.
 *
 * <p>A connection serves one request and is closed after {@link #DEADLINE} at the latest, whether or not its body arrived
 * or its answer was read; only streams of events stay open. With too many connections, the longest-idle one without a
 * stream is closed.
 */
public final class PageServer {

    static final int MAX_CONNECTIONS = 64;

    /** Enough for the largest page over a slow {@code kubectl port-forward}. */
    static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final int HEADER_BYTES = 8 << 10;

    private PageServer() {}

    /**
     * Starts a server.
     *
     * @param address where it listens
     * @param pages answers its requests; whoever made them closes them
     * @return the server, which accepts connections
     * @throws IOException when it cannot listen there
     */
    public static PlainServer start(InetSocketAddress address, WebPages pages) throws IOException {
        return start(address, pages, DEADLINE);
    }

    static PlainServer start(InetSocketAddress address, WebPages pages, Duration deadline) throws IOException {
        ConnectionLimits limits = new ConnectionLimits(HEADER_BYTES, deadline, deadline, MAX_CONNECTIONS, 1, 1);
        return PlainServer.start(
                "imagegate-pages",
                address,
                limits,
                PageHandler.MAX_BODY_BYTES,
                new RequestLength(reason -> {}, new PageHandler(pages, deadline)));
    }
}
