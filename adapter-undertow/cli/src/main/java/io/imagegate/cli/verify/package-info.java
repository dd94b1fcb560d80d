/**
 * What the verification of signatures found, as lines for people.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cli.verify;

import org.jspecify.annotations.NullMarked;
