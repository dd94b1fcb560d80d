package io.imagegate.undertow;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/** One request on its way in: keeps its body as it arrives, has it answered once, and drops what comes after that. */
final class Reception implements ChannelListener<StreamSourceChannel>, IoCallback {

    /** What a client may send beyond the limit and still be let finish, for many read no answer before they have. */
    private static final long DRAINED_BYTES = 64L << 20;

    /** A longer review may take so long to judge that others on the same I/O thread would wait; few pods have one. */
    private static final int QUICK_BYTES = 16 << 10;

    private static final long UNLIMITED = -1;
    private static final byte[] NOTHING = {};

    private final HttpServerExchange exchange;
    private final PolicyWebhook webhook;
    private final StreamSourceChannel channel;
    private byte[] body = NOTHING;
    private long received;
    private boolean answered;
    private boolean sent;

    Reception(HttpServerExchange exchange, PolicyWebhook webhook) {
        this.exchange = exchange;
        this.webhook = webhook;
        // Undertow's own limit would end the connection without an answer, which is no denial but a failed webhook.
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
            } else if (!answered) {
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

    /** Part of the body is lost, so the rest must not be judged. */
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

    /** Keeps up to one byte more than the limit, which is how the webhook sees that there was more; false: enough. */
    private boolean take(ByteBuffer arrived) {
        int limit = webhook.maxBodyBytes() + 1;
        if (!answered) {
            int kept = (int) received;
            int wanted = Math.min(arrived.remaining(), limit - kept);
            if (kept + wanted > body.length) {
                body = Arrays.copyOf(body, Math.max(kept + wanted, Math.min(limit, kept + kept / 2)));
            }
            arrived.get(body, kept, wanted);
            if (kept + wanted == limit) {
                exchange.setPersistent(false);
                answer(webhook.review(body, limit));
            }
            received += wanted;
        }
        received += arrived.remaining();
        return received < limit + DRAINED_BYTES;
    }

    private void decide() {
        if (received > QUICK_BYTES || webhook.blocking()) {
            exchange.dispatch(exchange.getDispatchExecutor(), onWorker -> answer(webhook.review(body, (int) received)));
        } else {
            answer(webhook.review(body, (int) received));
        }
    }

    void answer(Answer answer) {
        answered = true;
        body = NOTHING;
        if (exchange.isComplete()) {
            // The client left while its review was judged.
            return;
        }
        exchange.setStatusCode(answer.status());
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        exchange.setResponseContentLength(answer.body().length);
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()), this);
    }

    /** The answer is out; what the client still sends is dropped before the exchange ends. */
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
            // What was to be closed is closed.
        }
        exchange.endExchange();
    }
}
