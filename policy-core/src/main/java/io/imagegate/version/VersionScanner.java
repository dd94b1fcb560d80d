package io.imagegate.version;

import java.util.ArrayList;
import java.util.List;

/** Scans versions, one character at a time. */
final class VersionScanner {

    /** Longest text that is accepted; versions and ranges are much shorter. */
    private static final int LIMIT = 512;

    /** Greatest number in a version that all implementations of semantic versions support. */
    private static final long GREATEST = (1L << 53) - 1;

    private final String text;
    private int at;

    VersionScanner(String text) {
        this.text = text;
        if (text.length() > LIMIT) {
            at = LIMIT;
            throw problem("expected at most " + LIMIT + " characters");
        }
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** {@return whether the text continues with this, which is then consumed} */
    boolean take(String expected) {
        boolean found = text.startsWith(expected, at);
        at += found ? expected.length() : 0;
        return found;
    }

    boolean isNext(String expected) {
        return text.startsWith(expected, at);
    }

    /** {@return whether white space followed, which is then consumed} */
    boolean takeSpace() {
        int start = at;
        while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at > start;
    }

    VersionRangeSyntaxException problem(String expected) {
        return new VersionRangeSyntaxException(text, at, expected);
    }

    /** Parses {@code [v]X[.Y[.Z[-prerelease][+build]]]}; {@code x}, {@code X} and {@code *} match any number. */
    PartialVersion version() {
        return version(true);
    }

    /** Parses the same without {@code x}, {@code X} and {@code *}. */
    PartialVersion numberedVersion() {
        return version(false);
    }

    private PartialVersion version(boolean open) {
        take("v");
        long[] numbers = new long[3];
        int depth = 0;
        int count = 0;
        do {
            if (open && takeOpen()) {
                count++;
            } else if (count == depth) {
                numbers[depth++] = number();
                count++;
            } else {
                throw problem("expected x because the number before it is x, too");
            }
        } while (count < numbers.length && take("."));
        List<String> prerelease = depth == numbers.length && take("-") ? identifiers(true) : List.of();
        if (depth == numbers.length && take("+")) {
            identifiers(false);
        }
        return new PartialVersion(depth, numbers[0], numbers[1], numbers[2], prerelease);
    }

    private boolean takeOpen() {
        return take("x") || take("X") || take("*");
    }

    private long number() {
        int start = at;
        while (!atEnd() && isDigit(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty()) {
            throw problem("expected a number or x for any");
        }
        at = start;
        requireNoLeadingZero(digits);
        if (digits.length() > 16 || Long.parseLong(digits) > GREATEST) {
            throw problem("expected a number of at most " + GREATEST);
        }
        at = start + digits.length();
        return Long.parseLong(digits);
    }

    private List<String> identifiers(boolean ordered) {
        List<String> identifiers = new ArrayList<>();
        do {
            int start = at;
            while (!atEnd() && isIdentifierPart(text.charAt(at))) {
                at++;
            }
            String identifier = text.substring(start, at);
            if (identifier.isEmpty()) {
                throw problem("expected letters, digits or '-'");
            }
            if (ordered && isNumber(identifier)) {
                at = start;
                requireNoLeadingZero(identifier);
                at = start + identifier.length();
            }
            identifiers.add(identifier);
        } while (take("."));
        return List.copyOf(identifiers);
    }

    private void requireNoLeadingZero(String digits) {
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            throw problem("expected a number without a leading zero");
        }
    }

    static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isIdentifierPart(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
