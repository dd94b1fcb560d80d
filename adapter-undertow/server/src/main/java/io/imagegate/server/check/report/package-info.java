/**
 * What {@code check} found, told in the ways that people and programs read: aligned text, JSON, and SARIF 2.1.0 (OASIS)
 * for code hosts. Findings are written as they come, so that a report costs no memory for what it has already said.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.check.report;

import org.jspecify.annotations.NullMarked;
