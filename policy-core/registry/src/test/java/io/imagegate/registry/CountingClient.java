package io.imagegate.registry;

import io.imagegate.registry.http.ConfiguredClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP client that records its requests. */
final class CountingClient extends ConfiguredClient {

    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** {@return the requests since the last call, as method and kind of content: {@code GET manifests}} */
    List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    private void record(HttpRequest request) {
        String path = request.uri().getPath();
        String kind = path.contains("/manifests/") ? "manifests" : path.contains("/blobs/") ? "blobs" : path;
        requests.add(request.method() + " " + kind);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        record(request);
        return client.send(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        record(request);
        return client.sendAsync(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushed) {
        record(request);
        return client.sendAsync(request, handler, pushed);
    }
}
