package io.imagegate.server;

import io.imagegate.policy.Decision;
import io.imagegate.policy.DecisionListener;
import io.imagegate.policy.ReviewFailure;
import io.imagegate.review.ImageReview;
import java.util.List;

/** Tells listeners of the reviews of others: what a server asks itself is nobody's review. */
final class OthersReviews implements DecisionListener {

    private final String ownNamespace;
    private final List<DecisionListener> listeners;

    OthersReviews(String ownNamespace, List<DecisionListener> listeners) {
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
