package io.imagegate.server.limit;

/**
 * Limits on what clients use of the server.
 *
 * @param connections limits of its connections
 * @param inFlight reviews that are decided on worker threads or answered at once
 * @param bufferedBytes memory for bodies longer than 64 KiB, twice their lengths added up
 * @param requestBytes memory for all open requests without such bodies: for each 4 KiB, its header fields
 *     and its body
 * @since 0.1
 */
public record Limits(ConnectionLimits connections, int inFlight, long bufferedBytes, long requestBytes) {

    /** A growing body takes up to twice its length, and decoding it takes more: a quarter of the heap leaves enough. */
    private static final int SHARE_OF_HEAP = 4;

    /** The default limits. */
    public static final Limits DEFAULTS = new Limits(ConnectionLimits.DEFAULTS, 256, shareOfHeap(), shareOfHeap());

    private static long shareOfHeap() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }
}
