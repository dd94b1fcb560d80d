/**
 * Checking without a server. {@link CheckedFiles} reads files by the inputs of
 * {@link io.imagegate.manifest}; {@link Checker} checks them by the policies and passes the findings to a report of
 * {@link io.imagegate.cli.check.report}.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli.check;

import org.jspecify.annotations.NullMarked;
