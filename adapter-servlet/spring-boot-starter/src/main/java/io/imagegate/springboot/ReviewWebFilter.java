package io.imagegate.springboot;

import io.imagegate.springboot.ReviewBody.Arrival;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Answers reviews in a reactive application. It reads bodies itself: the limits are those of the webhook, not of codecs. A body has to
 * arrive within ten seconds. Reviews are decided on as many threads as there are processors, and no thread
 * waits for facts. Thread-safe.
 */
final class ReviewWebFilter implements WebFilter, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SHARE_OF_HEAP = 8;
    private static final int MOST_WAITING = 100_000;

    private final PolicyWebhook webhook;
    private final List<PathPattern> patterns;
    private final Duration timeout;
    private final BodyMemory memory;
    private final Scheduler turns = Schedulers.newBoundedElastic(
            Math.max(2, Runtime.getRuntime().availableProcessors()), MOST_WAITING, "imagegate-reviews", 30, true);

    ReviewWebFilter(PolicyWebhook webhook, List<String> patterns) {
        this(webhook, patterns, TIMEOUT, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    ReviewWebFilter(PolicyWebhook webhook, List<String> patterns, Duration timeout, long memory) {
        this.webhook = webhook;
        this.patterns =
                patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
        this.timeout = timeout;
        // Room for one body of the longest length at least.
        this.memory = new BodyMemory(Math.max(memory, webhook.maxBodyBytes() + 1L));
    }

    /** {@return the memory that bodies hold} */
    BodyMemory memory() {
        return memory;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        if (patterns.stream().noneMatch(pattern -> pattern.matches(path))) {
            return chain.filter(exchange);
        }
        IncomingReview incoming = webhook.receive(
                request.getMethod().name(),
                path.value(),
                request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
                () -> certificate(request));
        ServerHttpResponse response = exchange.getResponse();
        Optional<Answer> refusal = incoming.refusal();
        if (refusal.isPresent()) {
            return send(refusal.get(), response);
        }
        return ReviewBody.read(request, webhook.maxBodyBytes(), memory, timeout)
                .flatMap(arrival -> answer(request, incoming, arrival, response));
    }

    private Mono<Void> answer(
            ServerHttpRequest request, IncomingReview incoming, Arrival arrival, ServerHttpResponse response) {
        ReviewBody body = arrival.body();
        if (arrival.end() != ReviewBody.End.READ) {
            // The rest of the body would be read as another request.
            response.getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        Mono<Answer> answer = switch (arrival.end()) {
            case INCOMPLETE -> Mono.just(incoming.incomplete());
            case NO_MEMORY -> Mono.just(webhook.overloaded());
            case READ, CUT ->
                Mono.fromCallable(() -> review(request, incoming, body))
                        .subscribeOn(turns)
                        .flatMap(Mono::fromFuture)
                        .onErrorResume(full -> Mono.just(webhook.overloaded()));
        };
        return answer.doFinally(signal -> body.free()).flatMap(decided -> send(decided, response));
    }

    private static CompletableFuture<Answer> review(
            ServerHttpRequest request, IncomingReview incoming, ReviewBody body) {
        String query = Objects.requireNonNullElse(request.getURI().getRawQuery(), "");
        CompletableFuture<Answer> review = incoming.review(query, body.bytes(), body.length());
        body.free();
        return review;
    }

    private static @Nullable X509Certificate certificate(ServerHttpRequest request) {
        SslInfo tls = request.getSslInfo();
        X509Certificate[] chain = tls == null ? null : tls.getPeerCertificates();
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    private static Mono<Void> send(Answer answer, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentLength(answer.body().length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(answer.body())))
                // To a body that is no HTTP the server has answered itself.
                .onErrorResume(IllegalStateException.class, sent -> Mono.empty());
    }

    @Override
    public void close() {
        turns.dispose();
    }
}
