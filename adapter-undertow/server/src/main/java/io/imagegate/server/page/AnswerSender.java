package io.imagegate.server.page;

import io.imagegate.console.EventStream;
import io.imagegate.console.PageAnswer;
import io.imagegate.server.undertow.StreamingResponse;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Sends the answer to one request. */
final class AnswerSender implements IoCallback {

    /** The JDK copies what it writes into a direct buffer of the same length, which it keeps. */
    private static final int SLICE_BYTES = 16 << 10;

    private final HttpServerExchange exchange;
    private final Duration patience;
    private ByteBuffer left = ByteBuffer.allocate(0);

    AnswerSender(HttpServerExchange exchange, Duration patience) {
        this.exchange = exchange;
        this.patience = patience;
    }

    void send(PageAnswer answer) {
        exchange.setStatusCode(answer.status());
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        answer.events().ifPresentOrElse(this::follow, () -> send(answer.body()));
    }

    private void follow(EventStream events) {
        StreamingResponse.begin(exchange, new Events(events), patience);
    }

    private void send(byte[] body) {
        exchange.setResponseContentLength(body.length);
        left = ByteBuffer.wrap(body);
        onComplete(exchange, exchange.getResponseSender());
    }

    /** Sends the next part. */
    @Override
    public void onComplete(HttpServerExchange sent, Sender sender) {
        if (left.hasRemaining()) {
            ByteBuffer slice = left.slice(left.position(), Math.min(left.remaining(), SLICE_BYTES));
            left.position(left.position() + slice.remaining());
            sender.send(slice, this);
        } else {
            exchange.endExchange();
        }
    }

    @Override
    public void onException(HttpServerExchange failed, Sender sender, IOException gone) {
        exchange.endExchange();
    }

    /** A stream of events as the source of an answer. */
    private record Events(EventStream stream) implements StreamingResponse.Source {

        @Override
        public byte[] next() {
            return stream.next();
        }

        @Override
        public boolean isLast() {
            return stream.isLast();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
