/**
 * One clock: which instant it is, how much time passes, and timers. Everything that waits, expires or is late asks it, so
 * that a test that moves its own clock needs no time. The package is not exported to programs; they pass a
 * {@link java.time.InstantSource} where decisions depend on the date.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.time;

import org.jspecify.annotations.NullMarked;
