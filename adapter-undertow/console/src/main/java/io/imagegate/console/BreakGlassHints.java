package io.imagegate.console;

import io.imagegate.policy.Decision;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sentences of a decision on where the annotation of a break-glass is missing. They have the value that it must match, and the
 * console is for people who need not know it.
 */
final class BreakGlassHints {

    private final Set<String> hints;

    private BreakGlassHints(Set<String> hints) {
        this.hints = hints;
    }

    /** {@return none, so that everything is shown} */
    static BreakGlassHints shown() {
        return new BreakGlassHints(Set.of());
    }

    /** {@return those of a decision, which are left out} */
    static BreakGlassHints hidden(Decision decision) {
        return new BreakGlassHints(decision.violations().stream()
                .flatMap(violation -> violation.breakGlassHint().stream())
                .collect(Collectors.toSet()));
    }

    /** {@return a reason without them} */
    String reason(String reason) {
        String left = reason;
        for (String hint : hints) {
            left = left.replace("; " + hint, "");
        }
        return left;
    }

    /** {@return warnings without them} */
    List<String> warnings(List<String> warnings) {
        return warnings.stream().filter(text -> !hints.contains(text)).toList();
    }
}
