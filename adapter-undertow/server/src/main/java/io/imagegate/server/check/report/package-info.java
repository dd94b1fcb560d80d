/**
 * Reports of {@code check} and {@code test}, listed in {@link io.imagegate.server.check.report.ReportFormat}: text for people, JSON for programs, SARIF 2.1.0 (OASIS) for code hosts and
 * JUnit XML for CI servers. Findings are written as they come, so memory does not grow with a report.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.check.report;

import org.jspecify.annotations.NullMarked;
