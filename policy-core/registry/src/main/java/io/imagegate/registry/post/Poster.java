package io.imagegate.registry.post;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Clients;
import io.imagegate.registry.endpoint.HostTable;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.Transport;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.registry.tls.RegistryTlsFiles;
import io.imagegate.time.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Posts to URLs that an operator names, as registries are asked: within limits of time and bytes, without redirects and without a
 * proxy. Thread-safe.
 */
public final class Poster implements AutoCloseable {

    /** For the parts of answers that are read until they are dropped. */
    private static final long BYTES = 1 << 20;

    private final Clients clients;
    private final TimeSource time;
    private final FairPermits budget = new FairPermits(BYTES);

    /**
     * Makes a poster.
     *
     * @param executor runs what the clients do
     * @param time the clock
     */
    public Poster(Executor executor, TimeSource time) {
        this.clients = new Clients(
                new HostTable(List.of(), Optional.empty(), List.of(), Optional.empty()), executor, time, null);
        this.time = time;
    }

    /**
     * What became of a request.
     *
     * @param status of the answer; 0 if there is none
     * @param problem why there is no answer, escaped and cut; empty if there is one
     */
    public record Answer(int status, String problem) {}

    /** One URL. */
    public final class Target {

        private final URI url;
        private final Transport transport;

        private Target(URI url, Transport transport) {
            this.url = url;
            this.transport = transport;
        }

        /**
         * Sends a request.
         *
         * @param headers its headers
         * @param body its body
         * @param timeout for the whole answer
         * @return the answer; the future never fails
         */
        public CompletableFuture<Answer> post(Map<String, String> headers, byte[] body, Duration timeout) {
            Flight flight = new Flight(url, budget, timeout, time);
            HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            return time.completeAfter(answer(flight, request), timeout, () -> new Answer(0, "no answer in time"))
                    .whenComplete((answer, never) -> flight.end());
        }

        private CompletableFuture<Answer> answer(Flight flight, HttpRequest.Builder request) {
            return CompletableFuture.completedFuture(request)
                    .thenCompose(made -> transport.sendForHead(flight, made))
                    .handle((response, thrown) -> thrown == null
                            ? new Answer(response.status(), "")
                            : new Answer(0, Failure.of(thrown).reason()));
        }
    }

    /**
     * {@return a target}
     *
     * @param url its URL
     * @param ca file of its authorities, which is followed; empty for those of the system
     * @throws IllegalArgumentException if the file cannot be used
     */
    public Target to(URI url, Optional<Path> ca) {
        return new Target(
                url,
                ca.isEmpty()
                        ? clients.common()
                        : clients.special(String.valueOf(url.getHost()), new RegistryTlsFiles(ca, Optional.empty())));
    }

    @Override
    public void close() {
        clients.close();
    }
}
