package io.imagegate.server.serve;

import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.server.tls.ClientCertificates;
import io.imagegate.server.tls.HandshakeFailure;
import io.imagegate.server.tls.LiveTls;
import io.imagegate.server.tls.TlsProblem;
import io.imagegate.server.undertow.HttpsServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server's certificate, which is replaced when its files change. */
final class ServedIdentity implements LiveTls.Listener, AutoCloseable {

    private static final Logger LOG = System.getLogger(ServedIdentity.class.getName());

    private final ServerMetrics metrics;
    private final ClientCertificates clients;
    private final LiveTls files;
    private @Nullable SSLContext tls;
    private @Nullable X509Certificate certificate;
    private List<X509Certificate> authorities = List.of();
    private @Nullable HttpsServer server;

    /**
     * Loads the certificate and watches its files.
     *
     * @param settings its files
     * @param metrics shows loads
     * @param clients called for the certificates of clients
     * @throws StartProblem when a file is missing or invalid
     */
    ServedIdentity(TlsSettings settings, ServerMetrics metrics, ClientCertificates clients) {
        this.metrics = metrics;
        this.clients = clients;
        try {
            this.files = settings.watch(this);
        } catch (TlsProblem unusable) {
            throw new StartProblem(unusable);
        }
    }

    @Override
    public synchronized void loaded(
            SSLContext newTls, X509Certificate newCertificate, List<X509Certificate> newAuthorities) {
        boolean first = tls == null;
        tls = newTls;
        certificate = newCertificate;
        authorities = newAuthorities;
        if (server != null) {
            server.use(newTls);
        }
        metrics.certificateReloads().succeeded();
        metrics.certificateExpires(newCertificate.getNotAfter().toInstant());
        if (!first) {
            LOG.log(
                    Level.INFO,
                    "loaded a new certificate, valid until {0}",
                    newCertificate.getNotAfter().toInstant());
        }
    }

    @Override
    public void refused(TlsProblem problem) {
        metrics.certificateReloads().failed();
        LOG.log(Level.ERROR, "rejected the new certificate, the old one stays in use: {0}", problem.getMessage());
    }

    @Override
    public void accepted(X509Certificate client) {
        clients.accepted(client);
    }

    @Override
    public void rejected(X509Certificate client, HandshakeFailure reason) {
        clients.rejected(client, reason);
    }

    /** Makes a server use the loaded certificate, now and after each reload. */
    synchronized void applyTo(HttpsServer started) {
        server = started;
        started.use(tls());
    }

    synchronized SSLContext tls() {
        return Objects.requireNonNull(tls, "the first files are loaded in the constructor, or it fails");
    }

    synchronized X509Certificate certificate() {
        return Objects.requireNonNull(certificate, "the first files are loaded in the constructor, or it fails");
    }

    /** {@return the certificates of the authorities of clients} */
    synchronized List<X509Certificate> authorities() {
        return authorities;
    }

    @Override
    public void close() {
        files.close();
    }
}
