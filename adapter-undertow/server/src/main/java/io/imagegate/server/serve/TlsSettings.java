package io.imagegate.server.serve;

import io.imagegate.server.tls.LiveTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and the clients that it accepts.
 *
 * @param certificate file of the certificate and its chain, PEM
 * @param key file of its private key, PEM
 * @param clientAuthorities file of the authorities that sign client certificates, PEM; null: every client is accepted
 * @param clientNames names that clients may have, with their types, by the name of policies; those of an empty name are for all
 *     policies without their own; none: any
 * @since 0.1
 */
public record TlsSettings(
        Path certificate, Path key, @Nullable Path clientAuthorities, Map<String, Set<String>> clientNames) {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    LiveTls watch(LiveTls.Listener listener) {
        return LiveTls.watch(certificate, key, clientAuthorities, INTERVAL, listener);
    }

    /** {@return whether every client must show a certificate} */
    boolean clientsHaveCertificates() {
        return clientAuthorities != null;
    }
}
