package io.imagegate.cli.check.report;

import io.imagegate.policy.Lookup;
import io.imagegate.review.ReviewedImage;
import java.util.List;

/**
 * Several reports of the same results.
 *
 * @param reports the reports
 */
public record CombinedReport(List<Report<Result>> reports) implements Report<Result> {

    @Override
    public void add(Result result) {
        reports.forEach(report -> report.add(result));
    }

    @Override
    public void addPassed(Subject subject, List<ReviewedImage> images) {
        reports.forEach(report -> report.addPassed(subject, images));
    }

    @Override
    public void addNamespace(String name) {
        reports.forEach(report -> report.addNamespace(name));
    }

    @Override
    public void addLookups(List<Lookup> lookups) {
        reports.forEach(report -> report.addLookups(lookups));
    }

    @Override
    public void end(Totals totals) {
        reports.forEach(report -> report.end(totals));
    }
}
