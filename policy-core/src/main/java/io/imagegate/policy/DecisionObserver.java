package io.imagegate.policy;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows the decisions of a gate from beginning to end, for example as the spans of a trace. Implementations are thread-safe and do not
 * block. What they throw is logged once a minute, and changes no decision.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionObserver {

    /**
     * Called when a decision begins, by the thread that asks for it.
     *
     * @param gate the name of the gate
     * @return follows this decision
     */
    Observed begin(String gate);

    /** Follows one decision. */
    interface Observed {

        /**
         * Called when facts are looked up, as often as rules ask for more.
         *
         * @param needs the facts of each image; read-only
         * @param registry finds the configured registry of an image; empty for one that is not configured
         * @return called once with what was found before the decision stopped waiting; read-only
         */
        Consumer<Map<ImageReference, ImageFacts>> lookup(
                Map<ImageReference, Set<Need<?>>> needs, Function<ImageReference, Optional<String>> registry);

        /**
         * Called once: when the decision is made or fails, before whoever asked gets it, or when it is cancelled.
         *
         * @param decision the decision; null if there is none
         * @param failure what was thrown; a {@link java.util.concurrent.CancellationException} if the decision was cancelled; null if
         *     there is a decision
         */
        void end(@Nullable Decision decision, @Nullable Throwable failure);
    }
}
