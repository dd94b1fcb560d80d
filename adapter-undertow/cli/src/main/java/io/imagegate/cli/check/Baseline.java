package io.imagegate.cli.check;

import io.imagegate.cli.check.report.Result;
import io.imagegate.input.InputObject;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Findings that were there before: they do not count as denied. Those that are no longer found are told, apart from those whose
 * objects and images were not checked, because a run need not check everything. Not thread-safe.
 */
public final class Baseline {

    /** Most findings. */
    static final int MOST = 100_000;

    private final Set<BaselineEntry> entries;
    private final Set<BaselineEntry> unseen;
    private final Set<Unseen> unseenSubjects = new HashSet<>();
    private final SortedSet<BaselineEntry> found = new TreeSet<>();
    private final boolean collects;
    private long more;

    private Baseline(Set<BaselineEntry> entries, boolean collects) {
        this.entries = entries;
        this.unseen = new HashSet<>(entries);
        this.collects = collects;
        entries.forEach(entry -> unseenSubjects.add(subject(entry)));
    }

    /** {@return a baseline without findings} */
    static Baseline none() {
        return new Baseline(Set.of(), false);
    }

    /** {@return a baseline with findings} */
    static Baseline of(Set<BaselineEntry> entries) {
        return new Baseline(Copies.of(entries), false);
    }

    /** {@return an empty baseline that collects the findings of a run, to be written} */
    public static Baseline collecting() {
        return new Baseline(Set.of(), true);
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

    private void collect(BaselineEntry entry) {
        if (found.size() == MOST && !found.contains(entry)) {
            more++;
        } else {
            found.add(entry);
        }
    }

    /** {@return findings that were not found although their objects or images were checked, sorted, a line each} */
    List<String> gone() {
        return lines(entry -> !isUnchecked(entry));
    }

    /** {@return findings whose objects or images were not checked, sorted, a line each} */
    List<String> unchecked() {
        return lines(this::isUnchecked);
    }

    private boolean isUnchecked(BaselineEntry entry) {
        return unseenSubjects.contains(subject(entry));
    }

    private List<String> lines(Predicate<BaselineEntry> which) {
        return unseen.stream()
                .filter(which)
                .sorted()
                .map(BaselineEntry::toString)
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

    /** {@return how many findings were too many to be collected} */
    long more() {
        return more;
    }
}
