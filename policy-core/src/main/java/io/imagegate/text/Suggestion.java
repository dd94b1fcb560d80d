package io.imagegate.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is expected in place of a misspelled name, and which of it was probably meant. Immutable.
 *
 * @since 0.1
 */
public final class Suggestion {

    private static final int LONGEST = 64;
    private static final int SHOWN = 20;

    /** Fewer letters abbreviate too much. */
    private static final int SHORTEST = 3;

    private final String expected;
    private final String meant;

    private Suggestion(String expected, String meant) {
        this.expected = expected;
        this.meant = meant;
    }

    /** {@return the most similar choice; empty if none is similar} */
    public String meant() {
        return meant;
    }

    /** {@return {@code expected one of …}, and the most similar choice} */
    @Override
    public String toString() {
        return expected;
    }

    /**
     * {@return a suggestion}
     *
     * @param written what was written
     * @param choices what is allowed
     */
    public static Suggestion oneOf(String written, Collection<String> choices) {
        boolean only = choices.size() == 1;
        String best = meant(written, choices);
        String asked = best.isEmpty() || only ? "" : " (did you mean " + shown(best) + "?)";
        return new Suggestion((only ? "expected " : "expected one of ") + shown(choices) + asked, best);
    }

    /**
     * {@return a suggestion, or that there are no choices}
     *
     * @param written what was written
     * @param choices what is allowed
     * @param where where choices would be
     */
    public static Suggestion oneOf(String written, Collection<String> choices, String where) {
        return choices.isEmpty()
                ? new Suggestion("expected one of " + where + ", but there are none", "")
                : oneOf(written, choices);
    }

    private static String shown(Collection<String> choices) {
        String names = choices.stream().limit(SHOWN).map(Suggestion::shown).collect(Collectors.joining(", "));
        return choices.size() > SHOWN ? names + ", … (" + choices.size() + " in all)" : names;
    }

    /** Some choices come from the same author and may be wrong, too. */
    private static String shown(String choice) {
        return SafeText.escape(SafeText.cut(choice, LONGEST));
    }

    private static String meant(String written, Collection<String> choices) {
        String best = nearest(written, choices, 1);
        best = best.isEmpty() ? begun(written, choices) : best;
        return best.isEmpty() ? nearest(written, choices, Math.min(3, 1 + written.length() / 3)) : best;
    }

    /** {@return the shortest choice that begins like the text, which may be an abbreviation} */
    private static String begun(String written, Collection<String> choices) {
        String start = normal(written);
        return choices.stream()
                .filter(choice -> start.length() >= SHORTEST && normal(choice).startsWith(start))
                .min(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /**
     * {@return the choice that differs least from the text; empty if all differ too much}
     *
     * @param written what was written
     * @param choices what is allowed
     * @param most largest number of characters that are added, omitted, replaced or swapped; letter case, {@code -} and
     *     {@code _} do not count
     */
    public static String nearest(String written, Collection<String> choices, int most) {
        String best = "";
        int least = most;
        for (String choice : choices) {
            int distance = written.length() > LONGEST ? LONGEST : distance(normal(written), normal(choice));
            if (distance <= least && (best.isEmpty() || distance < least)) {
                best = choice;
                least = distance;
            }
        }
        return best;
    }

    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** {@return the number of characters to add, remove, replace or swap with their neighbor} */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int[][] cost, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
