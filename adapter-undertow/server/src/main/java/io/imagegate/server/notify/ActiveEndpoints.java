package io.imagegate.server.notify;

import io.imagegate.registry.post.Poster;
import io.imagegate.registry.post.Poster.Answer;
import io.imagegate.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The endpoints of a file, with the client that sends to them. Thread-safe. */
final class ActiveEndpoints implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private record Active(NotifiedEndpoint endpoint, Poster.Target target) {}

    private final Notifications settings;
    private final TimeSource time;
    private final Poster poster;
    private final Map<URI, Active> active = new LinkedHashMap<>();

    private ActiveEndpoints(Notifications settings, Executor executor, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.poster = new Poster(executor, time);
    }

    /**
     * Opens endpoints.
     *
     * @throws IllegalArgumentException if there are problems, or a file of authorities cannot be used; with a line for each mistake
     */
    static ActiveEndpoints open(Notifications settings, Executor executor, TimeSource time) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(settings.problem());
        }
        ActiveEndpoints opened = new ActiveEndpoints(settings, executor, time);
        try {
            settings.endpoints()
                    .forEach(each ->
                            opened.active.put(each.url(), new Active(each, opened.poster.to(each.url(), each.ca()))));
            return opened;
        } catch (IllegalArgumentException unusable) {
            opened.close();
            throw unusable;
        }
    }

    String source() {
        return settings.source();
    }

    List<NotifiedEndpoint> endpoints() {
        return settings.endpoints();
    }

    boolean has(URI url, NotifiedOutcome outcome) {
        Active found = active.get(url);
        return found != null && found.endpoint.outcomes().contains(outcome);
    }

    /** Sends an event, signed now. The future never fails. */
    CompletableFuture<Answer> send(URI url, CloudEvent event) {
        Active found = active.get(url);
        if (found == null) {
            return CompletableFuture.completedFuture(new Answer(0, "the file names the endpoint no more"));
        }
        byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
        long now = time.instant().getEpochSecond();
        Map<String, String> headers = Map.of(
                "Content-Type", CloudEvent.MEDIA_TYPE,
                "User-Agent", "imagegate",
                "webhook-id", event.id(),
                "webhook-timestamp", Long.toString(now),
                "webhook-signature", WebhookSecret.header(found.endpoint.secrets(), event.id(), now, body));
        return found.target.post(headers, body, TIMEOUT);
    }

    @Override
    public void close() {
        poster.close();
    }
}
