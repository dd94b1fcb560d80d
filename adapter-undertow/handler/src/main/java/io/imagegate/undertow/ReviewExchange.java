package io.imagegate.undertow;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/** Reads the body of one request, reviews it, sends the answer once and discards the rest of the body. */
final class ReviewExchange implements ChannelListener<StreamSourceChannel>, IoCallback {

    /**
     * Number of bytes over the limit that are discarded before the connection is closed, because many clients read no
     * answer before they have sent everything.
     */
    private static final long DRAINED_BYTES = 64L << 20;

    /** Longest review for the I/O thread. Longer ones would delay others on the same thread; few pods have one. */
    private static final int QUICK_BYTES = 16 << 10;

    private static final long UNLIMITED = -1;
    private static final byte[] NOTHING = {};

    private final HttpServerExchange exchange;
    private final PolicyWebhook webhook;
    private final IncomingReview incoming;
    private final Consumer<HttpServerExchange> waits;
    private final StreamSourceChannel channel;
    private byte[] body = NOTHING;
    private long received;
    private boolean waiting;
    private boolean answered;
    private boolean sent;

    ReviewExchange(
            HttpServerExchange exchange,
            PolicyWebhook webhook,
            IncomingReview incoming,
            Consumer<HttpServerExchange> waits) {
        this.exchange = exchange;
        this.webhook = webhook;
        this.incoming = incoming;
        this.waits = waits;
        // Undertow's own limit would close the connection without an answer, which is a failed webhook and not a
        // denial.
        exchange.setMaxEntitySize(UNLIMITED);
        this.channel = exchange.getRequestChannel();
    }

    void start() {
        handleEvent(channel);
    }

    @Override
    public void handleEvent(StreamSourceChannel source) {
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            int count;
            while ((count = source.read(buffer.clear())) > 0) {
                if (!take(buffer.flip())) {
                    abandon();
                    return;
                }
            }
            if (count == 0) {
                source.getReadSetter().set(this);
                source.resumeReads();
            } else if (!answered && !waiting) {
                decide();
            } else if (sent) {
                exchange.endExchange();
            }
        } catch (IOException disconnected) {
            abandon();
        } catch (OutOfMemoryError full) {
            giveUp();
        }
    }

    /** Answers without a review, because part of the body is lost. */
    private void giveUp() {
        if (answered) {
            abandon();
        } else {
            body = NOTHING;
            exchange.setPersistent(false);
            answer(webhook.overloaded());
            channel.resumeReads();
        }
    }

    /**
     * Keeps bytes up to one more than the limit, so that the webhook detects a longer body; false to close the
     * connection.
     */
    private boolean take(ByteBuffer arrived) {
        int limit = webhook.maxBodyBytes() + 1;
        if (!answered) {
            int kept = (int) received;
            int wanted = Math.min(arrived.remaining(), limit - kept);
            if (kept + wanted > body.length) {
                body = Arrays.copyOf(body, Math.max(kept + wanted, (int) Math.min(limit, kept + kept / 2L)));
            }
            arrived.get(body, kept, wanted);
            if (kept + wanted == limit) {
                exchange.setPersistent(false);
                answer(incoming.review("", body, limit).join());
            }
            received += wanted;
        }
        received += arrived.remaining();
        return received < limit + DRAINED_BYTES;
    }

    private void decide() {
        if (received > QUICK_BYTES) {
            exchange.dispatch(exchange.getDispatchExecutor(), onWorker -> review());
        } else {
            review();
        }
    }

    /** A review that needs no facts is answered at once; any other when they are there, and no thread waits for them. */
    private void review() {
        CompletableFuture<Answer> review = incoming.review(exchange.getQueryString(), body, (int) received);
        if (review.isDone()) {
            answer(review.join());
            return;
        }
        waiting = true;
        body = NOTHING;
        exchange.dispatch(
                SameThreadExecutor.INSTANCE, () -> exchange.getIoThread().execute(() -> awaitAnswer(review)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A review never completes exceptionally.
    private void awaitAnswer(CompletableFuture<Answer> review) {
        if (exchange.isComplete()) {
            review.cancel(false);
            return;
        }
        exchange.addExchangeCompleteListener((done, others) -> {
            // Without an answer: the client has gone.
            review.cancel(false);
            others.proceed();
        });
        waits.accept(exchange);
        review.thenAccept(answer -> exchange.getIoThread().execute(() -> answer(answer)));
    }

    void answer(Answer answer) {
        answered = true;
        body = NOTHING;
        if (exchange.isComplete()) {
            // The client disconnected during the review.
            return;
        }
        exchange.setStatusCode(answer.status());
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        exchange.setResponseContentLength(answer.body().length);
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()), this);
    }

    /** The answer is sent. The rest of the body is discarded before the exchange ends. */
    @Override
    public void onComplete(HttpServerExchange done, Sender sender) {
        sent = true;
        if (exchange.isRequestComplete()) {
            exchange.endExchange();
        }
    }

    @Override
    public void onException(HttpServerExchange failed, Sender sender, IOException exception) {
        abandon();
    }

    private void abandon() {
        try {
            exchange.getConnection().close();
        } catch (IOException gone) {
            // It is already closed.
        }
        exchange.endExchange();
    }
}
