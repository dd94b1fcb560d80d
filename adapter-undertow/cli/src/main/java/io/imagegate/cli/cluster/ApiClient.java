package io.imagegate.cli.cluster;

import io.imagegate.input.InputException;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Asks an API server, within limits on the time and length of an answer. What may succeed later is asked again a few times.
 * Redirects are not followed. Used by one thread.
 */
final class ApiClient {

    /** Time for a connection and the head of an answer, and again for its body. API servers give up after 60 seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Tries while the server says that it is busy, and while connections break. */
    private static final int TRIES = 6;

    private static final int CONNECTIONS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** Longest Status, and the limits of small answers. */
    private static final int STATUS_BYTES = 64 << 10;

    private static final int SMALL_BYTES = 8 << 20;
    private static final SyntaxLimits SMALL = SyntaxLimits.builder(64 << 10, 32)
            .totalChars(SMALL_BYTES)
            .parts(500_000)
            .build();
    private static final int SHOWN = 300;

    private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);

    private final ClusterAccess access;
    private final TimeSource time;
    private final HttpClient http;

    /** Reads the body of an answer. It is called again if the body ends early. */
    @FunctionalInterface
    interface BodyReader<T> {
        T read(InputStream body) throws IOException, InputException;
    }

    ApiClient(ClusterAccess access, TimeSource time) {
        this.access = access;
        this.time = time;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(access.tls())
                .connectTimeout(PATIENCE)
                .proxy(access.proxy().map(ProxySelector::of).orElse(HttpClient.Builder.NO_PROXY))
                .build();
    }

    /**
     * {@return what a reader makes of an answer}
     *
     * @param path path and query
     * @param limit longest body
     * @param reader reads the body
     * @throws ApiFailure if the answer is not 200
     * @throws ApiBody.TooLong if it is longer than the limit
     * @throws IOException if there is no answer, or only a part of it
     * @throws InputException if the body is not what the reader expects
     */
    <T> T get(String path, long limit, BodyReader<T> reader) throws ApiFailure, IOException, InputException {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            Duration wait = pause;
            try {
                HttpResponse<InputStream> answer = send(path);
                if (answer.statusCode() == 200) {
                    return body(answer, limit, reader);
                }
                ApiFailure failure = failure(answer);
                if (!BUSY.contains(failure.status()) || tries == TRIES) {
                    throw failure;
                }
                wait = retryAfter(answer).orElse(pause);
            } catch (ApiBody.TooLong tooLong) {
                throw tooLong;
            } catch (IOException broken) {
                if (tries >= CONNECTIONS || broken instanceof SSLHandshakeException) {
                    throw broken;
                }
            }
            sleep(wait);
            pause = pause.multipliedBy(2);
        }
    }

    /** {@return a small answer as a tree} */
    Node tree(String path) throws ApiFailure, IOException, InputException {
        return get(path, SMALL_BYTES, body -> tree(path, body.readAllBytes()));
    }

    private static Node tree(String name, byte[] json) throws InputException {
        Node root = JsonCursor.<InputException>of(
                        json,
                        json.length,
                        SMALL,
                        (line, column, problem) -> new InputException(name, line, column, problem))
                .document();
        if (root == null) {
            throw new InputException(name, 1, 1, "expected an object, got nothing");
        }
        return root;
    }

    private HttpResponse<InputStream> send(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(access.server() + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("User-Agent", "imagegate");
        access.token().get().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException malformed) {
            // The JDK's client does not expect a length of more than 64 bits.
            throw new IOException("the head of the answer is malformed", malformed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterProblem("interrupted", interrupted);
        }
    }

    private <T> T body(HttpResponse<InputStream> answer, long limit, BodyReader<T> reader)
            throws IOException, InputException {
        return TimedBody.<T, InputException>read(
                answer.body(), PATIENCE, time, body -> reader.read(new ApiBody(body, limit)));
    }

    private ApiFailure failure(HttpResponse<InputStream> answer) throws IOException {
        String message = "";
        String next = "";
        try {
            Node status = body(answer, STATUS_BYTES, body -> tree("Status", body.readAllBytes()));
            message = text(status, "message");
            next = text(status.field("metadata"), "continue");
        } catch (InputException | ApiBody.TooLong noStatus) {
            // A proxy may have answered.
        }
        return new ApiFailure(
                answer.statusCode(),
                answer.statusCode() + (message.isEmpty() ? "" : ": " + SafeText.escape(SafeText.cut(message, SHOWN))),
                next);
    }

    /** {@return the text of a field; empty if there is none} */
    static String text(@Nullable Node object, String field) {
        Node value = object == null ? null : object.field(field);
        return value != null && value.isText() ? value.text() : "";
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
    }

    private void sleep(Duration length) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        time.schedule(length, () -> over.complete(true));
        over.join();
    }
}
