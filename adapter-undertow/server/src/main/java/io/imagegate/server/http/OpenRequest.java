package io.imagegate.server.http;

import io.imagegate.server.http.Permits.Claim;
import io.imagegate.server.undertow.Streams;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.Answer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One request, from its head to the end of its answer. */
final class OpenRequest implements IoCallback {

    /** What a request waits for. */
    enum Phase {
        /** The client sends it. */
        ARRIVING,
        /** It waits for memory or for its turn. */
        WAITING,
        /** A worker thread decides on it. */
        DECIDING,
        /** Facts about its images are looked up. It holds no thread, no turn and no body. */
        LOOKED_UP,
        /** The client reads the answer, and may still be sending. */
        ANSWERED
    }

    /** Objects of Undertow and of this package for a request: 2.6 KiB were measured with HTTP/2. */
    static final int OVERHEAD_BYTES = 4 << 10;

    /** Bodies up to this length need no claim; they count as part of the request. */
    static final int SMALL_BODY_BYTES = 64 << 10;

    /** Memory for a body without an announced length, before it grows. */
    private static final int USUAL_BODY_BYTES = 4 << 10;

    /** No client counts as slow within this time. The API server's requests take a few milliseconds. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Slowest rate at which a large body may arrive after that, while others wait for its memory. */
    private static final long BYTES_PER_SECOND = 256 << 10;

    /** Slowest mean rate at which one may arrive after that, while others have waited for long. */
    private static final long BYTES_PER_CONTENDED_SECOND = 1 << 20;

    private static final int FIELD_BYTES = 64;
    private static final int BYTES_PER_CHARACTER_OF_URI = 4;

    private final HttpServerExchange exchange;
    private final LongSupplier clientTime;
    private final long length;
    private final long headBytes;
    private long bytes;
    private final Claim memory;
    private final Claim turn;
    private volatile Phase phase = Phase.ARRIVING;
    private volatile long since = TimeSource.system().nanos();

    /** When its phase began, on its client's clock. */
    private volatile long phaseBegan;

    private final AtomicLong arrived = new AtomicLong();

    /** Until then its client is not slow. What arrives moves it, but never further than the grace time from now. */
    private volatile long due;

    private volatile boolean rejected;
    private volatile boolean abandoned;
    private Streams.@Nullable Stream stream;
    private @Nullable BodyMemory body;
    private @Nullable Runnable decision;

    /**
     * Creates a request whose head has arrived.
     *
     * @param exchange of Undertow
     * @param memory for its body
     * @param turns to be decided and answered
     * @param clientTime a clock that stands still while the server is busy, which is not the fault of a client; in
     *     nanoseconds
     */
    OpenRequest(HttpServerExchange exchange, Permits memory, Permits turns, LongSupplier clientTime) {
        this.exchange = exchange;
        this.clientTime = clientTime;
        this.phaseBegan = clientTime.getAsLong();
        this.due = phaseBegan + GRACE_NANOS;
        this.length = exchange.isRequestComplete() ? 0 : RequestLength.of(exchange);
        this.headBytes = headBytes(exchange);
        this.bytes = OVERHEAD_BYTES + headBytes + smallBodyBytes();
        this.memory = memory.claim(this::readOn);
        this.turn = turns.claim(this::runDecision);
    }

    private static long headBytes(HttpServerExchange exchange) {
        int characters =
                exchange.getRequestURI().length() + exchange.getQueryString().length();
        long bytes = (long) BYTES_PER_CHARACTER_OF_URI * characters;
        HeaderMap headers = exchange.getRequestHeaders();
        for (long at = headers.fastIterateNonEmpty(); at != -1; at = headers.fiNextNonEmpty(at)) {
            HeaderValues values = headers.fiCurrent(at);
            HttpString name = values.getHeaderName();
            for (int i = 0; i < values.size(); i++) {
                bytes += FIELD_BYTES + name.length() + values.get(i).length();
            }
        }
        return bytes;
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    /** {@return whether its connection may have one more request; always true for HTTP/1.1} */
    boolean openStream() {
        stream = Streams.open(exchange, this::cancel);
        return stream == null || !stream.isExcess();
    }

    /** Called when the request is over. */
    void endStream() {
        if (stream != null) {
            stream.end();
        }
    }

    /** {@return the part of {@link #bytes} that is for its URI and header fields} */
    long headBytes() {
        return headBytes;
    }

    /** {@return an estimate of its memory without a large body} */
    long bytes() {
        return bytes;
    }

    void bytes(long estimate) {
        bytes = estimate;
    }

    /** {@return the announced length of the body; negative when none was announced} */
    long length() {
        return length;
    }

    /** {@return the part of {@link #bytes} that is for the body at first; 0 when a large one was announced} */
    int smallBodyBytes() {
        if (length > SMALL_BODY_BYTES) {
            return 0;
        }
        return length < 0 ? USUAL_BODY_BYTES : (int) length;
    }

    /** {@return its claim to memory for a large body} */
    Claim memory() {
        return memory;
    }

    /** {@return its claim to be decided and answered} */
    Claim turn() {
        return turn;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        since = TimeSource.system().nanos();
        phaseBegan = clientTime.getAsLong();
        arrived.set(0);
        due = phaseBegan + GRACE_NANOS;
        phase = next;
    }

    /** Called by its I/O thread when a part of the body has arrived. */
    void received(int count) {
        long earned = TimeUnit.SECONDS.toNanos(count) / BYTES_PER_SECOND;
        arrived.addAndGet(count);
        due = Math.min(due + earned, clientTime.getAsLong() + GRACE_NANOS);
    }

    /** {@return whether its phase began longer ago than this} */
    boolean isOlderThan(long nanos, long now) {
        return now - since > nanos;
    }

    /** {@return whether the server waits for its slow client} */
    boolean isStalled() {
        return switch (phase) {
            case ARRIVING, ANSWERED -> clientTime.getAsLong() > due;
            case WAITING, DECIDING, LOOKED_UP -> false;
        };
    }

    /** {@return whether it arrives too slowly for others to wait for it, though it is not stalled} */
    boolean isArrivingLate() {
        long late = clientTime.getAsLong() - phaseBegan - GRACE_NANOS;
        return phase == Phase.ARRIVING && late > TimeUnit.SECONDS.toNanos(arrived.get()) / BYTES_PER_CONTENDED_SECOND;
    }

    boolean isRejected() {
        return rejected;
    }

    /** {@return whether it ended, or is about to end, before its client had taken the answer} */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Reads the body only as far as memory is granted. */
    void limitBody(BodyMemory.Memory available) {
        body = BodyMemory.of(this, available);
    }

    /** Sets the task that a worker thread runs when it is the request's turn. */
    void decision(Runnable task) {
        decision = task;
        enter(Phase.WAITING);
    }

    /** Called on any thread when it is the request's turn. */
    void runDecision() {
        Runnable task = Objects.requireNonNull(decision);
        decision = null;
        enter(Phase.DECIDING);
        exchange.getConnection().getWorker().execute(task);
    }

    /** Called on any thread when memory is granted. */
    private void readOn() {
        exchange.getIoThread().execute(() -> {
            if (body != null && phase == Phase.WAITING) {
                enter(Phase.ARRIVING);
                body.proceed();
            }
        });
    }

    /** Answers without a review. The body stays unread until the answer is sent, and is dropped then. */
    void reject(Answer answer) {
        if (exchange.isComplete() || exchange.isResponseStarted()) {
            return;
        }
        rejected = true;
        exchange.setStatusCode(answer.status());
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        exchange.setResponseContentLength(answer.body().length);
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()), this);
    }

    @Override
    public void onComplete(HttpServerExchange done, Sender sender) {
        drain();
        END_EXCHANGE.onComplete(done, sender);
    }

    @Override
    public void onException(HttpServerExchange failed, Sender sender, IOException gone) {
        abandon();
    }

    /** Ends it without an answer: closes an HTTP/1.1 connection, resets an HTTP/2 stream. Runs on any thread. */
    void abandon() {
        abandoned = true;
        exchange.getIoThread().execute(() -> {
            Streams.reset(exchange);
            finish();
        });
    }

    /** Called on any thread when the client has reset the stream or closed the connection. */
    private void cancel() {
        abandoned = true;
        exchange.getIoThread().execute(this::finish);
    }

    private void finish() {
        drain();
        boolean answered = stream != null && stream.dropAnswer();
        if (!answered || !exchange.isRequestComplete()) {
            exchange.endExchange();
        }
    }

    private void drain() {
        if (body != null) {
            body.drain();
        }
    }
}
