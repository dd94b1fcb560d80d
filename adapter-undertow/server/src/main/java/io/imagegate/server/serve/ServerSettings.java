package io.imagegate.server.serve;

import io.imagegate.gate.GateSettings;
import io.imagegate.server.limit.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param endpoint where reviews are answered
 * @param management where probes and metrics are answered; null: nowhere
 * @param console where and how the console is shown; null: nowhere
 * @param tls its certificate and the clients that it accepts
 * @param limits of clients
 * @param gate its policies, registries, paths and limits of reviews
 * @param life how it starts, logs and ends
 * @since 0.1
 */
public record ServerSettings(
        ListenAddress endpoint,
        @Nullable ListenAddress management,
        @Nullable ConsoleSettings console,
        TlsSettings tls,
        Limits limits,
        GateSettings gate,
        LifecycleSettings life) {}
