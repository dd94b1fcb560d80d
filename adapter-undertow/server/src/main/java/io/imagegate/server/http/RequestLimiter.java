package io.imagegate.server.http;

import io.imagegate.server.http.OpenRequest.Phase;
import io.imagegate.server.limit.Limits;
import io.imagegate.server.undertow.Connections;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.Answer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Limits the memory of open requests and how many are decided at once, and enforces their deadlines.
 *
 * <p>Every request is read as it arrives. A large body waits for memory, and a review for its turn on a worker thread,
 * in order and for at most the request timeout; then the answer is 429. ImagePolicyWebhook retries that, a validating
 * webhook is not called again. Reviews that are decided on an I/O thread do not wait. A review that waits for facts holds
 * no turn here, and memory for its head alone; the webhook limits the rest. While others wait, requests of clients that are slow to send
 * them or to read the answer are dropped: an HTTP/1.1 connection is closed, an HTTP/2 stream is reset.
 */
public final class RequestLimiter {

    /** Most unread answers, as a multiple of the reviews that may be decided or answered at once. */
    private static final long MOST_ANSWERS = 2;

    /** When a body has waited this long, those that arrive at less than a fair rate are dropped, too. */
    private static final long LONGEST_WAIT_NANOS = 2 * OpenRequest.GRACE_NANOS;

    /** Large bodies wait this long for memory while network buffers are short. */
    private static final long SHORTAGE_NANOS = OpenRequest.GRACE_NANOS / 2;

    private final Limits limits;
    private final Connections connections;
    private final OpenRequests requests;
    private final Permits memory;
    private final BodyMemory.Memory bodies;
    private final Permits turns;
    private final Supplier<Answer> overloaded;
    private final Consumer<RejectionReason> rejections;

    /** Time in which the server had nothing else to do than to wait for its clients. */
    private final AtomicLong clientTime = new AtomicLong();

    private volatile boolean draining;

    /**
     * Creates the limits of one server.
     *
     * @param limits of the open requests
     * @param bodyBytes longest body that is reviewed
     * @param connections counts the requests of each connection
     * @param overloaded the answer to a request that is rejected
     * @param rejections called for each request that is rejected or dropped
     */
    public RequestLimiter(
            Limits limits,
            int bodyBytes,
            Connections connections,
            Supplier<Answer> overloaded,
            Consumer<RejectionReason> rejections) {
        this.limits = limits;
        this.connections = connections;
        this.requests = new OpenRequests(limits.requestBytes());
        long longest = bodyBytes + 1L;
        // Room for one body of the longest length at least.
        this.memory = new Permits(Math.max(limits.bufferedBytes(), longest));
        this.bodies = new BodyMemory.Memory(requests, memory, longest);
        this.turns = new Permits(limits.inFlight());
        this.overloaded = overloaded;
        this.rejections = rejections;
    }

    /**
     * Puts these limits before a handler.
     *
     * @param next handles the admitted requests
     * @return the limited handler; all handlers made here share the limits
     */
    public HttpHandler before(HttpHandler next) {
        return exchange -> handle(exchange, next);
    }

    private void handle(HttpServerExchange exchange, HttpHandler next) throws Exception {
        OpenRequest request = new OpenRequest(exchange, memory, turns, clientTime::get);
        Connections.Counted counted = connections.count(exchange);
        exchange.addResponseCommitListener(started -> {
            answer(request);
            counted.answerStarted();
        });
        exchange.addExchangeCompleteListener((done, others) -> {
            end(request);
            counted.ended(done.isResponseStarted(), !request.isAbandoned());
            others.proceed();
        });
        boolean fits = requests.add(request);
        if (!request.openStream()) {
            reject(request, RejectionReason.STREAMS);
        } else if (!fits) {
            reject(request, RejectionReason.OVERLOAD);
        } else {
            exchange.setDispatchExecutor(task -> decide(request, task));
            if (request.length() != 0) {
                request.limitBody(bodies);
            }
            next.handleRequest(exchange);
        }
    }

    private void decide(OpenRequest request, Runnable task) {
        request.decision(task);
        if (turns.takeOrWait(request.turn(), 1)) {
            request.runDecision();
        }
    }

    /**
     * Frees what a review holds while facts are looked up. Called on its I/O thread.
     *
     * @param exchange of the review
     */
    public void lookUp(HttpServerExchange exchange) {
        requests.find(exchange).ifPresent(request -> {
            request.enter(Phase.LOOKED_UP);
            // Undertow keeps the head until the answer.
            requests.resize(request, request.headBytes());
            memory.giveBack(request.memory());
            turns.giveBack(request.turn());
        });
    }

    /**
     * Called when the answer is ready. The body is no longer needed, unless the request was rejected while it arrived.
     */
    private void answer(OpenRequest request) {
        // Checked here, because a request may have begun long before the shutdown.
        if (draining) {
            request.exchange().setPersistent(false);
        }
        if (request.phase() == Phase.LOOKED_UP) {
            requests.resize(request, request.headBytes() + OpenRequest.OVERHEAD_BYTES);
        }
        request.enter(Phase.ANSWERED);
        if (!request.isRejected()) {
            memory.release(request.memory());
        }
        turns.overdraw(request.turn(), 1);
        if (turns.taken() > MOST_ANSWERS * limits.inFlight()) {
            // Each unread answer holds network buffers.
            dropWhile(
                    () -> turns.taken() > MOST_ANSWERS * limits.inFlight(),
                    requests.list(),
                    other -> other != request && other.phase() == Phase.ANSWERED);
        }
    }

    /** {@return whether it was open}; releases its memory and its turn */
    private boolean end(OpenRequest request) {
        if (!requests.remove(request)) {
            return false;
        }
        request.endStream();
        memory.release(request.memory());
        turns.release(request.turn());
        return true;
    }

    private void reject(OpenRequest request, RejectionReason reason) {
        rejections.accept(reason);
        if (requests.isExhausted()) {
            end(request);
            request.abandon();
        } else {
            request.reject(overloaded.get());
        }
    }

    private void drop(OpenRequest request) {
        boolean unread = request.phase() == Phase.ANSWERED;
        // Ended here, as the exchange of an unread HTTP/2 answer never completes by itself.
        if (end(request)) {
            // Counted before its client can see that it was dropped, or its connection closed.
            rejections.accept(RejectionReason.SLOW_REQUEST);
            if (unread) {
                connections.closeUnread(request.exchange());
            }
            request.abandon();
        }
    }

    /**
     * Enforces the deadlines of all open requests. Called several times a second, on no I/O thread.
     *
     * @param idleNanos time since the last call; 0 if the server was busy, when slow clients cannot be recognized
     */
    public void sweep(long idleNanos) {
        clientTime.addAndGet(idleNanos);
        long now = TimeSource.system().nanos();
        List<OpenRequest> open = requests.list();
        for (OpenRequest request : open) {
            if (!request.exchange().getConnection().isOpen()) {
                end(request);
            } else if (request.isOlderThan(limits.connections().requestTimeout().toNanos(), now)) {
                timeOut(request);
            }
        }
        if (idleNanos > 0) {
            dropStalled(open, now);
        }
    }

    /** Answers 429 to requests that wait; drops slow ones. */
    private void timeOut(OpenRequest request) {
        switch (request.phase()) {
            case ARRIVING, ANSWERED -> drop(request);
            case WAITING -> stopWaiting(request);
            case DECIDING, LOOKED_UP -> {
                // The client did not cause the delay.
            }
        }
    }

    /** {@return whether it waited}; then it is rejected */
    private boolean stopWaiting(OpenRequest request) {
        RejectionReason reason;
        if (memory.withdraw(request.memory())) {
            reason = RejectionReason.MEMORY;
        } else if (turns.withdraw(request.turn())) {
            reason = RejectionReason.OVERLOAD;
        } else {
            return false;
        }
        request.exchange().getIoThread().execute(() -> reject(request, reason));
        return true;
    }

    /** Drops slow requests while others wait, the oldest first and no more than needed. */
    private void dropStalled(List<OpenRequest> open, long now) {
        dropWhile(requests::isScarce, open, OpenRequest::isStalled);
        dropWhile(turns::isShort, open, request -> request.phase() == Phase.ANSWERED && request.isStalled());
        dropWhile(
                () -> memory.longestWait(now) > OpenRequest.GRACE_NANOS,
                open,
                request -> memory.held(request.memory()) > 0 && request.isStalled());
        long patience = Math.min(
                LONGEST_WAIT_NANOS, limits.connections().requestTimeout().toNanos() / 2);
        dropWhile(
                () -> memory.longestWait(now) > patience,
                open,
                request -> memory.held(request.memory()) > 0 && request.isArrivingLate());
        if (memory.longestWait(now) > OpenRequest.GRACE_NANOS) {
            rejectGrowingBody(open);
        }
    }

    /** Several growing bodies without a length could wait for each other until they time out. */
    private void rejectGrowingBody(List<OpenRequest> open) {
        for (OpenRequest request : open) {
            if (memory.held(request.memory()) > 0 && !memory.isNext(request.memory()) && stopWaiting(request)) {
                return;
            }
        }
    }

    /**
     * Answers 429 to large bodies that wait for memory, the oldest first: each holds network buffers with the part that
     * has arrived. Called several times a second while buffers are short, on no I/O thread.
     *
     * @param buffers how many are missing
     * @return how many got it
     */
    public int shed(int buffers) {
        long now = TimeSource.system().nanos();
        List<OpenRequest> large = requests.list().stream()
                .filter(request -> memory.isLarge(request.memory())
                        && request.phase() == Phase.WAITING
                        && request.isOlderThan(SHORTAGE_NANOS, now))
                .limit(buffers)
                .toList();
        int stopped = 0;
        for (OpenRequest request : large) {
            stopped += stopWaiting(request) ? 1 : 0;
        }
        return stopped;
    }

    private void dropWhile(BooleanSupplier needed, List<OpenRequest> open, Predicate<OpenRequest> candidate) {
        for (OpenRequest request : open) {
            if (!needed.getAsBoolean()) {
                return;
            }
            if (candidate.test(request)) {
                drop(request);
            }
        }
    }

    /** Closes each HTTP/1.1 connection after its next answer. */
    public void drain() {
        draining = true;
    }

    /** {@return how many requests are open that were not rejected} */
    public int inFlight() {
        return requests.count();
    }

    /** {@return how many reviews wait for facts} */
    public int lookedUp() {
        return requests.count(Phase.LOOKED_UP);
    }

    /** {@return bytes that are kept for large bodies} */
    public long claimedBytes() {
        return memory.taken();
    }
}
