package io.imagegate.server;

import io.imagegate.server.tls.CertificateNames;
import io.imagegate.server.tls.LiveTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.SslClientAuthMode;
import picocli.CommandLine.Option;

/** What the server proves itself with, and who may ask. */
final class TlsOptions {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Option(
            names = "--tls-cert",
            required = true,
            paramLabel = "FILE",
            description = "Certificate and chain, PEM. This file and the next two are reloaded when they change.")
    @SuppressWarnings("NullAway.Init")
    private Path certificate;

    @Option(names = "--tls-key", required = true, paramLabel = "FILE", description = "Its private key, PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description =
                    "Authorities of client certificates, PEM: only clients whose certificate one of them signed are"
                            + " accepted. Without it every client is.")
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--client-name",
            paramLabel = "NAME",
            split = ",",
            description = "Accept only clients with this name in their certificate: cn:NAME is the common name of its"
                    + " subject, dns:NAME and uri:NAME are alternative names, and a bare NAME is a common name"
                    + " or a DNS name. Can be repeated.")
    private Set<String> clientNames = new LinkedHashSet<>();

    void check() {
        if (!clientNames.isEmpty() && clientAuthorities == null) {
            throw new CommandProblem("--client-name: means nothing without --client-ca");
        }
        clientNames();
    }

    LiveTls watch(LiveTls.Listener listener) {
        return LiveTls.watch(certificate, key, clientAuthorities, INTERVAL, listener);
    }

    SslClientAuthMode clients() {
        return clientAuthorities == null ? SslClientAuthMode.NOT_REQUESTED : SslClientAuthMode.REQUIRED;
    }

    /** {@return the names that clients may have, with their types} */
    Set<String> clientNames() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : clientNames) {
            try {
                names.addAll(CertificateNames.parse(name));
            } catch (IllegalArgumentException wrong) {
                throw new CommandProblem("--client-name " + wrong.getMessage());
            }
        }
        return names;
    }

    String whoMayAsk() {
        if (clientAuthorities == null) {
            return "no --client-ca: anyone who reaches the port may ask";
        }
        String named = clientNames.isEmpty() ? "" : " and the name " + String.join(" or ", clientNames);
        return "clients need a certificate from " + clientAuthorities + named;
    }
}
