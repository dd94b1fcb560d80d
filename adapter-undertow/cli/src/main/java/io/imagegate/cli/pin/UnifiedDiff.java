package io.imagegate.cli.pin;

import io.imagegate.text.ShownText;
import java.util.ArrayList;
import java.util.List;

/** Difference of two texts in the unified format, which {@code patch} and {@code git apply -p0} read. */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final StringBuilder diff = new StringBuilder();

    private UnifiedDiff(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    /**
     * Compares two texts.
     *
     * @param name name of the file
     * @param before its content
     * @param after its new content
     * @return the difference, with the line ends of the texts; empty if there is none
     */
    public static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        UnifiedDiff diff = new UnifiedDiff(before, after);
        String shown = ShownText.escape(name);
        diff.diff.append("--- ").append(shown).append("\n+++ ").append(shown).append('\n');
        diff.hunks();
        return diff.diff.toString();
    }

    /** Lines with their ends. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at) + 1;
            end = end == 0 ? text.length() : end;
            lines.add(text.substring(at, end));
            at = end;
        }
        return lines;
    }

    private void hunks() {
        if (before.size() != after.size()) {
            hunkOfAll();
            return;
        }
        int line = 0;
        while (line < before.size()) {
            if (isSame(line)) {
                line++;
                continue;
            }
            int last = line;
            for (int i = line; i < before.size() && i <= last + 2 * CONTEXT + 1; i++) {
                last = isSame(i) ? last : i;
            }
            hunk(line, last + 1, last + 1);
            line = last + 1;
        }
    }

    private boolean isSame(int line) {
        return before.get(line).equals(after.get(line));
    }

    /** An escaped line end in quotes is gone: one hunk from the first to the last line that differ. */
    private void hunkOfAll() {
        int end = before.size();
        int newEnd = after.size();
        int first = 0;
        while (first < end && first < newEnd && isSame(first)) {
            first++;
        }
        while (end > first && newEnd > first && before.get(end - 1).equals(after.get(newEnd - 1))) {
            end--;
            newEnd--;
        }
        hunk(first, end, newEnd);
    }

    /** Writes a hunk, whose lines from the first to the ends differ. */
    private void hunk(int first, int end, int newEnd) {
        int from = Math.max(0, first - CONTEXT);
        int to = Math.min(before.size(), end + CONTEXT);
        diff.append(String.format("@@ -%d,%d +%d,%d @@\n", from + 1, to - from, from + 1, to - from + newEnd - end));
        int at = from;
        while (at < to) {
            if (at < first || at >= end) {
                line(' ', before.get(at++));
            } else {
                at = changed(at, end, newEnd);
            }
        }
    }

    /** Writes lines that differ one after another, as far as they have the same number on both sides. */
    private int changed(int from, int end, int newEnd) {
        boolean paired = end == newEnd;
        int to = from;
        while (to < end && (!paired || !isSame(to))) {
            to++;
        }
        if (to == from) {
            line(' ', before.get(from));
            return from + 1;
        }
        before.subList(from, to).forEach(text -> line('-', text));
        after.subList(from, paired ? to : newEnd).forEach(text -> line('+', text));
        return to;
    }

    private void line(char kind, String text) {
        diff.append(kind).append(text);
        if (!text.endsWith("\n")) {
            diff.append("\n\\ No newline at end of file\n");
        }
    }
}
