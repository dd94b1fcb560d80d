package io.imagegate.server.check.report;

/** Writes results as they come. Not thread-safe. */
public interface Report {

    /**
     * Adds a result.
     *
     * @param result a violation and its place
     */
    void add(Result result);

    /**
     * Completes the report.
     *
     * @param totals what was checked
     */
    void end(Totals totals);
}
