/**
 * Reports of {@code check} and {@code test}, listed in {@link ReportFormat}. Findings are written as
 * they come, or as many of them are kept as a limit allows, so memory does not grow with a report.
 * {@link ReportFile} is a file that appears when its report is complete.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli.check.report;

import org.jspecify.annotations.NullMarked;
