package io.imagegate.cli.check;

import io.imagegate.cli.check.report.Report;
import io.imagegate.cli.check.report.Result;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.policy.Requirement;
import io.imagegate.text.ShownText;
import java.util.ArrayList;
import java.util.List;

/** Collects the images that get no digest. Not thread-safe. */
public final class PinReport implements Report<Result> {

    private final List<String> unpinned = new ArrayList<>();
    private final List<String> invalid = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

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
        } else if (rule.equals(Requirement.KNOWN_KIND.code())
                || rule.equals(Requirement.KNOWN_IMAGE.code())
                || rule.equals(Requirement.CHART_DEFAULT.code())) {
            unknown.add(line);
        }
    }

    @Override
    public void end(Totals totals) {
        // The images are asked for.
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
