package io.imagegate.server.serve;

import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the server's own warm-up reviews out of metrics and the decision log. They are recognized by a namespace with a
 * random name that only this process knows.
 */
final class WarmUpFilter implements DecisionListener {

    private final Optional<String> ownNamespace;
    private final List<DecisionListener> listeners;

    WarmUpFilter(String ownNamespace, List<DecisionListener> listeners) {
        this.ownNamespace = Optional.of(ownNamespace);
        this.listeners = listeners;
    }

    @Override
    public void reviewed(ReviewEvent event) {
        if (!event.namespace().equals(ownNamespace)) {
            listeners.forEach(listener -> listener.reviewed(event));
        }
    }
}
