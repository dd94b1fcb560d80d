package io.imagegate.webhook;

import io.imagegate.admission.CheckedImages;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Gates;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.time.TimeSource;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of kube-apiserver. An adapter calls {@link #receive} first, then reads at most
 * {@link #maxBodyBytes()} + 1 bytes of the body, and copies what {@link IncomingReview#review} answers. Immutable and thread-safe.
 *
 * <pre>{@code
 * PolicyWebhook webhook = PolicyWebhook.of(livePolicies);
 * HttpHandler handler = exchange -> {
 *     String type = exchange.getRequestHeaders().getFirst("Content-Type");
 *     Answer answer = webhook.handle(
 *             exchange.getRequestMethod(), exchange.getRequestURI().toString(), type, exchange.getRequestBody());
 *     answer.headers().forEach(exchange.getResponseHeaders()::set);
 *     exchange.sendResponseHeaders(answer.status(), answer.body().length);
 *     exchange.getResponseBody().write(answer.body());
 *     exchange.close();
 * };
 * }</pre>
 *
 * <p>Methods never throw because of a request, the supplier, a rule or a listener, errors of the virtual machine
 * included. If the supplier throws or returns null, the review is denied. If a rule throws, it is violated. If a
 * listener throws, the answer stays the same, and the other listeners are called.
 *
 * @since 0.1
 */
public final class PolicyWebhook {

    /** The usual paths and their kinds: {@code /image_policy} and {@code /validate}, and {@code /mutate} for the mutating webhook. */
    public static final Map<String, WebhookKind> DEFAULT_PATHS = defaultPaths();

    private static final System.Logger LOG = System.getLogger(PolicyWebhook.class.getName());

    private final Routes routes;
    private final ClientNames clients;
    private final ReviewDecoder decoder;
    private final int maxBodyBytes;
    private final DecisionListeners listeners;
    private final Duration factTimeout;
    private final WaitingReviews waiting;

    private static Map<String, WebhookKind> defaultPaths() {
        Map<String, WebhookKind> paths = new LinkedHashMap<>();
        paths.put("/image_policy", WebhookKind.VALIDATING);
        paths.put("/validate", WebhookKind.VALIDATING);
        paths.put("/mutate", WebhookKind.MUTATING);
        return Collections.unmodifiableMap(paths);
    }

    PolicyWebhook(PolicyWebhookBuilder builder) {
        this.routes = new Routes(builder.routes);
        List<String> gates = builder.routes.values().stream()
                .map(route -> route.gate().name())
                .distinct()
                .toList();
        this.clients = builder.clientNames.forGates(gates);
        this.decoder = new ReviewDecoder(builder.limits.onWire());
        this.maxBodyBytes = builder.limits.bodyBytes();
        this.listeners = new DecisionListeners(builder.listeners);
        this.factTimeout = builder.factTimeout;
        this.waiting = new WaitingReviews(builder.waitingBytes, gates.size() > 1);
    }

    /**
     * Makes a webhook with the usual paths and limits.
     *
     * @param policies supplies the current policies; called for each review
     * @return the webhook
     */
    public static PolicyWebhook of(Supplier<PolicySet> policies) {
        return builder(policies).build();
    }

    /**
     * Makes a webhook with the usual paths and limits.
     *
     * @param gate decides on the images
     * @return the webhook
     */
    public static PolicyWebhook of(ImageGate gate) {
        return builder(gate).build();
    }

    /**
     * Makes a webhook with the usual paths and limits.
     *
     * @param gates decide on the images, each at its own paths
     * @return the webhook
     */
    public static PolicyWebhook of(Gates gates) {
        return builder(gates).build();
    }

    /**
     * Starts a webhook without paths.
     *
     * <pre>{@code
     * ImageGate prod = ImageGate.of(policies).withName("prod");
     * PolicyWebhook webhook = PolicyWebhook.builder()
     *         .route(WebhookKind.VALIDATING, "/validate/prod", prod)
     *         .route(WebhookKind.MUTATING, "/mutate/prod", prod)
     *         .build();
     * }</pre>
     *
     * @return a builder
     */
    public static PolicyWebhookBuilder builder() {
        return new PolicyWebhookBuilder();
    }

    /**
     * Starts a webhook with the usual paths.
     *
     * @param policies supplies the current policies; called for each review
     * @return a builder
     */
    public static PolicyWebhookBuilder builder(Supplier<PolicySet> policies) {
        return builder(ImageGate.of(policies));
    }

    /**
     * Starts a webhook with the {@linkplain #DEFAULT_PATHS usual paths}.
     *
     * @param gate decides on the images of all these paths
     * @return a builder
     */
    public static PolicyWebhookBuilder builder(ImageGate gate) {
        PolicyWebhookBuilder builder = builder();
        DEFAULT_PATHS.forEach((path, kind) -> builder.route(kind, path, gate));
        return builder;
    }

    /**
     * Starts a webhook with the usual paths of several gates. A gate has its name at the end of its paths, such as
     * {@code /validate/prod}; the one with the {@linkplain ImageGate#DEFAULT_NAME default name} has the usual paths themselves.
     *
     * <pre>{@code
     * ImageGate gate = ImageGate.of(policies);
     * PolicyWebhook webhook = PolicyWebhook.builder(List.of(gate, gate.withName("prod"))).build();
     * }</pre>
     *
     * @param gates the gates
     * @return a builder
     * @throws IllegalArgumentException if two gates have the same name
     */
    public static PolicyWebhookBuilder builder(Collection<ImageGate> gates) {
        PolicyWebhookBuilder builder = builder();
        DEFAULT_PATHS.forEach((path, kind) -> builder.routes(kind, path, gates));
        return builder;
    }

    /**
     * Starts a webhook with the usual paths of all these gates, as {@link #builder(Collection)} does.
     *
     * @param gates the gates
     * @return a builder
     */
    public static PolicyWebhookBuilder builder(Gates gates) {
        return builder(gates.gates());
    }

    /** {@return the longest body that is reviewed, in bytes} */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /**
     * Finds the gate of a request, and checks its head, before its body is read.
     *
     * @param method the HTTP method
     * @param path the path, without the query, as the client wrote it: a path that has to be decoded or normalized is not found
     * @param contentType the header {@code Content-Type}, or null if there is none
     * @return the request, which may be refused at once
     */
    public IncomingReview receive(String method, String path, @Nullable String contentType) {
        return receive(method, path, contentType, () -> null);
    }

    /**
     * Finds the gate of a request, and checks its head and its client, before its body is read. A client that may not ask this gate is
     * refused with 403.
     *
     * @param method the HTTP method
     * @param path the path, without the query, as the client wrote it: a path that has to be decoded or normalized is not found
     * @param contentType the header {@code Content-Type}, or null if there is none
     * @param client supplies the certificate of the client, which was verified, or null if there is none; called if the webhook has
     *     {@linkplain PolicyWebhookBuilder#clientNames names of clients}
     * @return the request, which may be refused at once
     */
    public IncomingReview receive(
            String method,
            String path,
            @Nullable String contentType,
            Supplier<? extends @Nullable X509Certificate> client) {
        Optional<Route> found = routes.find(path);
        Answer refusal = clients.isAny() ? null : refusal(found, client.get());
        return new IncomingReview(
                this,
                found.orElseGet(() -> Routes.missing(path)),
                refusal == null ? Routes.refusal(found.isPresent(), method, path, contentType) : refusal);
    }

    private @Nullable Answer refusal(Optional<Route> found, @Nullable X509Certificate client) {
        if (clients.accept(name(found), ClientNames.of(client))) {
            return null;
        }
        return Answers.status(
                403,
                "Forbidden",
                client == null
                        ? "the client has no certificate; expected one with an accepted name"
                        : "the client's certificate has none of the accepted names");
    }

    private static Optional<String> name(Optional<Route> found) {
        return found.filter(Route::found).map(route -> route.gate().name());
    }

    /**
     * {@return the {@linkplain ImageGate#name() name of the gate} that decides at a path; empty if the path has none}
     *
     * @param path the path, as the client wrote it
     */
    public Optional<String> gate(String path) {
        return name(routes.find(path));
    }

    /**
     * Answers a request, for adapters that have its body as a stream: receives it, reads at most {@link #maxBodyBytes()} +
     * 1 bytes, and reviews them.
     *
     * @param method the HTTP method
     * @param target the path and perhaps a query
     * @param contentType the header {@code Content-Type}, or null if there is none
     * @param body the body; not read when the request is refused, and not closed
     * @return the answer
     * @throws IOException if the body throws it
     */
    public Answer handle(String method, String target, @Nullable String contentType, InputStream body)
            throws IOException {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        IncomingReview incoming = receive(method, path, contentType);
        Optional<Answer> refusal = incoming.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            byte[] bytes = body.readNBytes(maxBodyBytes + 1);
            return incoming.review(query < 0 ? "" : target.substring(query + 1), bytes, bytes.length)
                    .join();
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            return failed(routes.of(path), null, e, TimeSource.system().nanos());
        }
    }

    /**
     * Answers a review of either kind. Waits for facts, if the policies need any.
     *
     * @param path the path of the request, which says which gate decides, and whether the answer may patch an object; a path
     *     without a gate denies
     * @param body holds the body from its first byte; not changed and not kept
     * @param length length of the body in bytes; one over {@link #maxBodyBytes()} is denied
     * @return the answer, with status 200 for any body, except 400 for an AdmissionReview without a uid, which cannot
     *     be answered
     */
    public Answer review(String path, byte[] body, int length) {
        return reviewAsync(path, "", body, length).join();
    }

    /**
     * Answers a review of either kind. No thread waits while facts are looked up; a review that needs none is answered when
     * this method returns. A review waits for facts for nine tenths of the query's parameter {@code timeout}, which
     * kube-apiserver sends to admission webhooks, and never longer than {@link PolicyWebhookBuilder#factTimeout}.
     *
     * @param path the path, which says which gate decides, and whether the answer may patch an object; a path without a gate
     *     denies
     * @param query the query of the request's target, without the question mark; empty if there is none
     * @param body holds the body from its first byte; not changed, and not kept when this method returns
     * @param length length of the body in bytes; one over {@link #maxBodyBytes()} is denied
     * @return the answer, with the status of {@link #review}; never completes exceptionally. If too many reviews wait, it is
     *     decided without further facts. Cancelling it frees the review, which is then not decided
     */
    public CompletableFuture<Answer> reviewAsync(String path, String query, byte[] body, int length) {
        Route route = routes.of(path);
        return review(route, query, body, length, Duration.ZERO);
    }

    CompletableFuture<Answer> review(Route route, String query, byte[] body, int length, Duration waited) {
        long start = TimeSource.system().nanos();
        PolicySet policies = policies(route);
        Workloads workloads = policies == null ? Workloads.wellKnown() : policies.workloads();
        ReviewRequest request = null;
        try {
            ReviewRequest read = decoder.decode(body, length, ObjectPlaces.of(workloads));
            request = read;
            long decoded = TimeSource.system().nanos();
            CheckedImages images = CheckedImages.of(read, route.stage());
            Duration limit = ReviewDeadline.of(query, factTimeout, waited);
            CompletableFuture<Decision> decision =
                    admitted(route, policies, images, route.decide(policies, images, limit), length);
            CompletableFuture<Answer> answer = decision.handle((made, failure) -> failure == null
                    ? decided(route, read, images.review(), made, start, decoded)
                    : failed(route, read, cause(failure), start));
            return answer.isDone() ? answer : cancelling(decision, answer);
        } catch (MalformedReviewException e) {
            return CompletableFuture.completedFuture(malformed(route, e, start));
        } catch (Throwable e) {
            return CompletableFuture.completedFuture(failed(route, request, e, start));
        }
    }

    /** {@return the current policies; null if their supplier fails, as it will again when the review is decided} */
    private static @Nullable PolicySet policies(Route route) {
        try {
            return route.gate().policies();
        } catch (Throwable failure) {
            return null;
        }
    }

    private static CompletableFuture<Answer> cancelling(
            CompletableFuture<Decision> decision, CompletableFuture<Answer> answer) {
        CompletableFuture<Answer> unused = answer.whenComplete((given, cancelled) -> decision.cancel(false));
        return answer;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Answer decided(
            Route route, ReviewRequest request, ImageReview review, Decision decision, long start, long decoded) {
        try {
            long end = TimeSource.system().nanos();
            Answer answer = Answers.of(request, decision);
            listeners.call(() -> ReviewEvent.decided(route, request, review, decision, end - start, end - decoded));
            return answer;
        } catch (Throwable e) {
            return failed(route, request, e, start);
        }
    }

    private Answer malformed(Route route, MalformedReviewException problem, long start) {
        try {
            Answer answer = Answers.malformed(problem);
            listeners.call(() ->
                    ReviewEvent.malformed(route, problem, TimeSource.system().nanos() - start));
            return answer;
        } catch (Throwable e) {
            return failed(route, null, e, start);
        }
    }

    /** A review that finds no room among those that wait is decided with the facts that are known now. */
    private CompletableFuture<Decision> admitted(
            Route route,
            @Nullable PolicySet policies,
            CheckedImages images,
            CompletableFuture<Decision> decision,
            int length) {
        if (decision.isDone()
                || waiting.admit(
                        route.gate().name(),
                        decision,
                        length,
                        images.review().images().size())) {
            return decision;
        }
        decision.cancel(false);
        return route.decide(policies, images, Duration.ZERO);
    }

    /** An exception would be sent as 500, and the API server would admit the pod with defaultAllow: true. */
    private Answer failed(Route route, @Nullable ReviewRequest request, Throwable failure, long start) {
        log("a review failed and was denied", failure);
        try {
            String reason = ReviewEvent.failure(failure);
            listeners.call(() -> ReviewEvent.failed(
                    route, request, reason, TimeSource.system().nanos() - start));
            return Answers.denied(request, reason);
        } catch (Throwable again) {
            return Answers.denied();
        }
    }

    Answer incomplete(Route route, long start) {
        String reason = "the review did not arrive completely";
        listeners.call(() ->
                ReviewEvent.failed(route, null, reason, TimeSource.system().nanos() - start));
        return Answers.denied(null, reason);
    }

    /** {@return the answer 429 for a request over the capacity} */
    public Answer overloaded() {
        return Answers.status(429, "TooManyRequests", "too many reviews at once, try again");
    }

    /** A logger is foreign code and calls methods of the failure. */
    private static void log(String message, Throwable failure) {
        try {
            LOG.log(Level.ERROR, message, failure);
        } catch (Throwable unlogged) {
            // The answer is more important than the log.
        }
    }
}
