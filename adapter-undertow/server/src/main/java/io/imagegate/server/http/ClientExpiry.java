package io.imagegate.server.http;

import io.imagegate.server.undertow.Streams;
import io.imagegate.time.TimeSource;
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

    private final Consumer<RejectionReason> rejections;
    private final HttpHandler next;

    /**
     * Creates a handler.
     *
     * @param rejections called for each request that is rejected
     * @param next handles the other requests
     */
    public ClientExpiry(Consumer<RejectionReason> rejections, HttpHandler next) {
        this.rejections = rejections;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        SSLSession session = exchange.getConnection().getSslSession();
        if (session == null || !hasExpired(session)) {
            next.handleRequest(exchange);
            return;
        }
        rejections.accept(RejectionReason.CLIENT_EXPIRED);
        Streams.leave(exchange);
        StatusAnswer.send(exchange, StatusCodes.FORBIDDEN, "Forbidden", "the client's certificate has expired");
    }

    private static boolean hasExpired(SSLSession session) {
        Object known = session.getValue(EXPIRY);
        Instant expiry = known instanceof Instant instant ? instant : expiry(session);
        if (known == null) {
            session.putValue(EXPIRY, expiry);
        }
        return expiry.isBefore(TimeSource.system().instant());
    }

    /** Called once a session, because it costs an exception for a client without a certificate. */
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
