package io.imagegate.server.check.report;

import io.imagegate.policy.Lookup;
import java.util.List;

/** Writes results as they come. Not thread-safe. */
public interface Report {

    /**
     * Adds a result.
     *
     * @param result a violation and its place
     */
    void add(Result result);

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
