package io.imagegate.cli.check.report;

import io.imagegate.policy.PolicySet;
import java.io.PrintWriter;

/**
 * What a report of {@code check} is about.
 *
 * @param out where it is written
 * @param isFile whether that is a file, so that standard error is not seen beside it
 * @param text how text for people looks
 * @param version of Imagegate
 * @param policies the policies by which is checked
 */
public record ReportRun(PrintWriter out, boolean isFile, TextOptions text, String version, PolicySet policies) {}
