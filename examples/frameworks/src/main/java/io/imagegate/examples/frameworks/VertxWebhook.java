package io.imagegate.examples.frameworks;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/** Answers kube-apiserver in Vert.x. No thread waits while facts about images are looked up. */
public final class VertxWebhook extends VerticleBase {

    private final PolicyWebhook webhook;
    private final HttpServerOptions options;

    /**
     * Creates a verticle.
     *
     * @param webhook answers reviews
     * @param options port and certificate; with an idle timeout, so that no client keeps a connection open for ever
     */
    public VertxWebhook(PolicyWebhook webhook, HttpServerOptions options) {
        this.webhook = webhook;
        this.options = options;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options).requestHandler(this::receive).listen();
    }

    private void receive(HttpServerRequest request) {
        String path = Objects.requireNonNullElse(request.path(), "");
        IncomingReview review = webhook.receive(request.method().name(), path, request.getHeader("Content-Type"));
        review.refusal().ifPresentOrElse(refusal -> send(request, refusal), () -> read(request, review));
    }

    private void read(HttpServerRequest request, IncomingReview review) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= webhook.maxBodyBytes()) {
                body.appendBuffer(part);
            }
        });
        String query = Objects.requireNonNullElse(request.query(), "");
        request.endHandler(
                end -> Future.fromCompletionStage(review.review(query, body.getBytes(), body.length()), context)
                        .onSuccess(answer -> send(request, answer)));
    }

    private static void send(HttpServerRequest request, Answer answer) {
        answer.headers().forEach(request.response()::putHeader);
        request.response().setStatusCode(answer.status()).end(Buffer.buffer(answer.body()));
    }
}
