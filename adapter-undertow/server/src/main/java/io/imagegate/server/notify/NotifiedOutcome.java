package io.imagegate.server.notify;

import java.util.Locale;

/** What can be notified of. */
enum NotifiedOutcome {
    /** Break-glass allowed a review. */
    GLASS_BROKEN,
    /** A review was denied because a registry did not answer. */
    UNAVAILABLE,
    /** A policy was rejected. */
    POLICY_REJECTED,
    /** A certificate was rejected, or needs attention. */
    CERTIFICATE;

    /** {@return the name in files, events and metrics, such as {@code glass-broken}} */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
