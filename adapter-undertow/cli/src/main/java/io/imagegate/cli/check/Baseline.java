package io.imagegate.cli.check;

import io.imagegate.cli.check.report.Result;
import io.imagegate.input.InputObject;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Findings and problems with files that were there before: they do not count. Those that are no longer found are told, apart from those whose
 * objects and images were not checked, because a run need not check everything. Not thread-safe.
 */
public final class Baseline {

    /** Most findings, and most problems. */
    static final int MOST = 100_000;

    private final Set<BaselineEntry> entries;
    private final Set<BaselineEntry> unseen;
    private final Set<Unseen> unseenSubjects = new HashSet<>();
    private final SortedSet<BaselineEntry> found = new TreeSet<>();
    private final Set<ProblemEntry> problems;
    private final Set<ProblemEntry> unseenProblems;
    private final Set<String> readFiles = new HashSet<>();
    private final SortedSet<ProblemEntry> foundProblems = new TreeSet<>();
    private final boolean collects;
    private long more;

    private Baseline(Set<BaselineEntry> entries, Set<ProblemEntry> problems, boolean collects) {
        this.entries = entries;
        this.unseen = new HashSet<>(entries);
        this.problems = problems;
        this.unseenProblems = new HashSet<>(problems);
        this.collects = collects;
        entries.forEach(entry -> unseenSubjects.add(subject(entry)));
    }

    /** {@return a baseline without findings} */
    static Baseline none() {
        return new Baseline(Set.of(), Set.of(), false);
    }

    /** {@return a baseline with findings and problems} */
    static Baseline of(Set<BaselineEntry> entries, Set<ProblemEntry> problems) {
        return new Baseline(Copies.of(entries), Copies.of(problems), false);
    }

    /** {@return an empty baseline that collects the findings and problems of a run, to be written} */
    public static Baseline collecting() {
        return new Baseline(Set.of(), Set.of(), true);
    }

    /**
     * What a finding is about.
     *
     * @param file its file; null for any
     * @param subject an object, or an image without one
     */
    private record Unseen(@Nullable String file, String subject) {}

    private static Unseen subject(BaselineEntry entry) {
        return new Unseen(entry.file(), subject(entry.object(), entry.image()));
    }

    /** {@return what a finding is about: an object, or an image without one, whose tag and digest may change} */
    private static String subject(String object, String image) {
        return object.isEmpty() ? "image " + repository(image) : "object " + object;
    }

    private static String repository(String image) {
        int digest = image.indexOf('@');
        String name = digest < 0 ? image : image.substring(0, digest);
        int tag = name.lastIndexOf(':');
        return tag > name.lastIndexOf('/') ? name.substring(0, tag) : name;
    }

    /** Notes that an object was checked, whatever was found. */
    void see(InputObject object) {
        if (!unseenSubjects.isEmpty()) {
            see(object.file(), object, "");
            List<ReviewedImage> images = object.images();
            for (int i = 0; i < images.size(); i++) {
                see(object.file(i), object, images.get(i).text());
            }
        }
    }

    private void see(String file, InputObject object, String image) {
        String subject = subject(object.title(), image);
        unseenSubjects.remove(new Unseen(BaselineEntry.file(file), subject));
        unseenSubjects.remove(new Unseen(null, subject));
    }

    /** {@return whether it has a finding that would deny} */
    boolean has(Result result) {
        if (!result.isDenied() || (entries.isEmpty() && !collects)) {
            return false;
        }
        BaselineEntry entry = BaselineEntry.of(result);
        if (collects) {
            collect(entry);
        }
        BaselineEntry anywhere = entry.inAnyFile();
        unseen.remove(entry);
        unseen.remove(anywhere);
        return entries.contains(entry) || entries.contains(anywhere);
    }

    /** {@return whether it has what is not judged, or collects it now} */
    boolean hasNotJudged(BaselineEntry entry) {
        if (collects) {
            collect(entry);
        }
        unseen.remove(entry);
        return collects || entries.contains(entry);
    }

    /** Notes that a file was read, whether it could be judged or not. */
    void seeFile(String name) {
        if (!unseenProblems.isEmpty()) {
            readFiles.add(BaselineEntry.file(name));
        }
    }

    /** {@return whether it looks for problems with files, or collects them} */
    boolean hasProblems() {
        return collects || !problems.isEmpty();
    }

    /** {@return whether it has a problem with a file, or collects it now} */
    boolean hasProblem(ProblemEntry entry) {
        if (collects) {
            collect(foundProblems, entry);
        }
        unseenProblems.remove(entry);
        return collects || problems.contains(entry);
    }

    /** {@return what is said of a new problem of which it has one of the same file; empty if it has none} */
    String change(ProblemEntry entry) {
        Optional<ProblemEntry> before =
                problems.stream().filter(entry::isLike).sorted().findFirst();
        unseenProblems.removeIf(entry::isLike);
        return before.map(known -> known.digest().equals(entry.digest())
                        ? "; version " + known.version() + " wrote the baseline"
                        : "; what is read for the file has changed since the baseline was written")
                .orElse("");
    }

    private void collect(BaselineEntry entry) {
        collect(found, entry);
    }

    private <T> void collect(SortedSet<T> into, T entry) {
        if (into.size() == MOST && !into.contains(entry)) {
            more++;
        } else {
            into.add(entry);
        }
    }

    /** {@return findings that were not found although their objects or images were checked, sorted, a line each} */
    List<String> gone() {
        return lines(entry -> !isUnchecked(entry), problem -> readFiles.contains(problem.file()));
    }

    /** {@return findings whose objects or images were not checked, sorted, a line each} */
    List<String> unchecked() {
        return lines(this::isUnchecked, problem -> !readFiles.contains(problem.file()));
    }

    private boolean isUnchecked(BaselineEntry entry) {
        return unseenSubjects.contains(subject(entry));
    }

    private List<String> lines(Predicate<BaselineEntry> findings, Predicate<ProblemEntry> ofFiles) {
        return Stream.concat(
                        unseen.stream().filter(findings).sorted().map(BaselineEntry::toString),
                        unseenProblems.stream().filter(ofFiles).sorted().map(ProblemEntry::toString))
                .toList();
    }

    /** {@return how many of its findings have no file, so that they count in any} */
    public long inAnyFile() {
        return entries.stream().filter(entry -> entry.file() == null).count();
    }

    /** {@return the findings that were collected, sorted} */
    SortedSet<BaselineEntry> found() {
        return found;
    }

    /** {@return the problems that were collected, sorted} */
    SortedSet<ProblemEntry> foundProblems() {
        return foundProblems;
    }

    /** {@return how many findings were too many to be collected} */
    long more() {
        return more;
    }
}
