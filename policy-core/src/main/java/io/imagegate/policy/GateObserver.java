package io.imagegate.policy;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.DecisionObserver.Observed;
import io.imagegate.reference.ImageReference;
import io.imagegate.text.FailureLog;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The observer of a gate, which is foreign code: what it throws is logged, and ends only what it follows. Thread-safe. */
final class GateObserver {

    /** Follows nothing. */
    static final Observed UNOBSERVED = new Observed() {
        @Override
        public Consumer<Map<ImageReference, ImageFacts>> lookup(
                Map<ImageReference, Set<Need<?>>> needs, Function<ImageReference, Optional<String>> registry) {
            return found -> {};
        }

        @Override
        public void end(@Nullable Decision decision, @Nullable Throwable failure) {}
    };

    private final DecisionObserver observer;
    private final FailureLog log = new FailureLog(System.getLogger(ImageGate.class.getName()));

    GateObserver(DecisionObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
    }

    /** {@return a decision that completes when its end was told; cancelling it cancels what makes it} */
    CompletableFuture<Decision> follow(String gate, Function<Observed, CompletableFuture<Decision>> making) {
        Observed observed = guarded(() -> new Guarded(observer.begin(gate)), UNOBSERVED);
        return FollowedDecision.of(() -> making.apply(observed), observed::end);
    }

    private void run(Runnable called) {
        guarded(
                () -> {
                    called.run();
                    return true;
                },
                false);
    }

    private <T> T guarded(Supplier<T> called, T otherwise) {
        try {
            return called.get();
        } catch (Throwable thrown) {
            log.log("an observer of decisions failed; the decision is unchanged", thrown);
            return otherwise;
        }
    }

    private final class Guarded implements Observed {

        private final Observed observed;

        Guarded(Observed observed) {
            this.observed = Objects.requireNonNull(observed, "observed");
        }

        @Override
        public Consumer<Map<ImageReference, ImageFacts>> lookup(
                Map<ImageReference, Set<Need<?>>> needs, Function<ImageReference, Optional<String>> registry) {
            Consumer<Map<ImageReference, ImageFacts>> ended =
                    guarded(() -> observed.lookup(needs, registry), found -> {});
            AtomicBoolean isTold = new AtomicBoolean();
            return found -> {
                if (isTold.compareAndSet(false, true)) {
                    run(() -> ended.accept(Collections.unmodifiableMap(found)));
                }
            };
        }

        @Override
        public void end(@Nullable Decision decision, @Nullable Throwable failure) {
            run(() -> observed.end(decision, failure));
        }
    }
}
