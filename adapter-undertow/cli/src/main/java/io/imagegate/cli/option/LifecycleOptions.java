package io.imagegate.cli.option;

import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.LoggedDecisions;
import io.imagegate.server.serve.LifecycleSettings;
import io.imagegate.server.serve.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for start, monitoring, logging and shutdown. */
public final class LifecycleOptions {

    @Option(
            names = "--management-host",
            paramLabel = "HOST",
            description = "Address for /livez, /readyz, /healthz and /metrics, plain HTTP (default: ${DEFAULT-VALUE}).")
    private String managementHost = "127.0.0.1";

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Port for /livez, /readyz, /healthz and /metrics, 0 for any. Without it they are not served.")
    private @Nullable Integer managementPort;

    @Option(
            names = "--metrics-host",
            paramLabel = "HOST",
            description = "Address of --metrics-port (default: that of --host).")
    private @Nullable String metricsHost;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Port for the same over TLS, 0 for any: only for clients whose certificate an authority of"
                    + " --client-ca signed.")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "After SIGTERM, report not ready but keep serving this long, while load balancers remove the"
                    + " server (default: 0s).")
    private Duration drainDelay = LifecycleSettings.DEFAULTS.drainDelay();

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "After that, ask clients to connect elsewhere, and answer open requests for at most this long"
                    + " (default: 10s).")
    private Duration drainTimeout = LifecycleSettings.DEFAULTS.drainTimeout();

    @Option(
            names = "--log-decisions",
            paramLabel = "notable|denied|all|none",
            description =
                    "Decisions that are logged, one line each: notable are all but plain allowances, so also those"
                            + " that warn, that an exception covers or that break-glass allows (default: notable).")
    private LoggedDecisions logDecisions = LifecycleSettings.DEFAULTS.logDecisions();

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description =
                    "Format of all lines on standard error, decisions included: text for people, or one JSON object"
                            + " a line (default: text).")
    private LogFormat logFormat = LifecycleSettings.DEFAULTS.logFormat();

    @Option(
            names = "--notify",
            paramLabel = "FILE",
            description =
                    "YAML file of endpoints to which notifications are sent: of broken glass, registries that do not"
                            + " answer, rejected policies and certificates.")
    private @Nullable Path notifications;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Reviews that the server sends to itself, over each of HTTP/1.1 and HTTP/2, before it is ready"
                            + " (default: 20).")
    private int warmUp = LifecycleSettings.DEFAULTS.warmUp();

    @Nullable
    public ListenAddress management() {
        return managementPort == null ? null : new ListenAddress(managementHost, managementPort);
    }

    /**
     * {@return where metrics are served over TLS}
     *
     * @param host the address of reviews
     */
    @Nullable
    public ListenAddress metrics(String host) {
        return metricsPort == null ? null : new ListenAddress(metricsHost == null ? host : metricsHost, metricsPort);
    }

    @Nullable
    public Path notifications() {
        return notifications;
    }

    public LifecycleSettings settings() {
        return new LifecycleSettings(warmUp, drainDelay, drainTimeout, logDecisions, logFormat);
    }
}
