package io.imagegate.server.serve;

import io.imagegate.server.http.ClientExpiry;
import io.imagegate.server.http.RequestLength;
import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.tls.HandshakeFailure;
import io.imagegate.server.undertow.Connections;
import io.imagegate.server.undertow.HttpsServer;
import io.imagegate.server.undertow.PlainServer;
import io.undertow.server.HttpHandler;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Serves probes and metrics over plain HTTP/1.1, and over TLS to clients with a certificate. It shares no thread, buffer or limit with the review port, so neither
 * port can use up the other's capacity.
 *
 * <p>A plain connection serves one request and is closed after {@link #DEADLINE} at the latest, whether or not the answer was
 * read. With too many connections, the oldest is closed. Probes are answered by the I/O thread, metrics by the other one.
 */
final class ManagementServer {

    static final int MAX_CONNECTIONS = 64;
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(8 << 10, DEADLINE, DEADLINE, MAX_CONNECTIONS, 1, 1);

    /** Few, because their buffers come on top of those of the review port. A scraper keeps its connection. */
    private static final ConnectionLimits SECURED =
            new ConnectionLimits(8 << 10, DEADLINE, Duration.ofMinutes(5), 16, 4, 20);

    private ManagementServer() {}

    /**
     * Starts a server.
     *
     * @param endpoint where it listens
     * @param handler handles requests
     * @return the server, which accepts connections
     * @throws StartProblem when it cannot listen there
     */
    static PlainServer start(ListenAddress endpoint, HttpHandler handler) {
        HttpHandler limited = new RequestLength(reason -> {}, closing(handler));
        // Bodies of requests are not read.
        return endpoint.listen(address -> PlainServer.start("imagegate-management", address, LIMITS, 0, limited));
    }

    /**
     * Starts a server that answers only clients whose certificate an authority of the review port's clients signed.
     *
     * @param endpoint where it listens
     * @param identity its certificate, and the authorities
     * @param failures called for handshakes that fail
     * @param handler handles requests
     * @return the server, which accepts connections
     * @throws StartProblem when it cannot listen there
     */
    static HttpsServer startSecured(
            ListenAddress endpoint, ServedIdentity identity, Consumer<HandshakeFailure> failures, HttpHandler handler) {
        HttpHandler limited = new RequestLength(reason -> {}, new ClientExpiry(reason -> {}, handler));
        Connections connections = new Connections(SECURED, 0, () -> {}, () -> {}, client -> {});
        HttpsServer server = endpoint.listen(address -> HttpsServer.start(
                new HttpsServer.Start(address, identity.tls(), true, SECURED, connections, failures, limited)));
        identity.applyTo(server);
        return server;
    }

    /** Closes each connection after its first request, also if more requests were pipelined. */
    private static HttpHandler closing(HttpHandler handler) {
        return exchange -> {
            exchange.setPersistent(false);
            handler.handleRequest(exchange);
        };
    }
}
