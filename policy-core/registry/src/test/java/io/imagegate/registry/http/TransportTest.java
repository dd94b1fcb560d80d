package io.imagegate.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which failed requests may be an outage of the host, so that the host is asked. */
class TransportTest {

    private final List<StubClient> clients = new ArrayList<>();
    private final List<HttpClient> retired = new ArrayList<>();
    private final Transport transport = new Transport(this::made, retired::add, uri -> Optional.empty());

    private HttpClient made() {
        StubClient client = new StubClient();
        clients.add(client);
        return client;
    }

    private CompletableFuture<Failure> send() {
        Flight flight = new Flight("a", new FairPermits(1 << 20), Duration.ofMinutes(1), TimeSource.system());
        return transport
                .send(flight, HttpRequest.newBuilder(URI.create("https://registry.example/v2/")), 1)
                .handle((response, thrown) -> Failure.of(thrown));
    }

    private Failure failed(Throwable thrown) {
        CompletableFuture<Failure> sent = send();
        clients.get(0).fail(thrown);
        return sent.join();
    }

    @Test
    @DisplayName("a connection that fails may be an outage")
    void connection() {
        assertThat(failed(new IOException("closed")).isSuspect()).isTrue();
        assertThat(failed(new SocketException("Connection reset")).isSuspect()).isTrue();
    }

    @Test
    @DisplayName("a client that is closed because others made it useless proves nothing about the host")
    void replacedClient() {
        CompletableFuture<Failure> waiting = send();
        List<CompletableFuture<Failure>> malformed = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            malformed.add(send());
        }
        clients.get(0).fail(new ProtocolException("Invalid status line"));
        assertThat(waiting.join().isSuspect()).isTrue();
        CompletableFuture<Failure> last = malformed.remove(15);
        malformed.forEach(sent -> clients.get(0).fail(new ProtocolException("Invalid status line")));
        assertThat(retired).containsExactly(clients.get(0));
        assertThat(malformed)
                .allSatisfy(sent -> assertThat(sent.join().isSuspect()).isTrue());
        clients.get(0).fail(new IOException("closed"));
        assertThat(last.join().isSuspect()).isFalse();
        assertThat(last.join().retryAfter()).isPresent();
        CompletableFuture<Failure> next = send();
        clients.get(1).fail(new IOException("closed"));
        assertThat(next.join().isSuspect()).isTrue();
    }

    @Test
    @DisplayName("a process without free file descriptors proves nothing about the host")
    void descriptors() {
        Failure failure = failed(new InternalError(new SocketException("Too many open files")));
        assertThat(failure.isSuspect()).isFalse();
        assertThat(failure.reason()).contains("registry.example", "Too many open files");
    }
}
