package io.imagegate.server.serve;

import io.imagegate.gate.GateSettings;
import io.imagegate.server.limit.Limits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param endpoint where reviews are answered
 * @param management where probes and metrics are answered; null: nowhere
 * @param metrics where the same is answered over TLS, only to clients with a certificate; null: nowhere
 * @param console where and how the console is shown; null: nowhere
 * @param tls its certificate and the clients that it accepts
 * @param limits of clients
 * @param gate its policies, registries, paths and limits of reviews
 * @param life how it starts, logs and ends
 * @param notifications file of the endpoints of its notifications; null: none are sent
 * @since 0.1
 */
public record ServerSettings(
        ListenAddress endpoint,
        @Nullable ListenAddress management,
        @Nullable ListenAddress metrics,
        @Nullable ConsoleSettings console,
        TlsSettings tls,
        Limits limits,
        GateSettings gate,
        LifecycleSettings life,
        @Nullable Path notifications) {

    /**
     * Checks that clients of {@code metrics} can be told from others.
     *
     * @throws StartProblem when no authority of clients is set
     */
    public ServerSettings {
        if (metrics != null && !tls.clientsHaveCertificates()) {
            throw new StartProblem("--metrics-port: expected --client-ca, too");
        }
    }
}
