package io.imagegate.cli.check.report;

import io.imagegate.policy.Violation;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import java.util.List;

/** Parts of a finding in text for people, escaped. */
final class FindingText {

    /** From strong to weak: a block is called by its strongest. */
    static final List<String> OUTCOMES =
            List.of("denied", "warned", "audited", "broke-glass", "exempted", Result.BASELINE);

    private FindingText() {}

    /** {@return the strongest outcome} */
    static String outcome(List<Result> results) {
        return OUTCOMES.stream()
                .filter(strong ->
                        results.stream().anyMatch(result -> result.outcome().equals(strong)))
                .findFirst()
                .orElseGet(results.get(0)::outcome);
    }

    /**
     * {@return rule and explanation}
     *
     * @param outcome the outcome of the block, which is not repeated
     * @param explanation what was found
     */
    static String line(Result result, String outcome, String explanation) {
        String other = result.outcome().equals(outcome) ? "" : " (" + result.outcome() + ")";
        return result.violation().rule() + other + ": " + explanation(result.violation(), explanation);
    }

    /** {@return an explanation, and why an exception covers it or soon will not} */
    static String explanation(Violation violation, String explanation) {
        String reason = violation
                .exemption()
                .map(exception -> "; exempted: " + ShownText.escape(exception.reason()))
                .orElse("");
        String more = violation
                .expiryWarning()
                .or(violation::expiredNote)
                .map(warning -> "; " + ShownText.escape(warning))
                .orElse("");
        return ShownText.escape(explanation) + reason + more;
    }

    /** {@return object and place; the names in a place are escaped already} */
    static String placeText(Result result) {
        String object = SafeText.escape(result.subject().object());
        return result.place().isEmpty() ? object : object + ", " + result.place();
    }

    /** {@return the image; a dash when the object as a whole is at fault} */
    static String image(Result result) {
        return result.image().isEmpty() ? "-" : SafeText.escape(result.image());
    }
}
