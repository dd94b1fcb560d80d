package io.imagegate.reference;

import java.util.List;
import java.util.Optional;

/** Finds the pattern that differs least from the name of an image, within a bounded number of steps. */
final class NearestPattern {

    /** Most patterns that are compared: the first ones. */
    private static final int MOST = 100;

    /** Longest name and pattern that are compared. */
    private static final int LONGEST = 100;

    /** Most characters in which they may differ, and which part of those of the pattern as it is written, without wildcards. */
    private static final int FARTHEST = 8;

    private static final int PART = 3;

    /** Stands for any characters, of several segments. */
    private static final char DEEP = '\0';

    private NearestPattern() {}

    static Optional<ImagePattern> find(List<ImagePattern> patterns, ImageReference image) {
        ImagePattern nearest = null;
        int least = FARTHEST + 1;
        for (ImagePattern pattern : patterns.subList(0, Math.min(patterns.size(), MOST))) {
            String text = text(pattern);
            String name = name(image, pattern);
            if (text.length() <= LONGEST && name.length() <= LONGEST) {
                long written = pattern.toString()
                        .chars()
                        .filter(c -> c != '*' && c != '?')
                        .count();
                int distance = distance(text, name);
                if (distance < least && distance <= (written + 1) / PART) {
                    least = distance;
                    nearest = pattern;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static String name(ImageReference image, ImagePattern pattern) {
        return image.key().registry() + "/" + image.repository()
                + (pattern.tag() == null ? "" : ":" + image.effectiveTag().orElse(""));
    }

    private static String text(ImagePattern pattern) {
        StringBuilder text = new StringBuilder();
        HostPattern host = pattern.host();
        switch (host.scope()) {
            case EVERY -> text.append(DEEP);
            case NAMED -> text.append(host.name());
            case BELOW -> text.append('*').append(host.name());
            case NETWORK -> text.append(host.host()).append('*');
        }
        for (Glob segment : pattern.path().segments()) {
            text.append('/');
            if (PathPattern.isDeep(segment)) {
                text.append(DEEP);
            } else {
                text.append(segment.inserting(NamespacePlaceholder.ANY));
            }
        }
        return text + (pattern.tag() == null ? "" : ":" + pattern.tag());
    }

    /** {@return the number of characters to add, remove or replace, until the pattern matches} */
    private static int distance(String pattern, String name) {
        int[] before = new int[name.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 0; i < pattern.length(); i++) {
            char p = pattern.charAt(i);
            int[] costs = new int[before.length];
            costs[0] = before[0] + (p == DEEP || p == '*' ? 0 : 1);
            for (int j = 1; j < costs.length; j++) {
                char c = name.charAt(j - 1);
                if (p == DEEP || p == '*') {
                    int longer = p == DEEP || c != '/' ? costs[j - 1] : costs[j - 1] + 1;
                    costs[j] = Math.min(before[j], longer);
                } else {
                    int replaced = before[j - 1] + (p == c || (p == '?' && c != '/') ? 0 : 1);
                    costs[j] = Math.min(replaced, 1 + Math.min(before[j], costs[j - 1]));
                }
            }
            before = costs;
        }
        return before[name.length()];
    }
}
