package io.imagegate.gate;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.document.file.FileAccess;
import io.imagegate.document.kept.FileRecorder;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.ForeignCode;
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
    private final List<ForeignCode<GateListener>> listeners;
    private final MetricSink metrics;
    private final InstantSource clock;
    private final Optional<GateContent> content;
    private final List<String> locations;
    private final @Nullable PolicyDocuments documents;
    private final @Nullable LastGood lastGood;
    private final FileRecorder recorder = new FileRecorder();
    private final @Nullable LivePolicies live;
    private final ImageGate gate;
    private volatile GateState state;
    /** Whether files were loaded or rejected once. */
    private boolean started;
    /** Whether the active policies are those of the last accepted set. */
    private boolean keptInForce;

    private volatile boolean closed;

    private FollowedPolicies(
            String name,
            List<String> locations,
            LiveGateBuilder from,
            InstantSource clock,
            @Nullable PolicyDocuments documents,
            @Nullable GateContent content,
            @Nullable FactSource facts,
            @Nullable LastGood lastGood) {
        this.name = name;
        this.locations = locations;
        this.documents = documents;
        this.lastGood = lastGood;
        this.clock = clock;
        location = String.join(", ", locations);
        listeners = from.listeners().stream()
                .map(called -> new ForeignCode<>(called, LOG))
                .toList();
        metrics = from.metrics;
        this.content = Optional.ofNullable(content);
        gate = from.heard(facts == null ? ImageGate.of(this::policies) : ImageGate.of(this::policies, facts))
                .withName(name);
        state = state(unloaded(null), "", null, null);
        Metric.POLICY_RELOADS.known().forEach(outcome -> metrics.record(Metric.POLICY_RELOADS, 0, name, outcome));
        live = documents == null ? null : follow(documents, from.followed);
    }

    /** {@return policies that the program made, and that never change} */
    static FollowedPolicies fixed(
            PolicySet policies, LiveGateBuilder from, @Nullable GateContent content, @Nullable FactSource facts) {
        FollowedPolicies fixed = new FollowedPolicies(
                ImageGate.DEFAULT_NAME, List.of(), from, policies.clock(), null, content, facts, null);
        fixed.loaded(policies, "");
        return fixed;
    }

    /**
     * {@return policies of files, also if they are missing or invalid}
     *
     * @throws PolicyDocumentException if there is no such built-in policy
     */
    static FollowedPolicies of(
            String name,
            List<String> locations,
            LiveGateBuilder from,
            @Nullable GateContent content,
            @Nullable FactSource facts,
            @Nullable LastGood lastGood) {
        PolicyDocuments documents = documents(from, content, facts);
        return new FollowedPolicies(name, locations, from, documents.clock(), documents, content, facts, lastGood);
    }

    private static PolicyDocuments documents(
            LiveGateBuilder from, @Nullable GateContent content, @Nullable FactSource facts) {
        if (content != null) {
            return content.documents(from.documents(), from.ownsSignatures());
        }
        return facts == null ? from.documents().withoutContent(from.whyNoRegistries) : from.documents();
    }

    private @Nullable LivePolicies follow(PolicyDocuments reader, boolean followed) {
        PolicyDocuments recorded =
                lastGood == null ? reader : FileAccess.reading(reader, PolicyDocuments.class, recorder);
        if (followed) {
            return LivePolicies.watch(recorded, locations, this);
        }
        try {
            LivePolicies policies = LivePolicies.load(recorded, locations);
            loaded(policies.get(), policies.digest());
        } catch (PolicyDocumentException problem) {
            refused(problem);
        }
        return null;
    }

    /**
     * {@return the policies of the last accepted set; null if it may not be used, or this is not the first load} They are read as their files
     * were: by the same reader, under the same names.
     */
    private @Nullable LivePolicies kept() {
        if (started || lastGood == null || documents == null) {
            return null;
        }
        PolicyDocuments reader = lastGood.reader(name, documents).orElse(null);
        if (reader == null) {
            return null;
        }
        try {
            return LivePolicies.load(reader, locations);
        } catch (PolicyDocumentException alsoRejected) {
            LastGood.logUnused(String.valueOf(alsoRejected.getMessage()));
            return null;
        }
    }

    private static String known(String digest) {
        return digest.isEmpty() ? GateState.BUILT_IN : digest;
    }

    ImageGate gate() {
        return gate;
    }

    /** {@return the state with that of the registries now, which changes without the policies} */
    GateState state() {
        GateState last = closed ? state(denying(), "", null, null) : state;
        return content.map(GateContent::state).map(last::withRegistries).orElse(last);
    }

    private PolicySet unloaded(@Nullable PolicyDocumentException problem) {
        String why = "no policy could be loaded yet";
        return (problem == null ? PolicySet.unloaded(why) : PolicySet.unloaded(why, problem)).withClock(clock);
    }

    private PolicySet policies() {
        return closed ? denying() : state.policies();
    }

    private PolicySet denying() {
        return PolicySet.unloaded("the gate is closed").withClock(clock);
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
                TrustedRootState.of(policies),
                problem == null ? Optional.empty() : Optional.of(rejectedSince()),
                keptInForce || (lastGood != null && lastGood.hasRegistriesInForce()));
    }

    private Instant rejectedSince() {
        return state.rejectedSince()
                .or(() ->
                        Optional.ofNullable(lastGood).filter(set -> keptInForce).flatMap(LastGood::since))
                .orElseGet(clock::instant);
    }

    @Override
    public void loaded(PolicySet policies, String digest) {
        started = true;
        if (policies.isLoaded()) {
            keptInForce = false;
            change(state(policies, known(digest), clock.instant(), null));
            metrics.record(Metric.POLICY_RELOADS, 1, name, "success");
            if (lastGood != null) {
                lastGood.accepted(name, recorder.recorded());
            }
        } else {
            change(state(policies, "", null, null));
        }
    }

    @Override
    public void refused(PolicyDocumentException problem) {
        LivePolicies kept = kept();
        started = true;
        if (kept != null && lastGood != null) {
            keptInForce = true;
            lastGood.used(name, kept.digest());
            change(state(kept.get(), known(kept.digest()), clock.instant(), problem));
        } else {
            if (lastGood != null) {
                lastGood.rejected(name);
            }
            GateState before = state;
            PolicySet policies = before.isReady() ? before.policies() : unloaded(problem);
            change(state(policies, before.digest(), before.loadedAt().orElse(null), problem));
        }
        metrics.record(Metric.POLICY_RELOADS, 1, name, "failure");
    }

    private void change(GateState next) {
        state = next;
        listeners.forEach(listener -> listener.call(
                called -> called.changed(next), "a listener of " + location + " failed; the policies stay active"));
    }

    @Override
    public void close() {
        closed = true;
        if (live != null) {
            live.close();
        }
    }
}
