package io.imagegate.server.check;

import io.imagegate.server.check.report.Result;
import io.imagegate.text.Copies;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Findings that were there before: they do not count as denied, and those that are no longer found are told. Not thread-safe.
 */
public final class Baseline {

    /** Most findings. */
    static final int MOST = 100_000;

    private final Set<BaselineEntry> entries;
    private final Set<BaselineEntry> unseen;
    private final SortedSet<BaselineEntry> found = new TreeSet<>();
    private final boolean collects;
    private long more;

    private Baseline(Set<BaselineEntry> entries, boolean collects) {
        this.entries = entries;
        this.unseen = new HashSet<>(entries);
        this.collects = collects;
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

    /** {@return whether it has a finding that would deny} */
    boolean has(Result result) {
        if (!result.isDenied() || (entries.isEmpty() && !collects)) {
            return false;
        }
        BaselineEntry entry = BaselineEntry.of(result);
        if (collects) {
            collect(entry);
        }
        unseen.remove(entry);
        return entries.contains(entry);
    }

    private void collect(BaselineEntry entry) {
        if (found.size() == MOST && !found.contains(entry)) {
            more++;
        } else {
            found.add(entry);
        }
    }

    /** {@return findings that were not found, sorted, a line each} */
    List<String> gone() {
        return unseen.stream().sorted().map(BaselineEntry::toString).toList();
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
