package io.imagegate.server.serve;

import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the server's own warm-up reviews out of metrics and the decision log. It recognizes them by a namespace with a random
 * name that only this process knows. Reviews that train an AOT cache go to listeners of the same classes that keep nothing,
 * so that the cache has this code as well.
 */
final class WarmUpFilter implements DecisionListener {

    private final Optional<String> ownNamespace;
    private final List<DecisionListener> listeners;
    private final List<DecisionListener> rehearsals;

    WarmUpFilter(String ownNamespace, List<DecisionListener> listeners, List<DecisionListener> rehearsals) {
        this.ownNamespace = Optional.of(ownNamespace);
        this.listeners = listeners;
        this.rehearsals = rehearsals;
    }

    @Override
    public void reviewed(ReviewEvent event) {
        List<DecisionListener> called = event.namespace().equals(ownNamespace) ? rehearsals : listeners;
        called.forEach(listener -> listener.reviewed(event));
    }
}
