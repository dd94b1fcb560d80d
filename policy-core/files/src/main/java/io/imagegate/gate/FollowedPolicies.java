package io.imagegate.gate;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Policies of one name, which decide together and are followed on their own. Thread-safe. */
final class FollowedPolicies implements ReloadListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FollowedPolicies.class.getName());

    private final String name;
    private final String location;
    private final GateListener listener;
    private final MetricSink metrics;
    private final InstantSource clock;
    private final Optional<GateContent> content;
    private final @Nullable LivePolicies live;
    private final ImageGate gate;
    private volatile GateState state;

    private FollowedPolicies(
            String name,
            List<String> locations,
            LiveGateBuilder from,
            InstantSource clock,
            @Nullable PolicyDocuments documents,
            @Nullable GateContent content) {
        this.name = name;
        this.clock = clock;
        location = String.join(", ", locations);
        listener = from.listener();
        metrics = from.metrics;
        this.content = Optional.ofNullable(content);
        FactSource facts = content == null ? from.facts : content.facts();
        gate = (facts == null ? ImageGate.of(this::policies) : ImageGate.of(this::policies, facts)).withName(name);
        state = state(PolicySet.unloaded("no policy could be loaded yet").withClock(clock), "", null, null);
        Metric.POLICY_RELOADS.known().forEach(outcome -> metrics.record(Metric.POLICY_RELOADS, 0, name, outcome));
        live = documents == null ? null : follow(documents, locations, from.followed);
    }

    /** {@return policies that the program made, and that never change} */
    static FollowedPolicies fixed(PolicySet policies, LiveGateBuilder from, @Nullable GateContent content) {
        FollowedPolicies fixed =
                new FollowedPolicies(ImageGate.DEFAULT_NAME, List.of(), from, policies.clock(), null, content);
        fixed.loaded(policies, "");
        return fixed;
    }

    /**
     * {@return policies of files, also if they are missing or invalid}
     *
     * @throws PolicyDocumentException if there is no such built-in policy
     */
    static FollowedPolicies of(
            String name, List<String> locations, LiveGateBuilder from, @Nullable GateContent content) {
        PolicyDocuments documents = documents(from, content);
        return new FollowedPolicies(name, locations, from, documents.clock(), documents, content);
    }

    private static PolicyDocuments documents(LiveGateBuilder from, @Nullable GateContent content) {
        if (content != null) {
            return content.documents(from.documents());
        }
        return from.facts == null ? from.documents().withoutContent(from.whyNoRegistries) : from.documents();
    }

    private @Nullable LivePolicies follow(PolicyDocuments documents, List<String> locations, boolean followed) {
        if (followed) {
            return LivePolicies.watch(documents, locations, this);
        }
        try {
            LivePolicies policies = LivePolicies.load(documents, locations);
            loaded(policies.get(), policies.digest());
        } catch (PolicyDocumentException problem) {
            refused(problem);
        }
        return null;
    }

    ImageGate gate() {
        return gate;
    }

    /** {@return the state with that of the registries now, which changes without the policies} */
    GateState state() {
        GateState last = state;
        return content.map(GateContent::state).map(last::withRegistries).orElse(last);
    }

    private PolicySet policies() {
        return state.policies();
    }

    private GateState state(
            PolicySet policies, String digest, @Nullable Instant loadedAt, @Nullable PolicyDocumentException problem) {
        return new GateState(
                name,
                location,
                policies,
                digest,
                Optional.ofNullable(loadedAt),
                Optional.ofNullable(problem),
                content.map(GateContent::state),
                TrustedRootState.of(policies));
    }

    @Override
    public void loaded(PolicySet policies, String digest) {
        if (policies.isLoaded()) {
            change(state(policies, digest.isEmpty() ? GateState.BUILT_IN : digest, clock.instant(), null));
            metrics.record(Metric.POLICY_RELOADS, 1, name, "success");
        } else {
            change(state(policies, "", null, null));
        }
    }

    @Override
    public void refused(PolicyDocumentException problem) {
        GateState before = state;
        change(state(before.policies(), before.digest(), before.loadedAt().orElse(null), problem));
        metrics.record(Metric.POLICY_RELOADS, 1, name, "failure");
    }

    private void change(GateState next) {
        state = next;
        try {
            listener.changed(next);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, () -> "the listener of " + location + " failed; the policies stay active", e);
        }
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }
}
