package io.imagegate.server.tls;

import java.security.cert.X509Certificate;

/** Called for each certificate that a client shows in a full handshake; a resumed session shows none. */
public interface ClientCertificates {

    /**
     * The certificate was accepted.
     *
     * @param certificate the client's own
     */
    void accepted(X509Certificate certificate);

    /**
     * The certificate was rejected, which ends the handshake.
     *
     * @param certificate the client's own; whatever it says is not verified
     * @param reason why
     */
    void rejected(X509Certificate certificate, HandshakeFailure reason);
}
