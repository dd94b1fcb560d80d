package io.imagegate.server.http;

import io.imagegate.server.tls.CertificateNames;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
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
 * Lets only clients ask whose certificate has one of some names. The others get an answer rather than a broken
 * handshake: it tells those who set this up which name was expected.
 */
public final class ClientNames implements HttpHandler {

    private static final String KNOWN = ClientNames.class.getName();
    private static final String FORBIDDEN = """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the name in the client's \
            certificate is not among those that may ask","reason":"Forbidden","code":403}""";

    private final Set<String> names;
    private final Consumer<Refusal> refusals;
    private final HttpHandler next;

    /**
     * A handler that looks at names.
     *
     * @param names of which a client has one
     * @param refusals hears of those who do not
     * @param next answers those who do
     */
    public ClientNames(Set<String> names, Consumer<Refusal> refusals, HttpHandler next) {
        this.names = names;
        this.refusals = refusals;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (maySpeak(exchange.getConnection().getSslSession())) {
            next.handleRequest(exchange);
            return;
        }
        refusals.accept(Refusal.CLIENT_NAME);
        exchange.setStatusCode(StatusCodes.FORBIDDEN);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(FORBIDDEN);
    }

    /** Looked at once in a session: its certificate stays the same, and so do the names while the server runs. */
    private boolean maySpeak(@Nullable SSLSession session) {
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
