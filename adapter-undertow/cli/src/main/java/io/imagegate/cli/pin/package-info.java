/**
 * Files whose images get other names. {@link RewrittenFiles} reads them, replaces images, and writes
 * all of them or none; {@link UnifiedDiff} shows what would change.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cli.pin;

import org.jspecify.annotations.NullMarked;
