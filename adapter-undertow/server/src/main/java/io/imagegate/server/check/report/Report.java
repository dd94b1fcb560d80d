package io.imagegate.server.check.report;

/** Writes results as they come. Not thread-safe. */
public interface Report {

    /**
     * Something was found.
     *
     * @param result what
     */
    void add(Result result);

    /**
     * Everything was checked; the report is complete after this.
     *
     * @param totals how much it was
     */
    void end(Totals totals);
}
