package io.imagegate.server.undertow;

import io.imagegate.server.tls.HandshakeFailure;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.xnio.ssl.SslConnection;

/** Reports TLS connections that end before their handshake has succeeded. */
final class HandshakeWatch {

    private HandshakeWatch() {}

    /**
     * Watches a connection until its handshake succeeds.
     *
     * @param connection a new connection of a server
     * @param failures called when the handshake fails, except for certificates, which the trust manager reports
     */
    static void watch(SslConnection connection, Consumer<HandshakeFailure> failures) {
        SSLEngine engine = UndertowXnioSsl.getSslEngine(connection);
        AtomicBoolean succeeded = new AtomicBoolean();
        connection.getHandshakeSetter().set(done -> succeeded.set(true));
        connection.getCloseSetter().set(closed -> {
            if (!succeeded.get()) {
                HandshakeFailure.of(engine).ifPresent(failures);
            }
        });
    }
}
