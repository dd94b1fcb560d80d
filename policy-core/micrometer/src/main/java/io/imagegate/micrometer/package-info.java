/**
 * MetricSink of Imagegate as meters of Micrometer: {@link io.imagegate.micrometer.MicrometerMetrics}.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.micrometer;

import org.jspecify.annotations.NullMarked;
