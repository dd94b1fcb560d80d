package io.imagegate.input.kustomize;

import java.util.regex.Pattern;

/**
 * Comments in YAML that kustomize reads as the schema of what they stand at: a JSON object, as in
 * {@code # {"x-kubernetes-patch-merge-key":"image"}}.
 */
final class SchemaComments {

    private static final int LONGEST = 500;

    /** A field with a text, whose schema changes nothing: where Flux has its markers. */
    private static final Pattern TEXT_FIELD =
            Pattern.compile("[\\s-]*[\\w./$-]+:\\s+(\"[^\"\\\\]*\"|'[^']*'|[\\w./$][^\\[\\]{}\"'#]*)\\s+");

    private SchemaComments() {}

    /** {@return whether a text may have one that says how lists are merged} */
    static boolean areIn(String text) {
        for (int at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at)) {
            int start = at;
            while (start > 0 && !isLineBreak(text.charAt(start - 1))) {
                start--;
            }
            while (at < text.length() && !isLineBreak(text.charAt(at))) {
                at++;
            }
            if (isIn(text.substring(start, at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isIn(String line) {
        int at = line.indexOf('#');
        while (at >= 0) {
            int end = skip(line, at, "# \t");
            if (line.startsWith("{", end) && line.startsWith("\"", skip(line, end + 1, " \t"))) {
                return at > LONGEST
                        || !TEXT_FIELD.matcher(line.substring(0, at)).matches();
            }
            at = line.indexOf('#', end);
        }
        return false;
    }

    private static int skip(String line, int from, String characters) {
        int at = from;
        while (at < line.length() && characters.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
