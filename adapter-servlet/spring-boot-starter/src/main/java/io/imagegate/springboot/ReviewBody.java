package io.imagegate.springboot;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads the body of one review, up to one byte more than the limit, so that the webhook detects a longer one. Memory is taken as the body
 * arrives. While there is none, nothing more is read from the connection.
 */
final class ReviewBody extends BaseSubscriber<DataBuffer> {

    /** How a body ended. */
    enum End {
        /** It is there, or longer than the limit. */
        READ,
        /** It is there but for a rest that nobody reads, so the connection cannot be used again. */
        CUT,
        /** Only a part of it arrived in time. */
        INCOMPLETE,
        /** There was no memory for it in time. */
        NO_MEMORY
    }

    /** Longest rest that is read to its end, because many clients read no answer before they have sent everything. */
    private static final long DRAINED_BYTES = 64L << 20;

    /** What a review takes beside its body. */
    private static final int FIRST = 4_096;

    private static final long RETRY_MILLIS = 50;
    private static final byte[] NOTHING = {};

    private final int limit;
    private final long announced;
    private final BodyMemory memory;
    private final MonoSink<End> ended;
    private final Scheduler timer = Schedulers.parallel();
    private final Disposable deadline;

    private byte[] bytes = NOTHING;
    private int length;
    private long drained;
    private @Nullable DataBuffer waiting;
    private boolean isEnded;

    private ReviewBody(ServerHttpRequest request, int most, BodyMemory memory, Duration timeout, MonoSink<End> ended) {
        this.limit = most + 1;
        this.announced = request.getHeaders().getContentLength();
        this.memory = memory;
        this.ended = ended;
        this.deadline = timer.schedule(this::endLate, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What became of a body. */
    record Arrival(ReviewBody body, End end) {}

    /**
     * {@return the body, when it has ended; its memory is given back by {@link #free}, or when the request is cancelled}
     *
     * @param most longest body in bytes
     */
    static Mono<Arrival> read(ServerHttpRequest request, int most, BodyMemory memory, Duration timeout) {
        return Mono.defer(() -> {
            ReviewBody[] body = new ReviewBody[1];
            return Mono.<End>create(sink -> {
                        ReviewBody made = new ReviewBody(request, most, memory, timeout, sink);
                        body[0] = made;
                        sink.onCancel(made::abandon);
                        request.getBody().subscribe(made);
                    })
                    .map(end -> new Arrival(body[0], end));
        });
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(DataBuffer buffer) {
        take(buffer);
    }

    private synchronized void take(DataBuffer buffer) {
        if (isEnded) {
            DataBufferUtils.release(buffer);
            return;
        }
        int wanted = Math.min(buffer.readableByteCount(), limit - length);
        if (!hasRoom(wanted)) {
            waiting = buffer;
            timer.schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        buffer.read(bytes, length, wanted);
        length += wanted;
        drained += buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        if (length == limit && (announced > DRAINED_BYTES || drained > DRAINED_BYTES)) {
            end(End.CUT);
        } else {
            request(1);
        }
    }

    private synchronized void retry() {
        DataBuffer buffer = waiting;
        if (buffer != null && !isEnded) {
            waiting = null;
            take(buffer);
        }
    }

    private boolean hasRoom(int more) {
        int needed = length + more;
        if (needed <= bytes.length) {
            return true;
        }
        int size = Math.max(needed, (int) Math.min(limit, Math.max(FIRST, 2L * bytes.length)));
        if (!memory.take(size - bytes.length)) {
            return false;
        }
        try {
            bytes = Arrays.copyOf(bytes, size);
            return true;
        } catch (OutOfMemoryError full) {
            memory.giveBack(size - bytes.length);
            return false;
        }
    }

    @Override
    protected void hookOnComplete() {
        end(End.READ);
    }

    /** The client has gone, or does not keep to HTTP. */
    @Override
    protected void hookOnError(Throwable broken) {
        end(End.INCOMPLETE);
    }

    private synchronized void endLate() {
        end(length == limit ? End.CUT : waiting == null ? End.INCOMPLETE : End.NO_MEMORY);
    }

    private synchronized void end(End end) {
        if (!isEnded) {
            isEnded = true;
            stop();
            ended.success(end);
        }
    }

    private synchronized void abandon() {
        isEnded = true;
        stop();
        free();
    }

    private void stop() {
        deadline.dispose();
        if (waiting != null) {
            DataBufferUtils.release(waiting);
            waiting = null;
        }
    }

    /** Gives the memory back. */
    synchronized void free() {
        memory.giveBack(bytes.length);
        bytes = NOTHING;
    }
}
