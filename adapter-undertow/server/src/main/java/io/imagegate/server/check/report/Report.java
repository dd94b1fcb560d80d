package io.imagegate.server.check.report;

import io.imagegate.policy.Lookup;
import java.util.List;

/**
 * Writes results as they come. {@link ReportFormat} lists the formats. Not thread-safe.
 *
 * @param <R> type of a result
 */
public interface Report<R> {

    /**
     * Adds a result.
     *
     * @param result the result
     */
    void add(R result);

    /**
     * Adds what was looked up for a decision. Most formats have no place for it.
     *
     * @param lookups the facts
     */
    default void addLookups(List<Lookup> lookups) {}

    /**
     * Completes the report.
     *
     * @param totals what was checked
     */
    void end(Totals totals);
}
