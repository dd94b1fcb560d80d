package io.imagegate.cli.command;

import io.imagegate.cli.cluster.TimedBody;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends reviews to a webhook, as an API server does. */
final class ReviewClient {

    /** Time for a connection and the head of an answer, and again for its body. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LONGEST_REASON = 4_096;
    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(64 << 10, 32)
            .totalChars(LONGEST_ANSWER)
            .parts(10_000)
            .build();

    /**
     * The decision of a webhook.
     *
     * @param allowed whether the image may run
     * @param reason why not; perhaps empty
     */
    record Decision(boolean allowed, String reason) {

        /** {@return the decision for people} */
        String text() {
            return allowed
                    ? "allowed"
                    : "denied" + (reason.isEmpty() ? "" : ": " + SafeText.escape(SafeText.cut(reason, LONGEST_REASON)));
        }
    }

    private static final class Reply {

        final HttpClient.Version version;
        final int status;
        final byte[] body;

        Reply(HttpResponse<InputStream> answer, Duration patience) throws IOException {
            version = answer.version();
            status = answer.statusCode();
            body = TimedBody.<byte[], IOException>read(
                    answer.body(), patience, TimeSource.system(), received -> received.readNBytes(LONGEST_ANSWER));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8).strip();
        }
    }

    private final URI url;
    private final Duration patience;
    private final HttpClient http;

    ReviewClient(String url, SSLContext tls) {
        this(url, tls, PATIENCE);
    }

    ReviewClient(String url, SSLContext tls, Duration patience) {
        this.url = URI.create(url);
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(patience)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /**
     * The review of a pod with one container.
     *
     * @param image plain text, without characters that JSON escapes
     * @return the body of a request
     */
    static String review(String image) {
        return """
                {"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1",\
                "spec":{"containers":[{"image":"%s"}],"namespace":"default"}}""".formatted(image);
    }

    private static String admissionReview(String image) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"imagegate-review",\
                "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
                "name":"imagegate-review","namespace":"default","operation":"CREATE","dryRun":true,\
                "userInfo":{"username":"imagegate-review"},\
                "object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"imagegate-review","namespace":"default"},\
                "spec":{"containers":[{"name":"review","image":"%s"}]}}}}""".formatted(image);
    }

    /** {@return protocol, status and body of the answer to an ImageReview} */
    String post(String image) throws IOException, InterruptedException {
        Reply reply = send(review(image));
        return (reply.version == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1") + " " + reply.status + " "
                + reply.text();
    }

    /**
     * Asks for a decision by the kind of review that the path of the URL is for.
     *
     * @param image plain text, without characters that JSON escapes
     * @return the decision
     * @throws IOException if there is no answer, or it has no decision
     */
    Decision decide(String image) throws IOException, InterruptedException {
        boolean admission = !String.valueOf(url.getPath()).startsWith("/image_policy");
        Reply reply = send(admission ? admissionReview(image) : review(image));
        if (reply.status != 200) {
            throw new IOException(
                    "status " + reply.status + ": " + SafeText.escape(SafeText.cut(reply.text(), LONGEST_REASON)));
        }
        Node answer = JsonCursor.<IOException>of(
                        reply.body,
                        reply.body.length,
                        LIMITS,
                        (line, column, problem) ->
                                new IOException("the answer, " + line + ":" + column + ": " + problem))
                .document();
        Node decision = field(answer, admission ? "response" : "status");
        Node allowed = field(decision, "allowed");
        if (allowed == null || allowed.type() != ValueType.BOOLEAN) {
            throw new IOException("the answer has no decision");
        }
        Node reason = admission ? field(field(decision, "status"), "message") : field(decision, "reason");
        return new Decision(Boolean.parseBoolean(allowed.text()), reason == null ? "" : reason.text());
    }

    private static @Nullable Node field(@Nullable Node of, String name) {
        return of == null ? null : of.field(name);
    }

    private Reply send(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return new Reply(http.send(request, BodyHandlers.ofInputStream()), patience);
    }
}
