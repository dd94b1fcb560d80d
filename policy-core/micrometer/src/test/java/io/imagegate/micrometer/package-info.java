/** Meters as programs and Prometheus see them. */
@NullMarked
package io.imagegate.micrometer;

import org.jspecify.annotations.NullMarked;
