package io.imagegate.server.http;

import io.imagegate.server.tls.CertificateNames;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Accepts only clients whose certificate has one of some names. Other clients get 403 with a message, which helps those
 * who set this up, rather than a failed handshake.
 */
public final class ClientNames implements HttpHandler {

    private static final String KNOWN = ClientNames.class.getName();

    private final Set<String> names;
    private final Consumer<Refusal> refusals;
    private final HttpHandler next;

    /**
     * A handler before another.
     *
     * @param names accepted names
     * @param refusals called for each request that is refused
     * @param next answers the others
     */
    public ClientNames(Set<String> names, Consumer<Refusal> refusals, HttpHandler next) {
        this.names = names;
        this.refusals = refusals;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (isAccepted(exchange.getConnection().getSslSession())) {
            next.handleRequest(exchange);
            return;
        }
        refusals.accept(Refusal.CLIENT_NAME);
        Rejection.send(
                exchange,
                StatusCodes.FORBIDDEN,
                "Forbidden",
                "the name in the client's certificate is not among those that may ask");
    }

    /** Checked once a session: its certificate stays the same, and so do the names while the server runs. */
    private boolean isAccepted(@Nullable SSLSession session) {
        if (session == null) {
            return false;
        }
        if (session.getValue(KNOWN) instanceof Boolean known) {
            return known;
        }
        boolean may = hasOne(session);
        session.putValue(KNOWN, may);
        return may;
    }

    private boolean hasOne(SSLSession session) {
        try {
            Certificate first = session.getPeerCertificates()[0];
            return first instanceof X509Certificate certificate
                    && !Collections.disjoint(CertificateNames.of(certificate), names);
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }
}
