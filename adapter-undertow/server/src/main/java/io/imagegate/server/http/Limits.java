package io.imagegate.server.http;

import java.time.Duration;

/**
 * Limits on what clients use of the server.
 *
 * @param headerBytes longest head of a request
 * @param bodyBytes longest body that is parsed
 * @param requestTimeout time for a new connection to make a request, and for every request to arrive
 * @param idleTimeout time after which a connection without a further request is closed
 * @param connections connections open at once
 * @param streams requests at once in one HTTP/2 connection
 * @param resets streams that the client of an HTTP/2 connection may reset in ten seconds
 * @param inFlight reviews that are judged on worker threads or answered at once
 * @param bufferedBytes memory for bodies longer than {@link OpenRequest#SMALL_BODY_BYTES}, twice their lengths added up
 * @param requestBytes memory for all open requests without such bodies, {@link OpenRequest#OVERHEAD_BYTES} for
 *     each, its header fields and its body
 */
public record Limits(
        int headerBytes,
        int bodyBytes,
        Duration requestTimeout,
        Duration idleTimeout,
        int connections,
        int streams,
        int resets,
        int inFlight,
        long bufferedBytes,
        long requestBytes) {

    /** A growing body takes up to twice its length, and decoding it takes more: a quarter of the heap leaves enough. */
    private static final int SHARE_OF_HEAP = 4;

    /** The default limits. */
    public static final Limits DEFAULTS = new Limits(
            32 << 10,
            8 << 20,
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            768,
            100,
            200,
            256,
            shareOfHeap(),
            shareOfHeap());

    private static long shareOfHeap() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }
}
