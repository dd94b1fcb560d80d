package io.imagegate.cli.option;

import io.imagegate.cli.check.report.ReportFormat;

/**
 * A report, and where it goes.
 *
 * @param format its format
 * @param file the file; empty for standard output
 */
public record ReportOutput(ReportFormat format, String file) {}
