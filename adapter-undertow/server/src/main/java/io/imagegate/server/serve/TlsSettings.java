package io.imagegate.server.serve;

import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.LiveTls;
import io.imagegate.webhook.ClientNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and the clients that it accepts.
 *
 * @param certificate file of the certificate and its chain, PEM
 * @param key file of its private key, PEM
 * @param clientAuthorities file of the authorities that sign client certificates, PEM; null: every client is accepted
 * @param clientNames names that clients need in their certificates
 * @param serviceNames DNS names and addresses by which API servers reach this server: it is not ready while its certificate has none of
 *     them; empty: names are not checked
 * @since 0.1
 */
public record TlsSettings(
        Path certificate,
        Path key,
        @Nullable Path clientAuthorities,
        ClientNames clientNames,
        List<String> serviceNames) {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Copies the names. */
    public TlsSettings {
        serviceNames = List.copyOf(serviceNames);
    }

    /**
     * {@return the service names}
     *
     * @throws StartProblem when one is neither a name nor an address
     */
    List<Host> hosts() {
        return serviceNames.stream().map(TlsSettings::host).toList();
    }

    private static Host host(String name) {
        try {
            Host host = Host.parse(name);
            if (name.startsWith("*")) {
                throw new IllegalArgumentException("\"" + name + "\": expected a name without a wildcard");
            }
            return host;
        } catch (IllegalArgumentException wrong) {
            throw new StartProblem("--service-name " + wrong.getMessage());
        }
    }

    LiveTls watch(LiveTls.Listener listener) {
        return LiveTls.watch(certificate, key, clientAuthorities, INTERVAL, listener);
    }

    /** {@return whether every client must show a certificate} */
    boolean clientsHaveCertificates() {
        return clientAuthorities != null;
    }
}
