package io.imagegate.console.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.console.CertificateState;
import io.imagegate.console.Replica;
import io.imagegate.console.ReplicaReadiness;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.RegistriesState;
import io.imagegate.gate.RegistryHost;
import io.imagegate.gate.TrustedRootState;
import io.imagegate.webhook.PolicyWebhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openqa.selenium.json.Json;

/** A replica in the cluster of a shop, and the API server that sends it reviews. */
final class Shop {

    /** Its policies: a rule that denies, one that warns, one that writes to the audit log, an exception and break-glass. */
    static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - name: fixed-tag
                  description: A tag that moves cannot be rolled back.
                  severity: high
                  link: https://wiki.example/images#tags
                  tag: {required: true, deny: [latest]}
                - name: trusted-registry
                  allow: [registry.k8s.io/**, ghcr.io/shop/**, docker.io/library/*]
                - name: pinned
                  digest: {required: true}
                  enforce: warn
                - name: no-alpine
                  deny: ['**/alpine']
                  enforce: audit
              exceptions:
                - rules: [trusted-registry]
                  images: [quay.io/metrics/*]
                  reason: metrics move to ghcr.io until then
                  expires: 2027-01-31
            """;

    private static final Duration TICK = Duration.ofMillis(20);

    static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: shop}
            spec:
              template:
                spec:
                  containers:
                    - {name: web, image: nginx}
                    - {name: cart, image: "ghcr.io/shop/cart:2.4.1"}
            """;

    private static final String CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";

    /** The day in which all of this happens. */
    static final Instant DAY = Instant.parse("2026-11-28T09:30:00Z");

    private static final Duration BETWEEN = Duration.ofMillis(1740);

    /** Each review is later than the one before. */
    private final AtomicReference<Instant> now = new AtomicReference<>(DAY);

    private final LiveGate gate;
    private final Replica replica;
    private final PolicyWebhook webhook;
    private final AtomicInteger sent = new AtomicInteger();

    Shop(String policy) {
        this(policy, "imagegate-7d9f8c-x2x4z", List.of());
    }

    /** A shop where many things have the same name. */
    Shop(String policy, String name, List<String> warnings) {
        InstantSource clock = now::get;
        PolicyDocuments documents = new PolicyDocuments().withClock(clock);
        gate = LiveGate.builder()
                .policies(documents.read("policy.yaml", policy))
                .open();
        replica = Replica.builder(name, "0.1.0")
                .gates(() ->
                        gate.states().stream().map(state -> from(name, state)).toList())
                .readiness(() -> new ReplicaReadiness(List.of(), warnings))
                .certificates(() -> List.of(new CertificateState(
                        "server", "CN=" + name, clock.instant().plus(Duration.ofDays(64)))))
                .clock(clock)
                .dashboard(URI.create("https://grafana.example/d/imagegate"))
                .build();
        webhook = PolicyWebhook.builder(gate.gate()).listener(replica).build();
    }

    /** The state as it would be with files, registries and a trusted root. */
    private static GateState from(String name, GateState state) {
        RegistriesState registries = new RegistriesState(
                Path.of(name),
                "0d1ff5e6".repeat(8),
                3,
                DAY,
                List.of(
                        new RegistryHost("ghcr.io", RegistryHost.State.ANSWERS, Optional.of(DAY)),
                        new RegistryHost("quay.io", RegistryHost.State.DOWN, Optional.of(DAY)),
                        new RegistryHost(name, RegistryHost.State.UNUSED, Optional.empty())));
        return new GateState(
                state.name(),
                "/etc/imagegate/" + name,
                state.policies(),
                "4b825dc6".repeat(8),
                Optional.of(DAY),
                state.problem(),
                Optional.of(registries),
                List.of(new TrustedRootState(name, "77a1b2c3".repeat(8), Optional.of(LocalDate.of(2026, 8, 1)))),
                state.rejectedSince(),
                state.lastGood());
    }

    Replica replica() {
        return replica;
    }

    /** How many reviews were sent. */
    int sent() {
        return sent.get();
    }

    void review(String namespace, String name, String user, String... images) {
        byte[] body = new Json().toJson(pod(namespace, name, user, images)).getBytes(UTF_8);
        now.updateAndGet(time -> time.plus(BETWEEN));
        webhook.review("/validate", body, body.length);
        sent.incrementAndGet();
    }

    private static Map<String, Object> pod(String namespace, String name, String user, String... images) {
        List<Object> containers = new ArrayList<>();
        for (String image : images) {
            containers.add(Map.of("name", "c" + containers.size(), "image", image));
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("uid", UUID.randomUUID().toString());
        request.put("kind", Map.of("group", "", "version", "v1", "kind", "Pod"));
        request.put("resource", Map.of("group", "", "version", "v1", "resource", "pods"));
        request.put("namespace", namespace);
        request.put("name", name);
        request.put("operation", "CREATE");
        request.put("userInfo", Map.of("username", user, "groups", List.of("system:authenticated")));
        request.put(
                "object",
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("name", name, "namespace", namespace),
                        "spec",
                        Map.of("containers", containers)));
        return Map.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "request", request);
    }

    /** A day's work, once. */
    void someReviews() {
        String digest = "@sha256:" + "4b825dc6".repeat(8);
        review("kube-system", "coredns-6c8d", "system:node:n1", "registry.k8s.io/coredns/coredns:v1.12.1" + digest);
        review("metrics", "agent-x1", CONTROLLER, "quay.io/metrics/agent:1.9");
        review("shop", "cart-5d4f", CONTROLLER, "ghcr.io/shop/cart:2.4.1" + digest);
        review("shop", "search-88b1", CONTROLLER, "ghcr.io/shop/search:1.0", "ghcr.io/shop/proxy:3.2");
        review("dev", "try", "grace@shop.example", "docker.io/library/alpine:3.20", "busybox:1.36");
        review("dev", "typo", "grace@shop.example", "ghcr.io/Shop/cart:1");
        review("shop", "web-77c9", "ada@shop.example", "nginx");
        review("shop", "mail-0", CONTROLLER, "docker.io/someone/smtp:latest");
        review("shop", "cache-0", CONTROLLER, "docker.io/library/redis:8.2" + digest);
    }

    /** Sends reviews at a rate until it is closed. */
    AutoCloseable perSecond(int rate) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        int each = (int) (rate * TICK.toMillis() / 1000);
        ScheduledFuture<?> sending = thread.scheduleAtFixedRate(
                () -> {
                    for (int i = 0; i < each; i++) {
                        int n = sent();
                        review("ns-" + n % 7, "load-" + n, "load", n % 3 == 0 ? "nginx" : "ghcr.io/shop/cart:" + n);
                    }
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> {
            sending.cancel(true);
            thread.shutdownNow();
        };
    }
}
