package io.imagegate.cli.check.report;

import java.util.Map;
import java.util.stream.Collectors;

/** Sentences about a whole run. */
final class Summary {

    private Summary() {}

    /** {@return the verdict in one or two words} */
    static String verdict(Totals totals) {
        if (!totals.problems().isEmpty()) {
            return "unusable input";
        }
        return totals.denied() == 0 ? "allowed" : "denied";
    }

    /** {@return the numbers, such as {@code 3 images checked, 1 denied, 1 object denied as a whole}} */
    static String numbers(Totals totals) {
        return count(totals.images(), "image") + " checked, " + (totals.deniedImages() - totals.deniedObjects())
                + " denied"
                + (totals.deniedObjects() == 0
                        ? ""
                        : ", " + count(totals.deniedObjects(), "object") + " denied as a whole")
                + (totals.problems().isEmpty()
                        ? ""
                        : ", " + count(totals.problems().size(), "problem"))
                + (totals.known().isEmpty() ? "" : ", " + count(totals.known().size(), "known problem"))
                + counts(", not judged: ", totals.notJudged())
                + counts(", judged only as a part: ", totals.parts())
                + counts(", left out: ", totals.leftOut());
    }

    /** {@return what may name images and was not read, such as {@code not judged: 2 Helm templates}; empty if there is nothing} */
    static String notJudged(Totals totals) {
        return counts("not judged: ", totals.notJudged());
    }

    /**
     * {@return which allowed objects a webhook denies for their kinds; empty if there are none}
     *
     * @param kinds how many there are, by kind
     * @param most how many kinds are named
     */
    static String unknownKinds(Map<String, Long> kinds, int most) {
        if (kinds.isEmpty()) {
            return "";
        }
        String named = kinds.entrySet().stream()
                .limit(most)
                .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
                .collect(Collectors.joining(", "));
        return "allowed objects of which the webhook would deny the kind: " + named
                + (kinds.size() > most ? " and " + count(kinds.size() - most, "more kind") : "");
    }

    private static String counts(String before, Map<String, Long> things) {
        return things.isEmpty()
                ? ""
                : things.entrySet().stream()
                        .map(entry -> count(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", ", before, ""));
    }

    /** {@return how many findings of the baseline the run did not look for} */
    static String unchecked(Totals totals) {
        return count(totals.unchecked().size(), "finding")
                + " of the baseline not looked for: other objects were checked";
    }

    /** {@return a number of things} */
    static String count(long number, String thing) {
        return number + " " + (number == 1 ? thing : thing + "s");
    }
}
