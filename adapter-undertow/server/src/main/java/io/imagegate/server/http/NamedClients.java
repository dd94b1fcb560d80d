package io.imagegate.server.http;

import io.imagegate.webhook.ClientNames;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Accepts only clients whose certificate has a name that the gate of the path accepts. Other clients get 403 with a message, which is
 * easier to diagnose than a failed handshake.
 */
public final class NamedClients implements HttpHandler {

    private static final String KNOWN = NamedClients.class.getName();

    private final ClientNames names;
    private final Function<HttpServerExchange, Optional<String>> gates;
    private final Consumer<RejectionReason> rejections;
    private final HttpHandler next;

    /**
     * Creates a handler.
     *
     * @param names names that clients need, for the gates of this server
     * @param gates finds the gate that decides on a request
     * @param rejections called for each request that is rejected
     * @param next handles the other requests
     */
    public NamedClients(
            ClientNames names,
            Function<HttpServerExchange, Optional<String>> gates,
            Consumer<RejectionReason> rejections,
            HttpHandler next) {
        this.names = names;
        this.gates = gates;
        this.rejections = rejections;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        SSLSession session = exchange.getConnection().getSslSession();
        if (session != null && names.accept(gates.apply(exchange), names(session))) {
            next.handleRequest(exchange);
            return;
        }
        rejections.accept(RejectionReason.CLIENT_NAME);
        StatusAnswer.send(
                exchange,
                StatusCodes.FORBIDDEN,
                "Forbidden",
                "the client's certificate has none of the accepted names");
    }

    /** Read once a session, because its certificate does not change. */
    @SuppressWarnings("unchecked")
    private static Set<String> names(SSLSession session) {
        if (session.getValue(KNOWN) instanceof Set<?> known) {
            return (Set<String>) known;
        }
        Set<String> names = read(session);
        session.putValue(KNOWN, names);
        return names;
    }

    private static Set<String> read(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? ClientNames.of(certificate)
                    : Set.of();
        } catch (SSLPeerUnverifiedException nobody) {
            return Set.of();
        }
    }
}
