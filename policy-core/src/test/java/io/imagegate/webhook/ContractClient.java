package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.SocketFactory;

/** How the contract speaks to the server under test; no answer to it may tell a client to wait. */
abstract class ContractClient {

    /** {@return where the webhook's paths begin, without a slash at the end} */
    protected abstract URI base();

    /** {@return a client that trusts the server} */
    protected HttpClient client() {
        return HttpClient.newHttpClient();
    }

    /** {@return what connects to the server, a factory of TLS sockets if it speaks TLS} */
    protected SocketFactory sockets() {
        return SocketFactory.getDefault();
    }

    RawConnection connect() throws IOException {
        return new RawConnection(sockets(), at("/image_policy"));
    }

    URI at(String path) {
        return URI.create(base() + path + "?timeout=30s");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).header("Content-Type", "application/json");
    }

    HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        return post(BodyPublishers.ofByteArray(body));
    }

    HttpResponse<byte[]> post(BodyPublisher body) throws IOException, InterruptedException {
        return send(request("/image_policy").POST(body).build(), 200);
    }

    HttpResponse<byte[]> send(HttpRequest request, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client().send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().map()).doesNotContainKey("retry-after");
        return answer;
    }

    static BodyPublisher inChunks(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
