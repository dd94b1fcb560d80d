package io.imagegate.cli.check.report;

import io.imagegate.review.ReviewedImage;
import io.imagegate.text.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JUnit's XML for CI servers: a suite for each file, a case for each image. A case fails if the image is denied, is an error if it
 * is not known whether it violates a rule, and is skipped if an exception, break-glass or the baseline covers all; what only warns
 * or is audited is its output. Memory does not grow with the report: a file with very many images becomes several suites.
 */
final class JunitReport implements Report<Result> {

    private static final int MOST_CASES = 5_000;

    private final JunitXml xml;
    private final List<Case> cases = new ArrayList<>();
    private final List<Result> open = new ArrayList<>();
    private String file = "";

    /** An image. */
    private record Case(String file, String classname, String name, int line, List<Result> results) {

        boolean has(Status status) {
            return results.stream().anyMatch(result -> result.isDenied() && result.status() == status);
        }

        boolean isError() {
            return !isFailure() && has(Status.error);
        }

        boolean isFailure() {
            return has(Status.fail);
        }

        boolean isSkipped() {
            return !results.isEmpty() && results.stream().allMatch(result -> result.status() == Status.skip);
        }
    }

    /**
     * Begins a report.
     *
     * @param run where it is written
     */
    JunitReport(ReportRun run) {
        this.xml = new JunitXml(run.out());
    }

    @Override
    public void add(Result result) {
        if (!open.isEmpty()
                && !(open.get(0).subject().equals(result.subject())
                        && open.get(0)
                                .violation()
                                .image()
                                .equals(result.violation().image()))) {
            closeCase();
        }
        open.add(result);
    }

    private void closeCase() {
        if (!open.isEmpty()) {
            Result first = open.get(0);
            add(new Case(
                    first.subject().file(),
                    classname(first.subject()),
                    name(first.image(), first.place()),
                    first.line(),
                    List.copyOf(open)));
            open.clear();
        }
    }

    @Override
    public void addPassed(Subject subject, List<ReviewedImage> images) {
        closeCase();
        images.forEach(image -> add(new Case(
                subject.file(),
                classname(subject),
                name(image.text(), subject.object().isEmpty() ? "" : image.place()),
                subject.line(),
                List.of())));
    }

    private static String classname(Subject subject) {
        return Stream.of(subject.object(), subject.file(), "image")
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static String name(String image, String place) {
        return ShownText.join(" ", image, place);
    }

    private void add(Case next) {
        if (!next.file().equals(file) || cases.size() == MOST_CASES) {
            writeSuite();
            file = next.file();
        }
        cases.add(next);
    }

    private void writeSuite() {
        if (cases.isEmpty()) {
            return;
        }
        beginSuite(
                file.isEmpty() ? "images" : file,
                cases.size(),
                count(cases.stream().filter(Case::isFailure)),
                count(cases.stream().filter(Case::isError)),
                count(cases.stream().filter(Case::isSkipped)));
        cases.forEach(this::write);
        xml.end();
        cases.clear();
    }

    private static int count(Stream<Case> some) {
        return Math.toIntExact(some.count());
    }

    private void beginSuite(String name, int tests, int failures, int errors, int skipped) {
        xml.begin("testsuite");
        xml.attribute("name", name);
        xml.attribute("tests", tests);
        xml.attribute("failures", failures);
        xml.attribute("errors", errors);
        xml.attribute("skipped", skipped);
    }

    private void write(Case image) {
        beginCase(image.classname(), image.name());
        if (!image.file().isEmpty()) {
            xml.attribute("file", FileUri.path(image.file()));
            xml.attribute("line", image.line());
        }
        List<Result> denied = image.results().stream().filter(Result::isDenied).toList();
        List<Result> others =
                image.results().stream().filter(r -> !r.isDenied()).toList();
        if (!denied.isEmpty()) {
            outcome(image.isFailure() ? "failure" : "error", denied);
        } else if (image.isSkipped()) {
            xml.begin("skipped");
            xml.attribute("message", line(others.get(0)));
            xml.end();
        }
        if (!others.isEmpty() && !image.isSkipped()) {
            xml.begin("system-out");
            xml.text(lines(others));
            xml.end();
        }
        xml.end();
    }

    private void beginCase(String classname, String name) {
        xml.begin("testcase");
        xml.attribute("classname", classname);
        xml.attribute("name", name);
    }

    private void outcome(String element, List<Result> results) {
        xml.begin(element);
        xml.attribute("type", results.get(0).violation().rule());
        xml.attribute("message", line(results.get(0)));
        xml.text(lines(results));
        xml.end();
    }

    private static String lines(List<Result> results) {
        return results.stream().map(JunitReport::line).collect(Collectors.joining("\n"));
    }

    private static String line(Result result) {
        String location = result.location().isEmpty() ? "" : result.location() + ": ";
        return ShownText.escape(
                location + result.outcome() + " by " + result.violation().rule() + ": " + result.explanation());
    }

    /** Input that cannot be read is a suite of errors; what is not judged, and what the baseline has of it, is skipped there. */
    @Override
    public void end(Totals totals) {
        closeCase();
        writeSuite();
        List<String> problems = totals.problems();
        int notJudged = totals.notJudged().isEmpty() ? 0 : 1;
        int skipped = totals.known().size() + notJudged;
        if (!problems.isEmpty() || skipped > 0) {
            beginSuite("input", problems.size() + skipped, 0, problems.size(), skipped);
            for (String problem : problems) {
                beginCase("input", problem);
                xml.begin("error");
                xml.attribute("type", "unusable");
                xml.attribute("message", problem);
                xml.end();
                xml.end();
            }
            totals.known().forEach(problem -> writeSkipped(problem, "the baseline has it"));
            if (notJudged > 0) {
                writeSkipped("not judged", Summary.notJudged(totals));
            }
            xml.end();
        }
        xml.finish();
    }

    private void writeSkipped(String name, String why) {
        beginCase("input", name);
        xml.begin("skipped");
        xml.attribute("message", why);
        xml.end();
        xml.end();
    }
}
