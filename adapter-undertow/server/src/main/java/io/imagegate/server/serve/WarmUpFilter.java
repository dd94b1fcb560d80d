package io.imagegate.server.serve;

import io.imagegate.policy.Decision;
import io.imagegate.policy.DecisionListener;
import io.imagegate.policy.ReviewFailure;
import io.imagegate.review.ImageReview;
import java.util.List;

/**
 * Keeps the server's own warm-up reviews out of metrics and the decision log. They are recognized by a namespace whose name
 * is drawn at random at the start and is known to this process alone.
 */
final class WarmUpFilter implements DecisionListener {

    private final String ownNamespace;
    private final List<DecisionListener> listeners;

    WarmUpFilter(String ownNamespace, List<DecisionListener> listeners) {
        this.ownNamespace = ownNamespace;
        this.listeners = listeners;
    }

    @Override
    public void decided(ImageReview review, Decision decision, long nanos) {
        if (!review.namespace().equals(ownNamespace)) {
            listeners.forEach(listener -> listener.decided(review, decision, nanos));
        }
    }

    @Override
    public void failed(ReviewFailure failure, String reason) {
        listeners.forEach(listener -> listener.failed(failure, reason));
    }
}
