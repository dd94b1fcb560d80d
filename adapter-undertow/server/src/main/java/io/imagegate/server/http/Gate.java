package io.imagegate.server.http;

import io.imagegate.server.http.BodyBudget.Claim;
import io.imagegate.webhook.Answer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in, as many as the limits allow, and sees that each arrives in time.
 *
 * <p>With as many in as may be, one whose client takes longer than a second to send it, or to take its answer, gives way to
 * the next; if all are quick, there really are too many, and the next is answered with 429, which the API server tries
 * again.
 */
public final class Gate implements HttpHandler {

    /** Time in which nobody has to give way. The API server's requests take a few milliseconds. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final Connections connections;
    private final BodyBudget budget;
    private final Supplier<Answer> overloaded;
    private final Consumer<Refusal> refusals;
    private final HttpHandler next;
    private final Set<Visit> visits = new LinkedHashSet<>();
    private volatile boolean draining;

    /**
     * A gate before a handler.
     *
     * @param limits what is let in
     * @param connections hears who asks
     * @param overloaded the answer to who is not let in
     * @param refusals hears of each who is not
     * @param next answers the others
     */
    public Gate(
            Limits limits,
            Connections connections,
            Supplier<Answer> overloaded,
            Consumer<Refusal> refusals,
            HttpHandler next) {
        this.limits = limits;
        this.connections = connections;
        this.budget = new BodyBudget(limits);
        this.overloaded = overloaded;
        this.refusals = refusals;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        OpenConnection connection = connections.of(exchange);
        if (connection != null) {
            connection.requestStarted();
        }
        exchange.addResponseCommitListener(this::endConnection);
        Visit visit = new Visit(exchange);
        exchange.addExchangeCompleteListener((done, others) -> {
            leave(visit);
            others.proceed();
        });
        // Who is turned away may be slow, too.
        watch(visit, false);
        if (!Streams.admit(exchange)) {
            refuse(exchange, Refusal.STREAMS);
        } else if (!enter(visit)) {
            refuse(exchange, Refusal.OVERLOAD);
        } else if (wanted(exchange) <= BodyBudget.SMALL_BYTES) {
            next.handleRequest(exchange);
        } else {
            // Begun again on its thread once there is room, and therefore only when this call is over.
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> makeRoom(visit));
        }
    }

    /** Of HTTP/1.1; asked when the answer is ready, for it may have begun long before. */
    private void endConnection(HttpServerExchange exchange) {
        if (draining) {
            exchange.setPersistent(false);
        }
    }

    private void makeRoom(Visit visit) {
        HttpServerExchange exchange = visit.exchange();
        Claim claim =
                budget.claim(wanted(exchange), () -> exchange.getIoThread().execute(() -> stopWaiting(visit)));
        visit.claim(claim);
        if (budget.takeOrWait(claim)) {
            exchange.dispatch(exchange.getIoThread(), next);
        } else {
            visit.waits(true);
        }
    }

    /** Nobody may send before there is room, so the time in which a body has to arrive begins with it. */
    private void stopWaiting(Visit visit) {
        HttpServerExchange exchange = visit.exchange();
        if (exchange.isComplete()) {
            return;
        }
        visit.waits(false);
        synchronized (visits) {
            if (visits.remove(visit)) {
                visit.beginAgain();
                visits.add(visit);
            }
        }
        watch(visit, false);
        exchange.dispatch(exchange.getIoThread(), next);
    }

    /** What is not announced may become as long as bodies are read. */
    private long wanted(HttpServerExchange exchange) {
        if (exchange.isRequestComplete()) {
            return 0;
        }
        long longest = limits.bodyBytes() + 1L;
        long announced = exchange.getRequestContentLength();
        return announced < 0 ? longest : Math.min(announced, longest);
    }

    private boolean enter(Visit visit) {
        Visit displaced = null;
        synchronized (visits) {
            if (visits.size() >= limits.inFlight()) {
                displaced = slowest();
                if (displaced == null) {
                    return false;
                }
                visits.remove(displaced);
            }
            visits.add(visit);
        }
        if (displaced != null) {
            Visit slow = displaced;
            slow.exchange().getIoThread().execute(() -> turnAway(slow));
        }
        return true;
    }

    private @Nullable Visit slowest() {
        Iterator<Visit> eldestFirst = visits.iterator();
        while (eldestFirst.hasNext()) {
            Visit eldest = eldestFirst.next();
            if (!eldest.olderThan(GRACE_NANOS)) {
                return null;
            }
            if (eldest.waitsForClient()) {
                return eldest;
            }
        }
        return null;
    }

    private void leave(Visit visit) {
        synchronized (visits) {
            visits.remove(visit);
        }
        Streams.forget(visit.exchange());
        visit.stopTimer();
        if (visit.claim() != null) {
            budget.release(visit.claim());
        }
    }

    /** Twice the time is for the answer: who does not take it holds a place all the same. */
    private void watch(Visit visit, boolean arrived) {
        visit.stopTimer();
        Runnable late = () -> late(visit, arrived);
        visit.timer(visit.exchange()
                .getIoThread()
                .executeAfter(late, limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
    }

    private void late(Visit visit, boolean arrived) {
        if (visit.arrived() && !arrived) {
            watch(visit, true);
        } else {
            turnAway(visit);
        }
    }

    /** Who only waits did nothing wrong, and is told to come again. */
    private void turnAway(Visit visit) {
        if (visit.exchange().isComplete()) {
            return;
        }
        if (!visit.waits()) {
            refusals.accept(Refusal.SLOW_REQUEST);
            visit.abandon();
            // An answer that an HTTP/2 client does not take keeps its exchange from ever being complete.
            leave(visit);
        } else if (visit.claim() != null && budget.withdraw(visit.claim())) {
            visit.waits(false);
            watch(visit, true);
            refuse(visit.exchange(), Refusal.MEMORY);
        }
    }

    private void refuse(HttpServerExchange exchange, Refusal why) {
        refusals.accept(why);
        send(exchange, overloaded.get());
    }

    static void send(HttpServerExchange exchange, Answer answer) {
        exchange.setStatusCode(answer.status());
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
    }

    /** From now on each answer ends its HTTP/1.1 connection. */
    public void drain() {
        draining = true;
    }

    /** {@return how many requests are in} */
    public int inFlight() {
        synchronized (visits) {
            return visits.size();
        }
    }

    /** {@return bytes that are kept for large bodies} */
    public long claimedBytes() {
        return budget.claimed();
    }
}
