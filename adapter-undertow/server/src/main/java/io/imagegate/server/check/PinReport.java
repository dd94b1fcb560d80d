package io.imagegate.server.check;

import io.imagegate.policy.Lookup;
import io.imagegate.policy.Requirement;
import io.imagegate.review.ReviewedImage;
import io.imagegate.server.check.report.Report;
import io.imagegate.server.check.report.Result;
import io.imagegate.server.check.report.ShownText;
import io.imagegate.server.check.report.Subject;
import io.imagegate.server.check.report.Totals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the images that get no digest, beside another report. Not thread-safe. */
public final class PinReport implements Report<Result> {

    private final @Nullable Report<Result> other;
    private final List<String> unpinned = new ArrayList<>();
    private final List<String> invalid = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * Creates a report.
     *
     * @param other gets everything, too; null if there is none
     */
    public PinReport(@Nullable Report<Result> other) {
        this.other = other;
    }

    @Override
    public void add(Result result) {
        String rule = result.violation().rule();
        String image = result.image().isEmpty() ? "" : result.image() + ": ";
        String line = ShownText.escape(
                result.location() + ": " + image + result.violation().explanation());
        if (rule.equals(Requirement.PIN.code())) {
            unpinned.add(line);
        } else if (rule.equals(Requirement.VALID_REFERENCE.code()) || rule.equals(Requirement.REGISTRY.code())) {
            invalid.add(line);
        } else if (rule.equals(Requirement.KNOWN_KIND.code()) || rule.equals(Requirement.KNOWN_IMAGE.code())) {
            unknown.add(line);
        }
        if (other != null) {
            other.add(result);
        }
    }

    @Override
    public void addPassed(Subject subject, List<ReviewedImage> images) {
        if (other != null) {
            other.addPassed(subject, images);
        }
    }

    @Override
    public void addNamespace(String name) {
        if (other != null) {
            other.addNamespace(name);
        }
    }

    @Override
    public void addLookups(List<Lookup> lookups) {
        if (other != null) {
            other.addLookups(lookups);
        }
    }

    @Override
    public void end(Totals totals) {
        if (other != null) {
            other.end(totals);
        }
    }

    /** {@return images without a digest, a line each with the reason} */
    public List<String> unpinned() {
        return List.copyOf(unpinned);
    }

    /** {@return images that are no references of a registry} */
    public List<String> invalid() {
        return List.copyOf(invalid);
    }

    /** {@return objects of unknown kinds, whose images cannot be found, and images whose names are not known} */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }
}
