package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Variants that tags may name behind a version, such as {@code alpine} in {@code 1.25-alpine}.
 *
 * @param plain whether a tag may have none
 * @param globs the others, if there are any
 */
record Variants(boolean plain, Optional<GlobSet> globs) {

    private static final Pattern SEPARATORS = Pattern.compile("[-._]");

    /** How tags name what is not finished. */
    private static final Set<String> UNFINISHED = Set.of(
            "a",
            "alpha",
            "b",
            "beta",
            "canary",
            "cr",
            "dev",
            "ea",
            "eap",
            "m",
            "milestone",
            "next",
            "nightly",
            "pre",
            "prerelease",
            "preview",
            "rc",
            "snapshot",
            "unstable");

    /** Makes variants of globs; an empty text stands for none, and so does an empty list. */
    static Variants of(Collection<String> globs) {
        List<String> named = globs.stream().filter(glob -> !glob.isEmpty()).toList();
        return new Variants(
                named.isEmpty() || named.size() < globs.size(),
                named.isEmpty() ? Optional.empty() : Optional.of(GlobSet.of(named)));
    }

    /** {@return the index of the dash before the longest variant at the end of a tag; its length if it has none} */
    int dashIn(String tag) {
        if (globs.isEmpty()) {
            return tag.length();
        }
        int dash = tag.indexOf('-');
        while (dash >= 0 && !matches(globs.get(), tag.substring(dash + 1))) {
            dash = tag.indexOf('-', dash + 1);
        }
        return dash < 0 ? tag.length() : dash;
    }

    /**
     * A wildcard does not stand for what makes a version a prerelease, a word or a number at the start: {@code *} matches no
     * {@code rc.1}.
     */
    private static boolean matches(GlobSet globs, String suffix) {
        if (!globs.matches(suffix)) {
            return false;
        }
        List<String> marks = new ArrayList<>(unfinished(suffix));
        marks.add(leading(suffix, Character::isDigit));
        return marks.equals(List.of(""))
                || globs.globs().stream()
                        .filter(glob -> marks.stream().allMatch(glob::contains))
                        .anyMatch(glob -> GlobSet.of(glob).matches(suffix));
    }

    /** {@return whether text after a version says that it is not finished} */
    static boolean isUnfinished(String suffix) {
        return !unfinished(suffix).isEmpty();
    }

    private static List<String> unfinished(String suffix) {
        return Stream.of(SEPARATORS.split(suffix, -1))
                .map(part -> leading(part, Character::isLetter))
                .filter(word -> UNFINISHED.contains(word.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static String leading(String text, IntPredicate kind) {
        int end = 0;
        while (end < text.length() && kind.test(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    /** {@return the globs as written, separated by commas, with quotes for none} */
    @Override
    public String toString() {
        String named = globs.map(GlobSet::toString).orElse("");
        return plain ? (named.isEmpty() ? "\"\"" : "\"\", " + named) : named;
    }
}
