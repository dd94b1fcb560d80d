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
 * Accepts only clients whose certificate has one of the given names. Other clients get 403 with a message, which is
 * easier to diagnose than a failed handshake.
 */
public final class ClientNames implements HttpHandler {

    private static final String KNOWN = ClientNames.class.getName();

    private final Set<String> names;
    private final Consumer<RejectionReason> rejections;
    private final HttpHandler next;

    /**
     * Creates a handler.
     *
     * @param names accepted names
     * @param rejections called for each request that is rejected
     * @param next handles the other requests
     */
    public ClientNames(Set<String> names, Consumer<RejectionReason> rejections, HttpHandler next) {
        this.names = names;
        this.rejections = rejections;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (isAccepted(exchange.getConnection().getSslSession())) {
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

    /** Checked once a session, because neither its certificate nor the accepted names change. */
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
