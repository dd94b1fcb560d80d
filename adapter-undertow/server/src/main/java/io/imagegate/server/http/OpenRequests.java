package io.imagegate.server.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The open requests, in the order in which they began, and the memory that they take together. Large bodies are not
 * part of it.
 *
 * <p>Safe for any number of threads.
 */
final class OpenRequests {

    private final long limit;
    private final Set<OpenRequest> open = new LinkedHashSet<>();
    private long bytes;

    OpenRequests(long limit) {
        this.limit = limit;
    }

    /** {@return whether there was memory for one more}; it is added in any case */
    synchronized boolean add(OpenRequest request) {
        open.add(request);
        bytes += request.bytes();
        return bytes <= limit;
    }

    /** {@return whether there was memory for this many more bytes of its body}; then the request takes it */
    synchronized boolean grow(OpenRequest request, long more) {
        if (bytes + more > limit || !open.contains(request)) {
            return false;
        }
        bytes += more;
        request.bytes(request.bytes() + more);
        return true;
    }

    /** {@return whether there is no memory left even for an answer that rejects a request} */
    synchronized boolean isExhausted() {
        return bytes > limit + limit / 4;
    }

    /** {@return whether it is so full that stalled requests should be dropped} */
    synchronized boolean isScarce() {
        return bytes > limit / 4 * 3;
    }

    /** {@return whether it was open}; removes it */
    synchronized boolean remove(OpenRequest request) {
        if (!open.remove(request)) {
            return false;
        }
        bytes -= request.bytes();
        return true;
    }

    /** {@return the open requests, the oldest first} */
    synchronized List<OpenRequest> list() {
        return List.copyOf(open);
    }

    /** {@return how many requests are open that were not rejected} */
    synchronized int count() {
        return (int) open.stream().filter(request -> !request.isRejected()).count();
    }
}
