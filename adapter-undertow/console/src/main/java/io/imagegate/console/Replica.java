package io.imagegate.console;

import io.imagegate.console.KeptDecisions.Omitted;
import io.imagegate.gate.GateState;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one replica knows, for the console: its state, and the last decisions as bytes that were written when they were
 * made. Thread-safe.
 */
public final class Replica implements DecisionListener {

    /** How many images a decision shows; fewer if their rules have much to say. */
    private static final List<Integer> MOST_IMAGES = List.of(50, 10);

    private static final int LONGEST_DECISION = 64 << 10;
    private static final Duration LATELY = Duration.ofSeconds(1);

    private final ReplicaBuilder about;
    private final TimeSource clock;
    private final Instant started;
    private final KeptDecisions decisions = new KeptDecisions();
    private volatile @Nullable Known known;

    private record Known(long nanos, List<GateState> gates) {}

    Replica(ReplicaBuilder about) {
        this.about = about;
        this.clock = TimeSource.of(about.clock);
        this.started = clock.instant();
    }

    /**
     * Builds a replica.
     *
     * @param name its name, such as that of the pod
     * @param version the version of Imagegate
     * @return the builder
     */
    public static ReplicaBuilder builder(String name, String version) {
        return new ReplicaBuilder(name, version);
    }

    @Override
    public void reviewed(ReviewEvent event) {
        Instant now = clock.instant();
        byte[] row = RowJson.properties(event, now);
        if (event.review().isPresent() && event.decision().isPresent()) {
            byte[] decision =
                    written(event, event.review().get(), event.decision().get(), now);
            decisions.add(row, decision, Omitted.TOO_LONG);
        } else {
            decisions.add(row, null, Omitted.FAILED);
        }
    }

    private byte @Nullable [] written(ReviewEvent event, ImageReview review, Decision made, Instant now) {
        PolicySet policies = policies(event);
        for (int images : MOST_IMAGES) {
            DecisionJson decision = DecisionJson.of(new ExplainedDecision(policies, review, made, images), now)
                    .withKubectl(KubectlText.before(event))
                    .withoutBreakGlassHints();
            Optional<byte[]> written = Json.bytes(LONGEST_DECISION, decision::write);
            if (written.isPresent()) {
                return written.get();
            }
        }
        return null;
    }

    /** {@return the policies of the gate that decided; others may have been loaded since, or a second ago} */
    private PolicySet policies(ReviewEvent event) {
        return lately().stream()
                .filter(gate -> event.gate().filter(gate.name()::equals).isPresent())
                .map(GateState::policies)
                .findFirst()
                .orElseGet(() -> PolicySet.unloaded(""));
    }

    /** {@return the bytes of all decisions that are kept} */
    long keptBytes() {
        return decisions.size();
    }

    /** {@return the gates as they were in the last second} A state has all registries, which is too much for each decision. */
    private List<GateState> lately() {
        Known last = known;
        if (last == null || clock.since(last.nanos).compareTo(LATELY) >= 0) {
            last = new Known(clock.nanos(), about.gates.get());
            known = last;
        }
        return last.gates;
    }

    byte[] state(boolean hasPlayground) {
        return Json.bytes(json -> StateJson.write(json, about, started, hasPlayground));
    }

    EventStream events(EventStreams streams, @Nullable String lastId) {
        return streams.open(decisions, decisions.number(lastId), clock);
    }

    /** {@return a decision with its row, or with the row alone and why; empty if it is not kept} */
    Optional<byte[]> decision(String id) {
        return decisions.find(id).map(decisions::opened);
    }
}
