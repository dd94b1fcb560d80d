package io.imagegate.input.kustomize;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A regular expression as Go reads it, which kustomize is written in. Immutable.
 *
 * <p>RE2/J reads the same syntax. What it may read in another way, because that depends on the version of Unicode, is left out, and so
 * is what makes a large program of a short text.
 */
final class GoExpression {

    private static final int LONGEST = 1_000;

    /** Most characters of an expression whose counted repetitions are written out. */
    private static final int LARGEST = 20_000;

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");
    private static final java.util.regex.Pattern OF_UNICODE =
            java.util.regex.Pattern.compile("\\\\[pPx]|[^\\x00-\\x7F]");

    private final Pattern pattern;

    private GoExpression(Pattern pattern) {
        this.pattern = pattern;
    }

    /** {@return the expression that a whole text is to match, anchored as kustomize does; empty if it is not read} */
    static Optional<GoExpression> ofWhole(String text) {
        if (text.length() > LONGEST
                || size(text) > LARGEST
                || OF_UNICODE.matcher(text).find()) {
            return Optional.empty();
        }
        try {
            // Alone, it has no parenthesis more than it opens.
            Pattern.compile(text);
            return Optional.of(new GoExpression(Pattern.compile("^(?:" + text + ")$")));
        } catch (PatternSyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** {@return at least as many characters as it has once its repetitions, also in each other, are written out} */
    private static long size(String text) {
        return REPETITION
                .matcher(text)
                .results()
                .map(repetition ->
                        repetition.group(2) == null || repetition.group(2).isEmpty()
                                ? repetition.group(1)
                                : repetition.group(2))
                .mapToLong(most -> Math.max(1, Long.parseLong(most)))
                .reduce(text.length(), (size, most) -> Math.min(size * most, LARGEST + 1L));
    }

    boolean matches(String text) {
        return pattern.matcher(text).find();
    }

    /** {@return how many instructions it has, each of which may be tried at each character of a text} */
    int instructions() {
        return pattern.programSize();
    }
}
