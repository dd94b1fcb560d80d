package io.imagegate.server.metrics;

import io.imagegate.policy.Exemption;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.text.SafeText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outcomes of a decision's violations by rule, each with its first violation. What denies comes first. */
final class Effects {

    private static final int MOST = 10;

    /** What the violations of one rule have in common. */
    private record Effect(String policy, String rule, ViolationOutcome outcome, Optional<Exemption> exemption) {

        static Effect of(Violation violation) {
            return new Effect(violation.policy(), violation.rule(), violation.outcome(), violation.exemption());
        }
    }

    private final List<Violation> first;

    private Effects(List<Violation> first) {
        this.first = first;
    }

    static Effects of(List<Violation> violations) {
        if (violations.size() == 1) {
            return new Effects(violations);
        }
        Map<Effect, Violation> effects = new LinkedHashMap<>();
        violations.forEach(violation -> effects.putIfAbsent(Effect.of(violation), violation));
        return new Effects(effects.values().stream()
                .sorted(Comparator.comparing(Violation::outcome))
                .toList());
    }

    /** {@return the first violation of each effect, of the first effects} */
    List<Violation> shown() {
        return first.subList(0, Math.min(MOST, first.size()));
    }

    /** {@return the number of further effects} */
    int more() {
        return Math.max(0, first.size() - MOST);
    }

    static String rule(Violation violation) {
        return violation.policy() + "/" + violation.rule();
    }

    static String reason(Exemption exemption) {
        return DecisionLog.cut(exemption.reason(), DecisionLog.LONGEST_DETAIL);
    }

    /** {@return the value that broke the glass, if it is no password} Whoever writes an annotation chooses it. */
    static Optional<String> ticket(Violation violation) {
        return violation
                .breakGlass()
                .map(ticket -> DecisionLog.cut(
                        SafeText.escape(SafeText.cut(ticket, DecisionLog.LONGEST_DETAIL + 1)),
                        DecisionLog.LONGEST_DETAIL));
    }

    static String text(Violation violation) {
        return DecisionLog.cut(violation.message(), DecisionLog.LONGEST_TEXT);
    }
}
