package io.imagegate.cli.check.report;

import io.imagegate.policy.PolicySet;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * What a report of {@code check} is about.
 *
 * @param out where it is written
 * @param isFile whether that is a file, so that standard error is not seen beside it
 * @param ansi whether there are colours
 * @param quiet whether text for people has only what denies
 * @param version of Imagegate
 * @param policies the policies by which is checked
 */
public record ReportRun(
        PrintWriter out, boolean isFile, Ansi ansi, boolean quiet, String version, PolicySet policies) {}
