package io.imagegate.server.serve;

import io.imagegate.console.CertificateState;
import io.imagegate.console.Playground;
import io.imagegate.console.Replica;
import io.imagegate.console.ReplicaBuilder;
import io.imagegate.console.ReplicaReadiness;
import io.imagegate.console.WebPages;
import io.imagegate.console.WebPagesBuilder;
import io.imagegate.gate.GateState;
import io.imagegate.server.page.PageServer;
import io.imagegate.server.undertow.PlainServer;
import io.imagegate.signature.Verifier;
import io.imagegate.webhook.DecisionListener;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The console of a server on its own port. Only this class names those of the artifact with the pages, which is loaded with it.
 */
final class ServedConsole implements AutoCloseable {

    private static final String NAMES = "--console-name";

    private final ListenAddress endpoint;
    private final Replica replica;
    private final WebPages pages;
    private @Nullable PlainServer server;

    /**
     * Creates the console of a server, which does not listen yet.
     *
     * @param settings where and how
     * @param version of this program
     * @param policies their current states
     * @param readiness of the server
     * @param identity the certificates of the server
     * @throws StartProblem when a setting is invalid
     */
    ServedConsole(
            ConsoleSettings settings,
            String version,
            Supplier<List<GateState>> policies,
            Readiness readiness,
            ServedIdentity identity) {
        this.endpoint = settings.endpoint();
        try {
            ReplicaBuilder shown = Replica.builder(settings.replica(), version)
                    .gates(policies)
                    .readiness(() -> state(readiness))
                    .certificates(() -> certificates(identity));
            if (settings.dashboard() != null) {
                shown.dashboard(settings.dashboard());
            }
            this.replica = shown.build();
            WebPagesBuilder builder =
                    WebPages.builder().hosts(settings.names(), NAMES).replica(replica);
            if (settings.playground()) {
                builder.playground(new Playground(root -> Verifier.requireTrustedRoot(root)));
            }
            this.pages = builder.build();
        } catch (IllegalArgumentException wrong) {
            throw new StartProblem(wrong);
        }
    }

    private static ReplicaReadiness state(Readiness readiness) {
        return new ReplicaReadiness(readiness.obstacles(), readiness.warnings());
    }

    private static List<CertificateState> certificates(ServedIdentity identity) {
        return Stream.concat(
                        Stream.of(state("server", identity.certificate())),
                        identity.authorities().stream().map(authority -> state("client authority", authority)))
                .toList();
    }

    private static CertificateState state(String use, X509Certificate certificate) {
        return new CertificateState(
                use,
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotAfter().toInstant());
    }

    /** {@return the listener that keeps the last decisions} */
    DecisionListener listener() {
        return replica;
    }

    /** Starts to listen; {@return the server, which is to be closed before this} */
    PlainServer start() {
        PlainServer started = endpoint.listen(address -> PageServer.start(address, pages));
        server = started;
        return started;
    }

    /** {@return where it listens; null before the start} */
    @Nullable
    ListenAddress address() {
        return server == null ? null : new ListenAddress(endpoint.host(), server.port());
    }

    @Override
    public void close() {
        pages.close();
    }
}
