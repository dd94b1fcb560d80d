package io.imagegate.server.http;

import io.imagegate.server.http.OpenRequest.Phase;
import io.imagegate.webhook.Answer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Limits the memory of open requests and how many are judged at once, and enforces their deadlines.
 *
 * <p>Every request is read as it arrives. A large body waits for memory, and a review for its turn on a worker thread, in
 * order and for at most the request timeout; then the answer is 429. ImagePolicyWebhook retries that, a validating webhook is
 * not called again. Reviews that are judged on an I/O thread do not wait. While others wait, clients that are slow to send a request or to take an answer lose
 * it: an HTTP/1.1 connection is closed, an HTTP/2 stream is reset.
 */
public final class Gate {

    /** Answers that are not taken yet, as a multiple of the reviews that may be judged or answered at once. */
    private static final long MOST_ANSWERS = 2;

    private final Limits limits;
    private final Connections connections;
    private final OpenRequests requests;
    private final Budget memory;
    private final BodyConduit.Memory bodies;
    private final Budget turns;
    private final Supplier<Answer> overloaded;
    private final Consumer<Refusal> refusals;
    private volatile boolean draining;

    /**
     * A gate before a handler.
     *
     * @param limits what is let in
     * @param connections counts the requests of each connection
     * @param overloaded the answer to a request that is refused
     * @param refusals called for each request that is refused or dropped
     */
    public Gate(Limits limits, Connections connections, Supplier<Answer> overloaded, Consumer<Refusal> refusals) {
        this.limits = limits;
        this.connections = connections;
        this.requests = new OpenRequests(limits.requestBytes());
        long longest = limits.bodyBytes() + 1L;
        // Room for one body of the longest length at least.
        this.memory = new Budget(Math.max(limits.bufferedBytes(), longest));
        this.bodies = new BodyConduit.Memory(requests, memory, longest);
        this.turns = new Budget(limits.inFlight());
        this.overloaded = overloaded;
        this.refusals = refusals;
    }

    /**
     * Puts the gate before a handler.
     *
     * @param next answers the requests that are let in
     * @return the handler with the limits of this gate, which it shares with others
     */
    public HttpHandler before(HttpHandler next) {
        return exchange -> handle(exchange, next);
    }

    private void handle(HttpServerExchange exchange, HttpHandler next) throws Exception {
        OpenConnection connection = connections.of(exchange);
        if (connection != null) {
            connection.requestStarted();
            exchange.addExchangeCompleteListener((done, others) -> {
                connection.requestEnded();
                others.proceed();
            });
        }
        OpenRequest request = new OpenRequest(exchange, memory, turns);
        exchange.addResponseCommitListener(started -> answer(request));
        exchange.addExchangeCompleteListener((done, others) -> {
            end(request);
            others.proceed();
        });
        boolean fits = requests.add(request);
        if (!Streams.admit(request)) {
            refuse(request, Refusal.STREAMS);
        } else if (!fits) {
            refuse(request, Refusal.OVERLOAD);
        } else {
            exchange.setDispatchExecutor(task -> judge(request, task));
            if (request.length() != 0) {
                exchange.addRequestWrapper((factory, any) -> request.read(factory.create(), bodies));
            }
            next.handleRequest(exchange);
        }
    }

    private void judge(OpenRequest request, Runnable task) {
        request.judgement(task);
        if (turns.takeOrWait(request.turn(), 1)) {
            request.runJudgement();
        }
    }

    /** The answer is ready: the body is no longer needed, unless the request was refused while it arrived. */
    private void answer(OpenRequest request) {
        // Asked when the answer is ready, for a request may have begun long before the server was told to end.
        if (draining) {
            request.exchange().setPersistent(false);
        }
        request.enter(Phase.ANSWERED);
        if (!request.isRefused()) {
            memory.release(request.memory());
        }
        turns.overdraw(request.turn(), 1);
        if (turns.taken() > MOST_ANSWERS * limits.inFlight()) {
            // Each answer that is not taken holds network buffers.
            dropWhile(
                    () -> turns.taken() > MOST_ANSWERS * limits.inFlight(),
                    requests.list(),
                    other -> other != request && other.phase() == Phase.ANSWERED);
        }
    }

    /** {@return whether it was open} */
    private boolean end(OpenRequest request) {
        if (!requests.remove(request)) {
            return false;
        }
        Streams.forget(request);
        memory.release(request.memory());
        turns.release(request.turn());
        return true;
    }

    private void refuse(OpenRequest request, Refusal reason) {
        refusals.accept(reason);
        if (requests.isExhausted()) {
            end(request);
            request.abandon();
        } else {
            request.refuse(overloaded.get());
        }
    }

    private void drop(OpenRequest request) {
        // An answer that an HTTP/2 client does not take keeps its exchange from ever being complete.
        if (end(request)) {
            refusals.accept(Refusal.SLOW_REQUEST);
            request.abandon();
        }
    }

    /**
     * Enforces the deadlines of all open requests. Called several times a second, on no I/O thread.
     *
     * @param idleNanos time since the last call in which the server had nothing else to do; while it is behind, nobody can
     *     tell whether a client is slow
     */
    public void sweep(long idleNanos) {
        long now = System.nanoTime();
        List<OpenRequest> open = requests.list();
        for (OpenRequest request : open) {
            if (!request.exchange().getConnection().isOpen()) {
                end(request);
            } else if (request.isOlderThan(limits.requestTimeout().toNanos(), now)) {
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
            case JUDGED -> {
                // Its client is not the cause.
            }
        }
    }

    /** {@return whether it waited} */
    private boolean stopWaiting(OpenRequest request) {
        Refusal reason;
        if (memory.withdraw(request.memory())) {
            reason = Refusal.MEMORY;
        } else if (turns.withdraw(request.turn())) {
            reason = Refusal.OVERLOAD;
        } else {
            return false;
        }
        request.exchange().getIoThread().execute(() -> refuse(request, reason));
        return true;
    }

    /** Drops slow requests while others wait, the oldest first and no more than needed. */
    private void dropStalled(List<OpenRequest> open, long now) {
        dropWhile(requests::isScarce, open, request -> request.isStalled(now));
        dropWhile(turns::isShort, open, request -> request.phase() == Phase.ANSWERED && request.isStalled(now));
        dropWhile(
                () -> memory.longestWait(now) > OpenRequest.GRACE_NANOS,
                open,
                request -> memory.held(request.memory()) > 0 && request.isStalled(now));
        long half = limits.requestTimeout().toNanos() / 2;
        dropWhile(
                () -> memory.longestWait(now) > half,
                open,
                request -> memory.held(request.memory()) > 0 && request.isArrivingLate(now));
        if (memory.longestWait(now) > half) {
            refuseOneThatGrows(open);
        }
    }

    /** Bodies without a length that all wait to grow would wait for each other. */
    private void refuseOneThatGrows(List<OpenRequest> open) {
        for (OpenRequest request : open) {
            if (memory.held(request.memory()) > 0 && !memory.isFirst(request.memory()) && stopWaiting(request)) {
                return;
            }
        }
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

    /** {@return how many requests are open that were not refused} */
    public int inFlight() {
        return requests.count();
    }

    /** {@return bytes that are kept for large bodies} */
    public long claimedBytes() {
        return memory.taken();
    }
}
