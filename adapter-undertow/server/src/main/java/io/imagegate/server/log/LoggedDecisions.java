package io.imagegate.server.log;

import io.imagegate.webhook.ReviewEvent;

/**
 * Which decisions are logged; named as the values of the option.
 *
 * @since 0.1
 */
public enum LoggedDecisions {
    /** All but plain allowances: denials, failures, and allowed reviews that violate a rule. */
    notable,
    /** Denials and failures. */
    denied,
    /** Every decision. */
    all,
    /** None. */
    none;

    /**
     * {@return whether a decision is logged}
     *
     * @param event the decision
     */
    public boolean include(ReviewEvent event) {
        return switch (this) {
            case notable ->
                event.decision()
                        .filter(decision -> decision.violations().isEmpty())
                        .isEmpty();
            case denied -> !event.allowed();
            case all -> true;
            case none -> false;
        };
    }
}
