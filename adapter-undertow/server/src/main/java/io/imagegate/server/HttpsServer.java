package io.imagegate.server;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLContext;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** A running HTTPS server, HTTP/1.1 and HTTP/2 by ALPN. Closing it ends its connections at once. */
final class HttpsServer implements AutoCloseable {

    private final Undertow undertow;

    private HttpsServer(Undertow undertow) {
        this.undertow = undertow;
    }

    /**
     * Starts a server.
     *
     * @param endpoint where it listens
     * @param tls what it proves itself with
     * @param clients whether they must show a certificate
     * @param handler answers
     * @return the server, which accepts connections
     * @throws CommandProblem when it cannot listen there
     */
    static HttpsServer start(Endpoint endpoint, SSLContext tls, SslClientAuthMode clients, HttpHandler handler) {
        Undertow undertow = Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                // The webhook has a limit of its own, and answers; Undertow would end the connection.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, clients)
                .addHttpsListener(endpoint.port(), endpoint.host(), tls, handler)
                .build();
        try {
            undertow.start();
        } catch (RuntimeException failed) {
            undertow.stop();
            throw explained(endpoint, failed);
        }
        return new HttpsServer(undertow);
    }

    /** {@return the port on which it listens, the real one when any free one was asked for} */
    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        undertow.stop();
    }

    private static RuntimeException explained(Endpoint endpoint, RuntimeException failed) {
        if (failed instanceof UnresolvedAddressException) {
            return new CommandProblem("cannot listen on " + endpoint + ": unknown host");
        }
        return failed.getCause() instanceof BindException why
                ? new CommandProblem("cannot listen on " + endpoint + ": " + why.getMessage())
                : failed;
    }
}
