package io.imagegate.registry.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An HTTP client whose requests end as a test wants. */
final class StubClient extends ConfiguredClient {

    private final List<CompletableFuture<?>> requests = new ArrayList<>();

    /** Ends the oldest request. */
    void fail(Throwable thrown) {
        requests.remove(0).completeExceptionally(thrown);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> sent = new CompletableFuture<>();
        requests.add(sent);
        return sent;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushed) {
        return sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException();
    }
}
