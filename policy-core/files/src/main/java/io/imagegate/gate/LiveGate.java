package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Gates;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import io.imagegate.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gate with policies of files that are followed, and with what it opened to look at the content of images. Thread-safe. Nothing
 * is read from files by decisions.
 *
 * <pre>{@code
 * try (LiveGate gate = LiveGate.open("policies/", Path.of("registries.yaml"))) {
 *     Decision decision = gate.decide(ImageReview.of("ghcr.io/acme/api:1.4").inNamespace("prod"));
 * }
 * }</pre>
 *
 * <p>Changed policies are used within a second; invalid ones are reported to the {@link GateListener}, and the last valid
 * ones stay active. Rules on the content of images need registries and {@code io.imagegate:policy-registry}, those on
 * signatures also {@code io.imagegate:policy-signature}.
 *
 * <p>{@link #gate()} is the gate as a value, for a {@link io.imagegate.webhook.PolicyWebhook}. Policies with
 * {@linkplain LiveGateBuilder#named names} have a gate each, and share registries and caches.
 *
 * @since 0.1
 */
public final class LiveGate implements Gates, AutoCloseable {

    private final @Nullable LastGood lastGood;
    private final @Nullable GateContent content;
    private final Map<String, FollowedPolicies> sets = new LinkedHashMap<>();
    private volatile boolean closed;

    LiveGate(LiveGateBuilder from) {
        InstantSource clock = from.policies == null ? from.documents.clock() : from.policies.clock();
        lastGood = from.lastGood == null ? null : new LastGood(from.lastGood, from, TimeSource.of(clock));
        content = from.registries == null ? null : content(from.registries, from, clock);
        try {
            FactSource facts = from.source(content == null ? null : content.facts());
            if (from.policies != null) {
                sets.put(ImageGate.DEFAULT_NAME, FollowedPolicies.fixed(from.policies, from, content, facts));
            }
            from.locations
                    .byName()
                    .forEach((name, locations) -> sets.put(
                            name,
                            FollowedPolicies.of(
                                    name,
                                    locations,
                                    from,
                                    content,
                                    facts == null || from.locations.byName().size() == 1 ? facts : facts.sharedBy(name),
                                    lastGood)));
            if (!from.followed) {
                requireValid();
            }
            measure(from.metrics);
        } catch (Throwable unusable) {
            close();
            throw unusable;
        }
    }

    private GateContent content(Path file, LiveGateBuilder from, InstantSource clock) {
        return lastGood == null
                ? GateContent.open(file, Optional.empty(), from.metrics, from.loader, clock)
                : lastGood.openContent(file, from);
    }

    /**
     * Opens policies, whose rules look at the names of images alone.
     *
     * @param policies name of a file or folder, or of a built-in policy such as {@code builtin:baseline}
     * @return the gate; close it when it is no longer needed
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     */
    public static LiveGate open(String policies) {
        return builder().policies(policies).open();
    }

    /**
     * Opens policies and registries.
     *
     * @param policies name of a file or folder, or of a built-in policy such as {@code builtin:baseline}
     * @param registries file of kind ImageRegistries, which is read once
     * @return the gate; close it when it is no longer needed
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     * @throws GateException if the registries are invalid, or an artifact that reads them or verifies signatures is missing
     *     or there twice
     */
    public static LiveGate open(String policies, Path registries) {
        return builder().policies(policies).registries(registries).open();
    }

    /** {@return a builder, which needs policies} */
    public static LiveGateBuilder builder() {
        return new LiveGateBuilder();
    }

    void requireValid() {
        states().stream()
                .filter(state -> !state.lastGood())
                .flatMap(state -> state.problem().stream())
                .reduce((one, other) -> one.and(other))
                .ifPresent(problems -> {
                    throw problems;
                });
    }

    /**
     * Decides on a review with the policies without a name. Waits for facts, if the policies need any, for at most
     * {@link ImageGate#DEFAULT_LIMIT}.
     *
     * @param review the review
     * @return the decision; a denial until policies are loaded
     * @throws IllegalArgumentException if all policies have names
     */
    public Decision decide(ImageReview review) {
        return gate().decide(review);
    }

    /**
     * Decides on images with the policies without a name. Everything else, such as the namespace, is not told. Waits for facts as
     * {@link #decide(ImageReview)} does.
     *
     * @param images the images as typed
     * @return the decision; a denial until policies are loaded
     * @throws IllegalArgumentException if all policies have names
     */
    public Decision decide(String... images) {
        return gate().decide(images);
    }

    /**
     * Decides on a review with the policies without a name. No thread waits while facts are looked up.
     *
     * @param review the review
     * @param limit how long to wait for facts; what is not known by then is undecidable
     * @return the decision, completed as that of {@link ImageGate#decideAsync(ImageReview, Duration)} is
     * @throws IllegalArgumentException if all policies have names
     */
    public CompletableFuture<Decision> decideAsync(ImageReview review, Duration limit) {
        return gate().decideAsync(review, limit);
    }

    /**
     * {@return the gate of the policies without a name as a value, which always decides with the active policies}
     *
     * @throws IllegalArgumentException if all policies have names
     */
    @Override
    public ImageGate gate() {
        return gate(ImageGate.DEFAULT_NAME);
    }

    /**
     * {@return the gate of the policies with a name, which always decides with the active policies}
     *
     * @param name the name
     * @throws IllegalArgumentException if no policies have this name
     */
    public ImageGate gate(String name) {
        return find(name).gate();
    }

    /** {@return all gates; that of policies without a name comes first, and has the {@linkplain ImageGate#DEFAULT_NAME default name}} */
    @Override
    public List<ImageGate> gates() {
        return sets.values().stream().map(FollowedPolicies::gate).toList();
    }

    /**
     * {@return the current state of the policies without a name}
     *
     * @throws IllegalArgumentException if all policies have names
     */
    public GateState state() {
        return find(ImageGate.DEFAULT_NAME).state();
    }

    /** {@return the current states of all policies, in the order of {@link #gates()}} */
    public List<GateState> states() {
        return sets.values().stream().map(FollowedPolicies::state).toList();
    }

    /** {@return the current health, for probes and health checks} */
    public GateHealth health() {
        return new GateHealth(states(), closed);
    }

    private FollowedPolicies find(String name) {
        FollowedPolicies found = sets.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "policies \"" + name + "\": expected a name of " + String.join(", ", sets.keySet()));
        }
        return found;
    }

    private void measure(MetricSink metrics) {
        metrics.gauge(
                Metric.POLICY_LAST_RELOAD_SUCCESSFUL,
                () -> byName(state -> state.isReady() && state.problem().isEmpty() ? 1.0 : 0.0));
        metrics.gauge(
                Metric.POLICY_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS,
                () -> byName(state ->
                        (double) state.loadedAt().map(Instant::getEpochSecond).orElse(0L)));
        metrics.gauge(
                Metric.POLICY_REJECTED, () -> byName(state -> state.problem().isPresent() ? 1.0 : 0.0));
        metrics.gauge(
                Metric.POLICY_REJECTED_SINCE_TIMESTAMP_SECONDS,
                () -> states().stream()
                        .filter(state -> state.rejectedSince().isPresent())
                        .collect(Collectors.toMap(state -> List.of(state.name()), state ->
                                (double) state.rejectedSince().orElseThrow().getEpochSecond())));
        metrics.gauge(
                Metric.POLICIES_INFO,
                () -> states().stream()
                        .filter(state -> !state.digest().isEmpty())
                        .collect(Collectors.toMap(state -> List.of(state.name(), state.digest()), state -> 1.0)));
        metrics.gauge(
                Metric.LAST_GOOD_IN_FORCE,
                () -> Map.of(List.of(), lastGood != null && lastGood.isInForce() ? 1.0 : 0.0));
        metrics.gauge(Metric.TRUSTED_ROOT_AGE_SECONDS, this::ages);
    }

    private Map<List<String>, Double> byName(Function<GateState, Double> value) {
        return states().stream().collect(Collectors.toMap(state -> List.of(state.name()), value));
    }

    /** Of several roots with one name the oldest counts. */
    private Map<List<String>, Double> ages() {
        Map<List<String>, Double> ages = new LinkedHashMap<>();
        for (GateState state : states()) {
            Instant now = state.policies().clock().instant();
            for (TrustedRootState root : state.trustedRoots()) {
                root.age(now).ifPresent(age -> ages.merge(List.of(root.name()), (double) age.toSeconds(), Math::max));
            }
        }
        return ages;
    }

    /**
     * Ends all look-ups, so that reviews that wait for them are decided without, and stops following the policies. From then on every
     * decision is a denial, and the gate is not {@linkplain #health() ready}.
     */
    @Override
    public void close() {
        closed = true;
        sets.values().forEach(FollowedPolicies::close);
        if (lastGood != null) {
            lastGood.close();
        }
        if (content != null) {
            content.close();
        }
    }
}
