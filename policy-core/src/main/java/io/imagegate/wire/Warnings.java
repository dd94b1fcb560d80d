package io.imagegate.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Adapts warnings to kube-apiserver, which cuts long ones and drops those that are too many or have control characters.
 */
final class Warnings {

    private static final int ONE = 256;
    private static final int ALL = 4_096;
    private static final String CUT = "...";

    private Warnings() {}

    /** Returns the first warnings that fit. Longer ones are cut between characters. */
    static List<String> fit(List<String> warnings) {
        List<String> fitting = new ArrayList<>(warnings.size());
        int room = ALL;
        for (String warning : warnings) {
            String cut = cut(onOneLine(warning));
            room -= bytes(cut, cut.length());
            if (room < 0) {
                break;
            }
            fitting.add(cut);
        }
        return fitting;
    }

    /** Replaces each run of white space and control characters with a space. */
    private static String onOneLine(String warning) {
        StringBuilder line = new StringBuilder(warning.length());
        boolean gap = false;
        for (int i = 0; i < warning.length(); i++) {
            char c = warning.charAt(i);
            if (Character.isISOControl(c) || Character.isWhitespace(c)) {
                gap = line.length() > 0;
            } else {
                line.append(gap ? " " : "").append(c);
                gap = false;
            }
        }
        return line.toString();
    }

    private static String cut(String warning) {
        if (warning.length() <= ONE && bytes(warning, warning.length()) <= ONE) {
            return warning;
        }
        int end = 0;
        int bytes = CUT.length();
        while (true) {
            int next = warning.offsetByCodePoints(end, 1);
            bytes += bytes(warning.codePointAt(end));
            if (bytes > ONE) {
                return warning.substring(0, end) + CUT;
            }
            end = next;
        }
    }

    private static int bytes(String text, int end) {
        int bytes = 0;
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            bytes += bytes(text.codePointAt(i));
        }
        return bytes;
    }

    private static int bytes(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
