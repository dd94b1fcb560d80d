package io.imagegate.examples.frameworks;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Answers kube-apiserver in Micronaut, below {@code /gate}. A thread reads a body; none waits while facts are looked up. Micronaut itself
 * answers 400 to addresses that are no URI.
 */
@ServerFilter(MicronautWebhook.PREFIX + "/**")
public final class MicronautWebhook {

    static final String PREFIX = "/gate";

    private final Webhooks webhooks;

    /** Finds the webhook of a path; the application has it as a bean. */
    public interface Webhooks extends Function<String, PolicyWebhook> {}

    MicronautWebhook(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    CompletionStage<HttpResponse<?>> review(ServerHttpRequest<?> request) throws IOException {
        String path = request.getUri().getRawPath().substring(PREFIX.length());
        PolicyWebhook webhook = webhooks.apply(path);
        @Nullable String type = request.getHeaders().get("Content-Type");
        IncomingReview incoming = webhook.receive(request.getMethodName(), path, type);
        if (incoming.refusal().isPresent()) {
            return CompletableFuture.completedFuture(response(incoming.refusal().get()));
        }
        try (InputStream body = request.byteBody().toInputStream()) {
            int most = webhook.maxBodyBytes();
            // Micronaut discards what is not read.
            boolean tooLarge = request.getContentLength() > most;
            byte[] bytes = tooLarge ? new byte[most + 1] : body.readNBytes(most + 1);
            String query = Objects.requireNonNullElse(request.getUri().getRawQuery(), "");
            return incoming.review(query, bytes, bytes.length).thenApply(MicronautWebhook::response);
        }
    }

    private static HttpResponse<?> response(Answer answer) {
        MutableHttpResponse<byte[]> response =
                HttpResponse.status(answer.status(), null).body(answer.body());
        answer.headers().forEach(response::header);
        return response;
    }
}
