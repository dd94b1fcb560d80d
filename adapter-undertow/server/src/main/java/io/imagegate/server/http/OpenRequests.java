package io.imagegate.server.http;

import io.imagegate.server.http.OpenRequest.Phase;
import io.undertow.server.HttpServerExchange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open requests, in the order in which they began, and the memory that they take together. Large bodies are not
 * part of it. Of reviews that wait for facts only the heads are; the webhook limits the rest.
 *
 * <p>Safe for any number of threads.
 */
final class OpenRequests {

    private final long limit;
    private final Map<HttpServerExchange, OpenRequest> open = new LinkedHashMap<>();
    private long bytes;

    OpenRequests(long limit) {
        this.limit = limit;
    }

    /** {@return whether there was memory for one more}; it is added in any case */
    synchronized boolean add(OpenRequest request) {
        open.put(request.exchange(), request);
        bytes += request.bytes();
        return bytes <= limit;
    }

    /** {@return whether there was memory for this many more bytes of its body}; then the request takes it */
    synchronized boolean grow(OpenRequest request, long more) {
        if (bytes + more > limit || !isOpen(request)) {
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
        if (!open.remove(request.exchange(), request)) {
            return false;
        }
        bytes -= request.bytes();
        return true;
    }

    private boolean isOpen(OpenRequest request) {
        return open.get(request.exchange()) == request;
    }

    /** {@return the open request of an exchange} */
    synchronized Optional<OpenRequest> find(HttpServerExchange exchange) {
        return Optional.ofNullable(open.get(exchange));
    }

    /** Sets how much memory a request takes from now on. */
    synchronized void resize(OpenRequest request, long estimate) {
        if (isOpen(request)) {
            bytes += estimate - request.bytes();
            request.bytes(estimate);
        }
    }

    /** {@return the open requests, the oldest first} */
    synchronized List<OpenRequest> list() {
        return List.copyOf(open.values());
    }

    /** {@return how many requests are open that were not rejected} */
    synchronized int count() {
        return (int)
                open.values().stream().filter(request -> !request.isRejected()).count();
    }

    /** {@return how many requests are in a phase} */
    synchronized int count(Phase phase) {
        return (int) open.values().stream()
                .filter(request -> request.phase() == phase)
                .count();
    }
}
