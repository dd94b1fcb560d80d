/**
 * What the server tells of itself: {@link io.imagegate.server.metrics.ServerMetrics} for Prometheus, and
 * {@link io.imagegate.server.metrics.DecisionLog}, one line of JSON for each denial. Names of policies and rules are the
 * only label values that come from outside, from files of those who run the server; nothing that a client sends becomes one.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.metrics;

import org.jspecify.annotations.NullMarked;
