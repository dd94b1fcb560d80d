package io.imagegate.server.cli.option;

import io.imagegate.server.check.report.ReportFormat;

/**
 * A report, and where it goes.
 *
 * @param format its format
 * @param file the file; empty for standard output
 */
public record ReportOutput(ReportFormat format, String file) {}
