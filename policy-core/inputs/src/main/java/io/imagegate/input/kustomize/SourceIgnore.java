package io.imagegate.input.kustomize;

import com.google.re2j.Pattern;
import java.nio.file.Path;

/**
 * Which files the source of a repository leaves out for Flux: patterns as git's ignore files have them, of {@code .sourceignore} and of
 * the field {@code ignore} of a source.
 */
final class SourceIgnore {

    static final String FILE = ".sourceignore";

    private static final int LONGEST = 1 << 16;

    private SourceIgnore() {}

    /**
     * {@return whether a file may be left out; the last pattern that matches it decides} Folders that are left out deploy nothing.
     *
     * @param patterns a pattern a line
     * @param folder the folder from which their paths count
     */
    static boolean leavesOut(String patterns, Path folder, Path file) {
        if (patterns.length() > LONGEST) {
            return true;
        }
        String path = folder.relativize(file).toString();
        boolean isLeftOut = false;
        for (String line : patterns.lines().toList()) {
            String pattern = line.strip();
            boolean isKept = pattern.startsWith("!");
            pattern = isKept ? pattern.substring(1) : pattern;
            if (!pattern.isEmpty() && !pattern.startsWith("#") && !pattern.endsWith("/") && matches(pattern, path)) {
                isLeftOut = !isKept;
            }
        }
        return isLeftOut;
    }

    /** A pattern without a slash is that of a name in any folder. A set of characters may be any character. */
    private static boolean matches(String pattern, String path) {
        boolean isPath = pattern.indexOf('/') >= 0;
        String wanted = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        StringBuilder expression = new StringBuilder("(?s)");
        for (int i = 0; i < wanted.length(); i++) {
            char next = wanted.charAt(i);
            int end = next == '[' ? wanted.indexOf(']', i + 2) : -1;
            if (wanted.startsWith("**", i)) {
                i++;
                boolean hasSlash = wanted.startsWith("/", i + 1);
                i += hasSlash ? 1 : 0;
                expression.append(hasSlash ? "(?:.*/)?" : ".*");
            } else if (next == '*') {
                expression.append("[^/]*");
            } else if (next == '?' || end > 0) {
                i = Math.max(i, end);
                expression.append("[^/]");
            } else {
                expression.append(Pattern.quote(String.valueOf(next)));
            }
        }
        return Pattern.matches(expression.toString(), isPath ? path : path.substring(path.lastIndexOf('/') + 1));
    }
}
