/**
 * What the server reports: {@link io.imagegate.server.metrics.ServerMetrics} for Prometheus, and {@link
 * io.imagegate.server.metrics.DecisionLog}, one line for each denial. The only label values from outside are
 * names of policies and rules in the operator's files; nothing that a client sends becomes a label.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.metrics;

import org.jspecify.annotations.NullMarked;
