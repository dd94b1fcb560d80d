package io.imagegate.bench.server;

import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends single reviews and looks at the answers. */
final class Client {

    private final HttpClient http;

    Client(Path authority) {
        this.http = HttpClient.newBuilder()
                .sslContext(TlsContexts.client(TlsFiles.certificates(authority).get(0)))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Sends a review of one image and requires the right answer. */
    void require(int port, String image, boolean allowed) throws IOException, InterruptedException {
        String body = "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":"
                + "{\"containers\":[{\"image\":\"" + image + "\"}],\"namespace\":\"default\"}}";
        require(port, "/image_policy", body.getBytes(StandardCharsets.UTF_8), allowed);
    }

    /** Sends a review and requires the right answer. */
    void require(int port, String path, byte[] body, boolean allowed) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains("\"allowed\":" + allowed)) {
            throw new IllegalStateException("expected allowed " + allowed + " for "
                    + new String(body, StandardCharsets.UTF_8) + ", got " + answer.statusCode() + " " + answer.body());
        }
    }
}
