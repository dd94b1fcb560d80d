package io.imagegate.cli.check.report;

import io.imagegate.policy.Lookup;
import io.imagegate.review.ReviewedImage;
import java.util.List;

/**
 * Writes results as they come. {@link ReportFormat} lists the formats. Not thread-safe.
 *
 * @param <R> type of a result
 */
public interface Report<R> {

    /**
     * Adds a result. Results of one image come one after another.
     *
     * @param result the result
     */
    void add(R result);

    /**
     * Adds images in which nothing was found. Most formats have no place for them.
     *
     * @param subject where they are
     * @param images the images; empty for a subject without images
     */
    default void addPassed(Subject subject, List<ReviewedImage> images) {}

    /**
     * Adds a namespace that was checked, even if nothing is in it. Most formats have no place for it.
     *
     * @param name the namespace; empty for what is in none
     */
    default void addNamespace(String name) {}

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
