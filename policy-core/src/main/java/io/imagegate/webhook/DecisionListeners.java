package io.imagegate.webhook;

import io.imagegate.text.FailureLog;
import io.imagegate.text.ForeignCode;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Listeners, which are foreign code: what one throws changes no answer, and stops no other. Immutable. */
final class DecisionListeners implements DecisionListener {

    private static final System.Logger LOG = System.getLogger(PolicyWebhook.class.getName());
    private static final String FAILED = "a decision listener failed; the answer is unchanged";

    private final List<ForeignCode<DecisionListener>> listeners;
    private final FailureLog log = new FailureLog(LOG);

    DecisionListeners(Collection<? extends DecisionListener> listeners) {
        this.listeners = listeners.stream()
                .map(listener -> new ForeignCode<DecisionListener>(listener, LOG))
                .toList();
    }

    /** Calls all with an event that is made only if there are listeners. */
    void call(Supplier<ReviewEvent> made) {
        if (!listeners.isEmpty()) {
            try {
                reviewed(made.get());
            } catch (Throwable thrown) {
                log.log(FAILED, thrown);
            }
        }
    }

    @Override
    public void reviewed(ReviewEvent event) {
        listeners.forEach(listener -> listener.call(called -> called.reviewed(event), FAILED));
    }
}
