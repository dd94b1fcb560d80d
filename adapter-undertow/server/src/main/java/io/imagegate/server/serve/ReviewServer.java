package io.imagegate.server.serve;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.ImageGate;
import io.imagegate.server.http.ClientExpiry;
import io.imagegate.server.http.NamedClients;
import io.imagegate.server.http.RejectionReason;
import io.imagegate.server.http.RequestLength;
import io.imagegate.server.http.RequestLimiter;
import io.imagegate.server.log.LoggedDecisions;
import io.imagegate.server.log.Logs;
import io.imagegate.server.metrics.DecisionLog;
import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.server.notify.Notifier;
import io.imagegate.server.page.ConsoleArtifact;
import io.imagegate.server.undertow.Connections;
import io.imagegate.server.undertow.HttpsServer;
import io.imagegate.server.undertow.PlainServer;
import io.imagegate.time.TimeSource;
import io.imagegate.undertow.PolicyWebhookHandler;
import io.imagegate.webhook.ClientNames;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewMetrics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running review server: policies, HTTPS listener, certificates, metrics and management port.
 *
 * @since 0.1
 */
public final class ReviewServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ReviewServer.class.getName());
    private static final Logger CLIENTS = System.getLogger(Logs.CLIENTS);
    private static final String LOOPBACK = "127.0.0.1";

    private final String version;
    private final LifecycleSettings life;
    private final GateSettings gateSettings;
    private final ServerMetrics metrics;
    private final OpenedParts opened;
    private final String ownNamespace = "imagegate-" + UUID.randomUUID();
    private final @Nullable Notifier notifier;
    private final LiveGate gate;
    private final Readiness readiness;
    private final @Nullable ServedConsole console;
    private final HttpHandler webhookHandler;
    private final RequestLimiter limiter;
    private final ServedIdentity identity;
    private final HttpsServer server;
    private final TlsFailures tlsFailures;
    private @Nullable PlainServer management;
    private @Nullable HttpsServer scraped;

    private ReviewServer(String version, ServerSettings settings, ServerMetrics metrics, OpenedParts opened) {
        this.version = version;
        this.life = settings.life();
        this.metrics = metrics;
        this.opened = opened;
        this.notifier = notifier(settings);
        this.gate = opened.add(
                ServedGate.open(settings.gate(), metrics, notifier == null ? state -> {} : notifier::loaded),
                LiveGate::close);
        this.tlsFailures = new TlsFailures(metrics.handshakes());
        this.identity = opened.add(
                new ServedIdentity(
                        settings.tls(),
                        metrics,
                        tlsFailures,
                        TimeSource.system(),
                        notifier == null ? text -> {} : notifier::certificate),
                ServedIdentity::close);
        this.readiness = new Readiness(gate::health, identity::checks);
        ConsoleSettings shown = settings.console();
        this.console = shown == null
                ? null
                : opened.add(
                        new ServedConsole(shown, version, gate::states, readiness, identity), ServedConsole::close);
        this.gateSettings = settings.gate();
        Connections connections = new Connections(
                settings.limits().connections(),
                gateSettings.limits().bodyBytes(),
                () -> metrics.rejected(RejectionReason.CONNECTION),
                () -> metrics.rejected(RejectionReason.FLOOD),
                this::closedUnread);
        PolicyWebhook webhook = gateSettings.webhook(gate).listener(listener()).build();
        this.limiter = new RequestLimiter(
                settings.limits(), webhook.maxBodyBytes(), connections, webhook::overloaded, metrics::rejected);
        this.webhookHandler = new PolicyWebhookHandler(webhook, limiter::lookUp);
        HttpHandler handler = handler(webhook, connections, settings.tls().clientNames());
        this.server = opened.add(
                settings.endpoint()
                        .listen(address -> HttpsServer.start(new HttpsServer.Start(
                                address,
                                identity.tls(),
                                settings.tls().clientsHaveCertificates(),
                                settings.limits().connections(),
                                connections,
                                tlsFailures,
                                handler))),
                HttpsServer::close);
        server.sweep(limiter::sweep);
        server.relieve(limiter::shed);
        identity.applyTo(server);
        measure(connections);
    }

    /**
     * Starts a server. It is ready when this returns, unless its policy is missing or invalid. Nothing is left open when it
     * cannot start.
     *
     * @param version of this program
     * @param settings options of the server
     * @return the running server
     * @throws StartProblem when a setting, the registries, a certificate or its key is wrong, it cannot listen where it
     *     should, the artifact of the console is missing, or it fails fast and a policy is missing or invalid
     */
    public static ReviewServer start(String version, ServerSettings settings) {
        if (settings.console() != null) {
            ConsoleArtifact.problem().ifPresent(problem -> {
                throw new StartProblem("the console: " + problem);
            });
        }
        OpenedParts opened = new OpenedParts();
        try {
            ReviewServer server = new ReviewServer(version, settings, new ServerMetrics(version), opened);
            server.manage(settings);
            if (server.console != null) {
                opened.add(server.console.start(), PlainServer::close);
            }
            server.warmUp(settings);
            return server;
        } catch (Throwable failed) {
            try {
                opened.close();
            } catch (Throwable another) {
                failed.addSuppressed(another);
            }
            throw failed;
        }
    }

    private @Nullable Notifier notifier(ServerSettings settings) {
        if (settings.notifications() == null) {
            return null;
        }
        try {
            return opened.add(Notifier.open(settings.notifications(), metrics), Notifier::close);
        } catch (IllegalArgumentException mistakes) {
            throw new StartProblem(mistakes);
        }
    }

    private HttpHandler handler(PolicyWebhook webhook, Connections connections, ClientNames clientNames) {
        Function<HttpServerExchange, Optional<String>> gates =
                exchange -> webhook.gate(PolicyWebhookHandler.path(exchange));
        // Only accepted requests tell whose connection it is.
        HttpHandler assigned = gateNames().size() == 1 ? webhookHandler : connections.assign(gates, webhookHandler);
        HttpHandler named = clientNames.isAny()
                ? assigned
                : new NamedClients(acceptedNames(clientNames), gates, metrics::rejected, assigned);
        // The limiter comes first: its limits apply to every client and request.
        HttpHandler limited =
                limiter.before(new RequestLength(metrics::rejected, new ClientExpiry(metrics::rejected, named)));
        return exchange -> {
            exchange.addExchangeCompleteListener((done, others) -> {
                metrics.answered(done.getStatusCode());
                others.proceed();
            });
            limited.handleRequest(exchange);
        };
    }

    private ClientNames acceptedNames(ClientNames written) {
        try {
            return written.forGates(gateNames());
        } catch (IllegalArgumentException unknown) {
            throw new StartProblem("--client-name " + unknown.getMessage());
        }
    }

    private List<String> gateNames() {
        return gate.gates().stream().map(ImageGate::name).toList();
    }

    /** {@return the first path for the first policies: that of ImageReviews unless set} */
    public String path() {
        String first = gateNames().get(0);
        return gateSettings.paths().get(0) + (first.equals(ImageGate.DEFAULT_NAME) ? "" : "/" + first);
    }

    private DecisionListener listener() {
        return new WarmUpFilter(
                ownNamespace,
                shown(listeners(metrics, Logs.queue()::add)),
                WarmUp.isTraining(life.warmUp()) ? listeners(new ServerMetrics(version), line -> {}) : List.of());
    }

    private List<DecisionListener> listeners(ServerMetrics measured, Consumer<byte[]> lines) {
        DecisionListener counted = new ReviewMetrics(measured.sink(), gateNames());
        LoggedDecisions logged = life.logDecisions();
        return logged == LoggedDecisions.none
                ? List.of(counted)
                : List.of(counted, new DecisionLog(logged, life.logFormat(), lines, this::isLastGood));
    }

    private boolean isLastGood(String name) {
        return gate.states().stream()
                .anyMatch(state -> state.lastGood() && state.name().equals(name));
    }

    private List<DecisionListener> shown(List<DecisionListener> others) {
        List<DecisionListener> all = new ArrayList<>(others);
        if (console != null) {
            all.add(console.listener());
        }
        if (notifier != null) {
            all.add(notifier);
        }
        return List.copyOf(all);
    }

    private void closedUnread(String client) {
        metrics.rejected(RejectionReason.UNREAD);
        CLIENTS.log(
                Level.WARNING, "closed a connection from {0}, because its client does not read the answers", client);
    }

    private void measure(Connections connections) {
        metrics.gauge("imagegate_reviews_in_flight", "Requests without an answer yet.", limiter::inFlight);
        metrics.gauge("imagegate_reviews_waiting", "Reviews that wait for facts about images.", limiter::lookedUp);
        metrics.gauge("imagegate_buffered_bytes", "Bytes of memory held for large bodies.", limiter::claimedBytes);
        metrics.gauge("imagegate_connections", "Open connections.", connections::count);
        metrics.gauge(
                "imagegate_network_buffer_bytes",
                "Bytes of network buffers in use; beyond a third of the direct memory no connection is accepted.",
                server::bufferBytes);
        metrics.gauge(
                "imagegate_ready",
                "1 if the server is ready, else 0.",
                () -> readiness.obstacles().isEmpty() ? 1 : 0);
        metrics.gauge(
                "imagegate_log_lines_lost",
                "Log lines that were dropped because they could not be written in time.",
                Logs.queue()::lost);
        metrics.gauge(
                "imagegate_log_lines_suppressed", "Log messages that the rate limit suppressed.", Logs::suppressed);
    }

    private void manage(ServerSettings settings) {
        ListenAddress plain = settings.management();
        ListenAddress secured = settings.metrics();
        if (plain == null && secured == null) {
            return;
        }
        Liveness liveness = opened.add(Liveness.start(server::check, Liveness.INTERVAL), Liveness::close);
        ManagementHandler handler = new ManagementHandler(liveness, readiness, metrics);
        if (plain != null) {
            management = opened.add(ManagementServer.start(plain, handler), PlainServer::close);
        }
        if (secured != null) {
            scraped = opened.add(
                    ManagementServer.startSecured(secured, identity, tlsFailures, handler), HttpsServer::close);
        }
    }

    /** Clients can disturb the warm-up: its connections may be displaced like others. It must not end the server then. */
    private void warmUp(ServerSettings settings) {
        try {
            sendReviews(settings);
        } catch (IOException disturbed) {
            LOG.log(
                    Level.WARNING,
                    "the warm-up ended early, so the first reviews may take longer: {0}",
                    disturbed.toString());
        }
        readiness.warmedUp();
    }

    /**
     * Sends reviews to this server. If clients need a certificate, the reviews go to a second TLS listener on the
     * loopback interface, which needs none and has the same handlers. Calling the webhook itself would leave TLS and HTTP cold:
     * the first review then takes three to six times as long, in which a pod waits.
     */
    private void sendReviews(ServerSettings settings) throws IOException {
        if (!settings.tls().clientsHaveCertificates()) {
            String host = settings.endpoint().isAnywhere()
                    ? LOOPBACK
                    : settings.endpoint().host();
            new WarmUp(new ListenAddress(host, server.port()), path(), identity.certificate())
                    .run(ownNamespace, life.warmUp());
        } else {
            try (HttpsServer inside = new ListenAddress(LOOPBACK, 0)
                    .listen(address -> HttpsServer.start(address, identity.tls(), limiter.before(webhookHandler)))) {
                new WarmUp(new ListenAddress(LOOPBACK, inside.port()), path(), identity.certificate())
                        .run(ownNamespace, life.warmUp());
            }
        }
    }

    /** Shuts down gracefully on SIGTERM. */
    public void shutDownOnSigterm() {
        new Shutdown(readiness, limiter, server, life, gate::close, notifier == null ? () -> {} : notifier::finish)
                .onSigterm();
    }

    /** {@return why the server is not ready; empty if it is} */
    public List<String> obstacles() {
        return readiness.obstacles();
    }

    /** {@return the port on which reviews are answered} */
    public int port() {
        return server.port();
    }

    /** {@return the port of probes and metrics; empty if they are not served} */
    public OptionalInt managementPort() {
        return management == null ? OptionalInt.empty() : OptionalInt.of(management.port());
    }

    /** {@return the port of probes and metrics for clients with a certificate; empty if they are not served} */
    public OptionalInt metricsPort() {
        return scraped == null ? OptionalInt.empty() : OptionalInt.of(scraped.port());
    }

    /** {@return where the console is shown; empty if it is not} */
    public Optional<ListenAddress> console() {
        return Optional.ofNullable(console).map(ServedConsole::address);
    }

    @Override
    public void close() {
        opened.close();
    }
}
