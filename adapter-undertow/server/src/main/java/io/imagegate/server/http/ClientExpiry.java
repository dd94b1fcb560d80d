package io.imagegate.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Answers 403 to clients whose certificate has expired since their handshake, and closes their connection. TLS checks
 * certificates in full handshakes only: neither in an open connection nor in a resumed session.
 */
public final class ClientExpiry implements HttpHandler {

    private static final String EXPIRY = ClientExpiry.class.getName();

    private final Consumer<Refusal> refusals;
    private final HttpHandler next;

    /**
     * A handler before another.
     *
     * @param refusals called for each request that is refused
     * @param next answers the others
     */
    public ClientExpiry(Consumer<Refusal> refusals, HttpHandler next) {
        this.refusals = refusals;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        SSLSession session = exchange.getConnection().getSslSession();
        if (session == null || !hasExpired(session)) {
            next.handleRequest(exchange);
            return;
        }
        refusals.accept(Refusal.CLIENT_EXPIRED);
        Streams.leave(exchange);
        Rejection.send(exchange, StatusCodes.FORBIDDEN, "Forbidden", "the client's certificate has expired");
    }

    private static boolean hasExpired(SSLSession session) {
        Object known = session.getValue(EXPIRY);
        Instant expiry = known instanceof Instant instant ? instant : expiry(session);
        if (known == null) {
            session.putValue(EXPIRY, expiry);
        }
        return expiry.isBefore(Instant.now());
    }

    /** Asked once a session: for a client without a certificate the answer is an exception, which takes its time. */
    private static Instant expiry(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate.getNotAfter().toInstant()
                    : Instant.MAX;
        } catch (SSLPeerUnverifiedException none) {
            return Instant.MAX;
        }
    }
}
