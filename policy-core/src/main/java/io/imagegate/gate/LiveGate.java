package io.imagegate.gate;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.figure.Figure;
import io.imagegate.figure.Figures;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gate with policies that are followed, and with what it opened to look at the content of images. Thread-safe. Nothing is
 * read from files by decisions.
 *
 * <p>{@link #gate()} is the gate as a value, for a {@link io.imagegate.webhook.PolicyWebhook}.
 *
 * @since 0.1
 */
public final class LiveGate implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LiveGate.class.getName());

    private final String location;
    private final GateListener listener;
    private final Figures figures;
    private final InstantSource clock;
    private final @Nullable GateContent content;
    private final @Nullable LivePolicies live;
    private final ImageGate gate;
    private volatile GateState state;

    LiveGate(LiveGateBuilder from) {
        location = String.join(", ", from.locations);
        listener = from.listener;
        figures = from.figures;
        clock = from.policies == null ? from.documents.clock() : from.policies.clock();
        content = from.registries == null ? null : GateContent.open(from.registries, figures, from.loader, clock);
        state = state(PolicySet.unloaded("no policy could be loaded yet").withClock(clock), "", null, null);
        measure();
        try {
            live = from.policies == null ? follow(from) : null;
        } catch (RuntimeException unusable) {
            closeContent();
            throw unusable;
        }
        if (from.policies != null) {
            loaded(from.policies, "");
        }
        gate = content == null ? ImageGate.of(this::policies) : ImageGate.of(this::policies, content.facts());
    }

    private LivePolicies follow(LiveGateBuilder from) {
        PolicyDocuments documents = content == null
                ? from.documents.withoutContent(from.whyNoRegistries)
                : content.documents(from.documents);
        if (!from.followed) {
            LivePolicies policies = LivePolicies.load(documents, from.locations);
            loaded(policies.get(), policies.digest());
            return policies;
        }
        Reloads reloads = new Reloads();
        LivePolicies policies = LivePolicies.watch(documents, from.locations, reloads);
        reloads.begin(policies);
        return policies;
    }

    /**
     * Decides on a review. Waits for facts, if the policies need any, for at most {@link ImageGate#DEFAULT_LIMIT}.
     *
     * @param review the review
     * @return the decision; a denial until policies are loaded
     */
    public Decision decide(ImageReview review) {
        return gate.decide(review);
    }

    /**
     * Decides on a review. No thread waits while facts are looked up.
     *
     * @param review the review
     * @param limit how long to wait for facts; what is not known by then is undecidable
     * @return the decision, completed as that of {@link ImageGate#decideAsync(ImageReview, Duration)} is
     */
    public CompletableFuture<Decision> decideAsync(ImageReview review, Duration limit) {
        return gate.decideAsync(review, limit);
    }

    /** {@return the gate as a value, which always decides with the active policies} */
    public ImageGate gate() {
        return gate;
    }

    /** {@return the current state} */
    public GateState state() {
        return state;
    }

    private PolicySet policies() {
        return state.policies();
    }

    private GateState state(
            PolicySet policies, String digest, @Nullable Instant loadedAt, @Nullable PolicyDocumentException problem) {
        return new GateState(
                location,
                policies,
                digest,
                Optional.ofNullable(loadedAt),
                Optional.ofNullable(problem),
                Optional.ofNullable(content).map(GateContent::state),
                TrustedRootState.of(policies));
    }

    private void loaded(PolicySet policies, String digest) {
        if (policies.isLoaded()) {
            figures.record(Figure.POLICY_RELOADS, 1, "success");
            change(state(policies, digest.isEmpty() ? GateState.BUILT_IN : digest, clock.instant(), null));
        } else {
            change(state(policies, "", null, null));
        }
    }

    private void refused(PolicyDocumentException problem) {
        figures.record(Figure.POLICY_RELOADS, 1, "failure");
        GateState before = state;
        change(state(before.policies(), before.digest(), before.loadedAt().orElse(null), problem));
    }

    private void change(GateState next) {
        state = next;
        try {
            listener.changed(next);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, () -> "the listener of " + location + " failed; the policies stay active", e);
        }
    }

    private void measure() {
        figures.gauge(
                Figure.POLICY_LAST_RELOAD_SUCCESSFUL,
                () -> Map.of("", state.isReady() && state.problem().isEmpty() ? 1.0 : 0.0));
        figures.gauge(
                Figure.POLICY_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS,
                () -> Map.of("", (double)
                        state.loadedAt().map(Instant::getEpochSecond).orElse(0L)));
        figures.gauge(Figure.POLICIES_INFO, () -> state.digest().isEmpty() ? Map.of() : Map.of(state.digest(), 1.0));
        figures.gauge(Figure.TRUSTED_ROOT_AGE_SECONDS, () -> {
            Instant now = clock.instant();
            Map<String, Double> ages = new LinkedHashMap<>();
            state.trustedRoots()
                    .forEach(root -> root.age(now).ifPresent(age -> ages.put(root.name(), (double) age.toSeconds())));
            return ages;
        });
    }

    /**
     * Stops following the policies, which stay active, and ends all look-ups: reviews that wait for them are decided
     * without.
     */
    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
        closeContent();
    }

    private void closeContent() {
        if (content != null) {
            content.close();
        }
    }

    /** Passes loads on. The first one ends before {@link #live} is known, whose digest is part of the state. */
    private final class Reloads implements ReloadListener {

        private @Nullable LivePolicies source;
        private @Nullable PolicyDocumentException first;

        synchronized void begin(LivePolicies policies) {
            source = policies;
            if (first == null) {
                LiveGate.this.loaded(policies.get(), policies.digest());
            } else {
                LiveGate.this.refused(first);
            }
        }

        @Override
        public synchronized void loaded(PolicySet policies) {
            first = null;
            if (source != null) {
                LiveGate.this.loaded(policies, source.digest());
            }
        }

        @Override
        public synchronized void refused(PolicyDocumentException problems) {
            if (source == null) {
                first = problems;
            } else {
                LiveGate.this.refused(problems);
            }
        }
    }
}
