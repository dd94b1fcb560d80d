package io.imagegate.server.serve;

import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.server.tls.ClientAuthorities;
import io.imagegate.server.tls.ClientCertificates;
import io.imagegate.server.tls.HandshakeFailure;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.LiveTls;
import io.imagegate.server.tls.ServedChain;
import io.imagegate.server.tls.TlsProblem;
import io.imagegate.server.undertow.HttpsServer;
import io.imagegate.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server's certificate, which is replaced when its files change. */
final class ServedIdentity implements LiveTls.Listener, AutoCloseable {

    private static final Logger LOG = System.getLogger(ServedIdentity.class.getName());

    private final ServerMetrics metrics;
    private final ClientCertificates clients;
    private final Consumer<String> attention;
    private final List<Host> names;
    private final CertificateWatch watch;
    private final LiveTls files;
    private @Nullable SSLContext tls;
    private @Nullable X509Certificate certificate;
    private List<X509Certificate> authorities = List.of();
    private final List<HttpsServer> servers = new ArrayList<>();

    /**
     * Loads the certificate and watches its files.
     *
     * @param settings its files
     * @param metrics shows loads
     * @param clients called for the certificates of clients
     * @param time by which certificates expire
     * @param attention called with a sentence when somebody should look at a certificate
     * @throws StartProblem when a file is missing or invalid, or a name is none
     */
    ServedIdentity(
            TlsSettings settings,
            ServerMetrics metrics,
            ClientCertificates clients,
            TimeSource time,
            Consumer<String> attention) {
        this.metrics = metrics;
        this.clients = clients;
        this.attention = attention;
        this.names = settings.hosts();
        this.watch = new CertificateWatch(time, attention);
        metrics.certificatesUsable(watch::usable);
        try {
            this.files = settings.watch(this);
        } catch (TlsProblem unusable) {
            throw new StartProblem(unusable);
        }
    }

    @Override
    public synchronized void loaded(
            SSLContext newTls, List<X509Certificate> chain, List<X509Certificate> newAuthorities) {
        boolean first = tls == null;
        tls = newTls;
        certificate = chain.get(0);
        authorities = newAuthorities;
        servers.forEach(server -> server.use(newTls));
        ServedChain served = new ServedChain(chain, names);
        metrics.certificateExpires(served.expiry());
        if (!first) {
            LOG.log(Level.INFO, "loaded a new certificate, valid until {0}", served.expiry());
        }
        if (newAuthorities.isEmpty()) {
            watch.use(List.of(served));
        } else {
            ClientAuthorities accepted = new ClientAuthorities(newAuthorities);
            metrics.clientAuthoritiesExpire(accepted.expiry());
            watch.use(List.of(served, accepted));
        }
        metrics.certificateReloads().succeeded();
    }

    @Override
    public void refused(TlsProblem problem) {
        String message = "rejected the new certificate, the old one stays in use: " + problem.getMessage();
        LOG.log(Level.ERROR, "{0}", message);
        metrics.certificateReloads().failed();
        attention.accept(message);
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
        servers.add(started);
        started.use(tls());
    }

    synchronized SSLContext tls() {
        return Objects.requireNonNull(tls, "the first files are loaded in the constructor, or it fails");
    }

    synchronized X509Certificate certificate() {
        return Objects.requireNonNull(certificate, "the first files are loaded in the constructor, or it fails");
    }

    /** {@return whether reviews can succeed with the certificates in use} */
    Stream<ReadinessCheck> checks() {
        return watch.checks();
    }

    /** {@return the certificates of the authorities of clients} */
    synchronized List<X509Certificate> authorities() {
        return authorities;
    }

    @Override
    public void close() {
        files.close();
        watch.close();
    }
}
