package io.imagegate.cli.check;

import io.imagegate.cli.check.report.Report;
import io.imagegate.cli.check.report.Result;
import io.imagegate.cli.check.report.Subject;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.cli.check.report.Waiver;
import io.imagegate.input.InputObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Violation;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import io.imagegate.text.ShownText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Checks images and objects by the policies, and reports the findings in order. Facts of several are looked up at the same
 * time. Not thread-safe.
 */
public final class Checker {

    /** Longer than a review of the API server may take: a registry that is slow is still asked. */
    public static final Duration FACT_LIMIT = Duration.ofSeconds(30);

    private final ImageGate gate;
    private final String namespace;
    private final Report<Result> report;
    private final OpenDecisions open = new OpenDecisions();
    /** A base and what includes it have the same problems. Each has the options that leave out the files with it. */
    private final Map<String, Set<String>> problems = new LinkedHashMap<>();
    /** Those that the baseline has. */
    private final Set<String> known = new LinkedHashSet<>();

    /** What kustomizations make of images that another one may make alike. */
    private final Set<JudgedImage> made = new HashSet<>();
    /** What included kustomizations make alone waits for what includes them. */
    private final List<Runnable> alone = new ArrayList<>();

    private final UnknownKinds unknownKinds;
    private final Map<String, Long> notJudged = new TreeMap<>();
    private final Map<String, Long> parts = new TreeMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private BiConsumer<InputObject, Decision> listener = (object, decision) -> {};
    private BiPredicate<InputObject, Decision> omitted = (object, decision) -> false;
    private Baseline baseline = Baseline.none();
    private String version = "";
    private Progress progress = Progress.none();
    private Set<String> weakened = Set.of();
    private boolean complete;
    private List<String> rendered = List.of();
    private long subjects;
    private long images;
    private long denied;
    private long deniedImages;
    private long deniedObjects;

    /**
     * Creates a checker.
     *
     * @param gate decides on the images
     * @param namespace namespace of images, and of objects that name none
     * @param report called with the findings
     */
    public Checker(ImageGate gate, String namespace, Report<Result> report) {
        this.gate = gate;
        this.namespace = namespace;
        this.report = report;
        this.unknownKinds = new UnknownKinds(gate.policies());
    }

    /**
     * Sets the listener.
     *
     * @param called for each object and the decision on it, after it is reported
     * @return this checker
     */
    public Checker listener(BiConsumer<InputObject, Decision> called) {
        listener = called;
        return this;
    }

    /**
     * Leaves objects out of the report and of the totals, which count how many.
     *
     * @param tells asked for each object and the decision on it, in the order in which they are checked
     * @return this checker
     */
    public Checker omitting(BiPredicate<InputObject, Decision> tells) {
        omitted = tells;
        return this;
    }

    /**
     * Sets the baseline.
     *
     * @param before findings and problems that do not count
     * @param running the version of Imagegate, by which it knows problems
     * @return this checker
     */
    public Checker baseline(Baseline before, String running) {
        baseline = before;
        version = running;
        return this;
    }

    /**
     * Denies what an included kustomization makes alone, and makes a problem of what is not judged.
     *
     * @param demanded whether it does so
     * @return this checker
     */
    public Checker complete(boolean demanded) {
        complete = demanded;
        return this;
    }

    /**
     * Warns of what would deny an image.
     *
     * @param requirements codes of the requirements that only warn
     * @return this checker
     */
    public Checker weakening(Set<String> requirements) {
        weakened = Copies.of(requirements);
        return this;
    }

    /**
     * Sets who shows how far the check is.
     *
     * @param shown called with the numbers of images
     * @return this checker
     */
    public Checker progress(Progress shown) {
        progress = shown;
        return this;
    }

    /**
     * Checks an image of the command line.
     *
     * @param image reference
     */
    public void image(String image) {
        object(InputObject.ofImage("", 0, image));
    }

    /**
     * Checks an object, a recorded review, or an image by itself.
     *
     * @param object the object
     */
    public void object(InputObject object) {
        check(object, false);
    }

    /**
     * Checks an object that a kustomization makes. What one that it includes makes alike is not reported besides.
     *
     * @param object the object
     */
    public void made(InputObject object) {
        check(object, true);
    }

    private void check(InputObject object, boolean isMade) {
        if (isStatus(object)) {
            problem(object.file() + ":" + object.line()
                    + ": a Status of the API server: the command that wrote it got this answer instead of objects");
            return;
        }
        decide(object, (review, decision) -> {
            if (isMade) {
                JudgedImage.byPosition(object, review.namespace(), decision)
                        .values()
                        .forEach(image -> {
                            made.add(image);
                            made.add(image.inAnyObject());
                        });
            }
            add(object, "", review, review.images(), decision, decision.violations());
            listener.accept(object, decision);
        });
    }

    /**
     * Checks an object that an included kustomization makes alone. What would deny it warns, unless the run is to be complete.
     * Images of which the same is said in what includes it are not reported again.
     *
     * @param object the object
     * @param base file of the kustomization
     * @param isDeployed whether an object of Flux or Argo CD names it, and may give its objects other names and namespaces
     */
    public void alone(InputObject object, String base, boolean isDeployed) {
        decide(object, (review, decision) -> {
            progress.drop(review.images().size());
            alone.add(() -> addAlone(object, base, isDeployed, review, decision));
        });
    }

    private void addAlone(InputObject object, String base, boolean isDeployed, ImageReview review, Decision decision) {
        Map<String, JudgedImage> judged = JudgedImage.byPosition(object, review.namespace(), decision);
        judged.values().removeIf(image -> made.contains(isDeployed ? image.inAnyObject() : image));
        List<ReviewedImage> images = review.images().stream()
                .filter(image -> judged.containsKey(ImagePlaces.position(image)))
                .toList();
        List<Violation> violations = decision.violations().stream()
                .filter(violation -> judged.containsKey(JudgedImage.position(violation)))
                .toList();
        if (!judged.isEmpty()) {
            progress.begin(images.size());
            add(object, base, review, images, decision, violations);
            made.addAll(judged.values());
        }
    }

    private void decide(InputObject object, BiConsumer<ImageReview, Decision> then) {
        ImageReview review = object.review(namespace);
        progress.begin(review.images().size());
        open.add(review.images().size(), () -> object.decideAsync(gate, namespace, FACT_LIMIT), decision -> {
            baseline.see(object);
            then.accept(review, decision);
        });
    }

    private void add(
            InputObject object,
            String base,
            ImageReview review,
            List<ReviewedImage> images,
            Decision decision,
            List<Violation> violations) {
        // Objects without images are not counted: a chart has many of them.
        boolean counts = object.isReview() || !images.isEmpty();
        boolean isUnknown = unknownKinds.contain(object);
        if (omitted.test(object, decision)) {
            progress.drop(images.size());
            leaveOut("owned object");
            return;
        }
        if (isUnknown && decision.allowed()) {
            unknownKinds.countAllowed(object);
        }
        if (counts || !decision.allowed()) {
            Subject subject = new Subject(
                    object.file(),
                    object.line(),
                    object.title(),
                    object.kind(),
                    review.namespace(),
                    object.source(),
                    base,
                    isUnknown);
            report.addLookups(decision.lookups());
            add(subject, images, violations, new ImagePlaces(subject, object, decision));
        }
    }

    /**
     * Records what could not be read.
     *
     * @param problem names the input; it is escaped, because names of files may hold anything
     */
    public void problem(String problem) {
        problems.computeIfAbsent(ShownText.escape(problem), first -> new LinkedHashSet<>());
    }

    /** Records a problem with a file, unless the baseline has it. */
    void problem(FileProblem problem) {
        String line = ShownText.escape(problem.message());
        String why = "";
        if (baseline.hasProblems()) {
            try {
                ProblemEntry entry = new ProblemEntry(
                        problem.code().name(),
                        version,
                        BaselineEntry.file(problem.file()),
                        problem.sources().digest());
                if (baseline.hasProblem(entry)) {
                    known.add(line);
                    return;
                }
                why = baseline.change(entry);
            } catch (IOException unknown) {
                why = "; it can be in no baseline: " + ShownText.escape(String.valueOf(unknown.getMessage()));
            }
        }
        problem(line + why);
        if (!problem.exclude().isEmpty()) {
            problems.getOrDefault(line + why, new LinkedHashSet<>()).add(problem.exclude());
        }
    }

    /** Notes that a file was read, whether it could be judged or not. */
    void seeFile(String name) {
        baseline.seeFile(name);
    }

    /**
     * Counts what may name images and is not read. In a run that is to be complete it is a problem, unless the baseline has it.
     *
     * @param what one of its kind, such as {@code Helm template}; its plural has an s
     * @param where its file, perhaps with line and name, such as {@code plan.json:1: helm_release.web}
     * @param why what was expected
     * @param exclude the option that leaves the file out; empty for none
     * @return whether it is recorded as a problem
     */
    boolean notJudged(String what, String where, String why, String exclude) {
        notJudged.merge(what, 1L, Long::sum);
        boolean isProblem = complete && !baseline.hasNotJudged(BaselineEntry.notJudged(what, where));
        if (isProblem) {
            problem(FileProblem.unread(where + ": not judged: " + why, exclude));
        }
        return isProblem;
    }

    /**
     * Counts a file that is judged only as a part of another one.
     *
     * @param what one of its kind, such as {@code Component}; its plural has an s
     */
    public void part(String what) {
        parts.merge(what, 1L, Long::sum);
    }

    /**
     * Counts an input that is not read and names no images, or is not to be read.
     *
     * @param what one of its kind, such as {@code excluded file}; its plural has an s
     */
    public void leaveOut(String what) {
        leftOut.merge(what, 1L, Long::sum);
    }

    private static String line(String problem, Set<String> exclude) {
        return exclude.isEmpty() ? problem : problem + "; leave it out with " + String.join(" ", exclude);
    }

    private static boolean isStatus(InputObject object) {
        return object.kind().equals("Status");
    }

    private void add(Subject subject, List<ReviewedImage> reviewed, List<Violation> violations, ImagePlaces places) {
        subjects++;
        images += reviewed.size();
        progress.finish(reviewed.size());
        long deniedBefore = deniedImages;
        for (List<Violation> ofImage : byImage(violations)) {
            List<Result> results =
                    ofImage.stream().map(violation -> result(violation, places)).toList();
            results.forEach(report::add);
            if (results.stream().anyMatch(Result::isDenied)) {
                deniedImages++;
                deniedObjects += ofImage.get(0).image().isEmpty() ? 1 : 0;
            }
        }
        denied += deniedImages > deniedBefore ? 1 : 0;
        addPassed(subject, reviewed, violations);
    }

    private Result result(Violation violation, ImagePlaces places) {
        Result found = places.result(violation);
        Result result = found;
        if (!found.subject().base().isEmpty() && !complete) {
            result = found.asWarned(Waiver.BASE);
        } else if (weakened.contains(violation.rule())) {
            result = found.asWarned(Waiver.OPTION);
        }
        return baseline.has(result) ? result.asInBaseline() : result;
    }

    private static Collection<List<Violation>> byImage(List<Violation> violations) {
        return violations.stream()
                .collect(Collectors.groupingBy(Violation::image, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private void addPassed(Subject subject, List<ReviewedImage> reviewed, List<Violation> violations) {
        if (violations.isEmpty()) {
            report.addPassed(subject, reviewed);
        } else if (violations.stream().allMatch(violation -> violation.image().isPresent())) {
            Set<String> found = violations.stream()
                    .flatMap(violation -> violation.image().stream())
                    .map(ImagePlaces::position)
                    .collect(Collectors.toSet());
            List<ReviewedImage> passed = reviewed.stream()
                    .filter(image -> image.unknown().isEmpty() && !found.contains(ImagePlaces.position(image)))
                    .toList();
            if (!passed.isEmpty()) {
                report.addPassed(subject, passed);
            }
        }
    }

    /**
     * Records what was rendered.
     *
     * @param notes programs and values, a line each
     */
    public void rendered(List<String> notes) {
        rendered = notes.stream().map(ShownText::escape).toList();
    }

    /**
     * Ends the report.
     *
     * @param allowEmpty whether it is allowed that nothing was checked
     * @return the totals
     */
    public Totals end(boolean allowEmpty) {
        open.finish();
        alone.forEach(Runnable::run);
        if (subjects == 0 && !allowEmpty && problems.isEmpty()) {
            problem("no image found, expected at least one (--allow-empty allows none)");
        }
        Totals totals = new Totals(
                subjects,
                images,
                denied,
                deniedImages,
                deniedObjects,
                problems.entrySet().stream()
                        .map(problem -> line(problem.getKey(), problem.getValue()))
                        .toList(),
                known.stream().filter(line -> !problems.containsKey(line)).toList(),
                notJudged,
                parts,
                leftOut,
                rendered,
                unknownKinds.allowed(),
                baseline.gone(),
                baseline.unchecked());
        report.end(totals);
        return totals;
    }
}
