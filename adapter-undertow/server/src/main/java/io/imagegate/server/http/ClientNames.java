package io.imagegate.server.http;

import io.imagegate.server.tls.CertificateNames;
import io.imagegate.text.Copies;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Accepts only clients whose certificate has a name that the gate of the path accepts. Other clients get 403 with a message, which is
 * easier to diagnose than a failed handshake.
 */
public final class ClientNames implements HttpHandler {

    private static final String KNOWN = ClientNames.class.getName();

    private final Map<String, Set<String>> names;
    private final Set<String> anywhere;
    private final Function<HttpServerExchange, Optional<String>> gates;
    private final Consumer<RejectionReason> rejections;
    private final HttpHandler next;

    /**
     * Creates a handler.
     *
     * @param names accepted names by the name of each gate; empty: any
     * @param gates finds the gate that decides on a request. Where there is none, which is a denial, everybody is accepted
     *     whom some gate accepts
     * @param rejections called for each request that is rejected
     * @param next handles the other requests
     */
    public ClientNames(
            Map<String, Set<String>> names,
            Function<HttpServerExchange, Optional<String>> gates,
            Consumer<RejectionReason> rejections,
            HttpHandler next) {
        this.names = Copies.of(names);
        this.anywhere = names.containsValue(Set.of())
                ? Set.of()
                : Copies.of(names.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        this.gates = gates;
        this.rejections = rejections;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Set<String> accepted = gates.apply(exchange).map(names::get).orElse(anywhere);
        SSLSession session = exchange.getConnection().getSslSession();
        if (session != null && (accepted.isEmpty() || !Collections.disjoint(names(session), accepted))) {
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
                    ? CertificateNames.of(certificate)
                    : Set.of();
        } catch (SSLPeerUnverifiedException nobody) {
            return Set.of();
        }
    }
}
