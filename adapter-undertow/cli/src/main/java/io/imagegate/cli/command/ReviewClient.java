package io.imagegate.cli.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Sends reviews to a webhook, as an API server does. */
final class ReviewClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI url;
    private final HttpClient http;

    ReviewClient(String url, SSLContext tls) {
        this.url = URI.create(url);
        this.http =
                HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build();
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

    String post(String image) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(review(image)))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        String protocol = answer.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return protocol + " " + answer.statusCode() + " " + answer.body().strip();
    }
}
