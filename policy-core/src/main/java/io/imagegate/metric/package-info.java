/**
 * Numbers that Imagegate counts and measures, for any metrics library: {@link io.imagegate.metric.Metric} lists them, and a
 * program that shows them implements {@link io.imagegate.metric.MetricSink}.
 *
 * <p>Labels are bounded: their values are constants, or names in files of the operator. Nothing that a client sends becomes
 * one.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.metric;

import org.jspecify.annotations.NullMarked;
