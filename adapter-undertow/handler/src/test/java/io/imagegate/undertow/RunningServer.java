package io.imagegate.undertow;

import io.imagegate.fact.FactSource;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rule;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.RawConnection;
import io.imagegate.webhook.ReviewLimits;
import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** An Undertow on a free loopback port, with the handler in it. */
final class RunningServer implements AutoCloseable {

    static final int LIMIT = 100_000;

    private final Undertow undertow;
    private final AtomicInteger completed = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();

    RunningServer(Rule rule) {
        this(rule, (needs, limit) -> CompletableFuture.completedFuture(Map.of()));
    }

    RunningServer(Rule rule, FactSource facts) {
        PolicySet policies =
                PolicySet.of(Policy.builder("test").rule("rule", rule).build());
        PolicyWebhook webhook = PolicyWebhook.builder(ImageGate.of(() -> policies, facts))
                .limits(ReviewLimits.DEFAULTS.withBodyBytes(LIMIT))
                .build();
        PolicyWebhookHandler handler = new PolicyWebhookHandler(webhook, exchange -> waiting.incrementAndGet());
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", exchange -> {
                    exchange.addExchangeCompleteListener((done, next) -> {
                        completed.incrementAndGet();
                        next.proceed();
                    });
                    handler.handleRequest(exchange);
                })
                .build();
        undertow.start();
    }

    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** How many exchanges are over, whatever their end, once that many were; one that leaks never is. */
    int completed(int expected) throws InterruptedException {
        for (int wait = 0; wait < 1_000 && completed.get() < expected; wait++) {
            Thread.sleep(10);
        }
        return completed.get();
    }

    RawConnection connect() throws IOException {
        URI review = URI.create("http://127.0.0.1:" + port() + "/image_policy");
        return new RawConnection(SocketFactory.getDefault(), review);
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
