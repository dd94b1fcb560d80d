package io.imagegate.server.serve;

import io.imagegate.server.log.Logs;
import io.imagegate.server.metrics.HandshakeMetrics;
import io.imagegate.server.tls.ClientCertificates;
import io.imagegate.server.tls.HandshakeFailure;
import io.imagegate.text.SafeText;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;

/** Counts and logs failed TLS handshakes; the log has one line a minute for each reason. */
final class TlsFailures implements ClientCertificates, Consumer<HandshakeFailure> {

    private static final System.Logger LOG = System.getLogger(Logs.CLIENTS);
    private static final int MAX_SUBJECT = 200;

    private final HandshakeMetrics metrics;

    TlsFailures(HandshakeMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void accepted(X509Certificate certificate) {
        metrics.clientCertificate(certificate.getNotAfter().toInstant());
    }

    @Override
    public void rejected(X509Certificate certificate, HandshakeFailure reason) {
        metrics.failed(reason);
        LOG.log(
                Level.WARNING,
                "rejected a client certificate: " + reason.explanation() + "; subject {0}, valid until {1}",
                subject(certificate),
                certificate.getNotAfter().toInstant());
    }

    @Override
    public void accept(HandshakeFailure reason) {
        metrics.failed(reason);
        LOG.log(Level.WARNING, "TLS handshake with a client failed: " + reason.explanation());
    }

    /** Escaped, because it comes from a client that is not trusted. */
    private static String subject(X509Certificate certificate) {
        return SafeText.quote(certificate.getSubjectX500Principal().getName(), MAX_SUBJECT);
    }
}
