package io.imagegate.policy;

import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer to a review, with everything that was found. Immutable and thread-safe.
 *
 * <p>Keys of audit annotations are {@linkplain ViolationOutcome#label() outcomes of violations} other than
 * {@code denied}, and {@code unchanged}; kube-apiserver puts a prefix before them.
 *
 * @since 0.1
 */
public final class Decision {

    private static final Decision ALLOWED = new Decision(List.of(), Locale.ENGLISH, Map.of());

    private final List<Violation> violations;
    private final Locale locale;
    private final boolean allowed;
    private final String reason;
    private final Map<String, String> auditAnnotations;

    private Decision(List<Violation> violations, Locale locale, Map<String, String> auditAnnotations) {
        this.violations = violations;
        this.locale = locale;
        this.auditAnnotations = auditAnnotations;
        List<Violation> denials = select(violations, ViolationOutcome.DENIED);
        this.allowed = denials.isEmpty();
        this.reason = Stream.concat(
                        Stream.of(Sentences.join(locale, denials, Violation::message)), breakGlassHints(denials))
                .collect(Collectors.joining("; "));
    }

    static Decision of(List<Violation> violations, Locale locale) {
        return violations.isEmpty()
                ? ALLOWED
                : new Decision(List.copyOf(violations), locale, annotations(violations, locale));
    }

    /**
     * The decision on a request that makes no image run, such as the deletion of an object. No policy is asked.
     *
     * @return an allowed decision without any findings
     */
    public static Decision withoutImages() {
        return ALLOWED;
    }

    /** The decision on an update that left the images as they were. */
    static Decision allowedUnseen(Locale locale) {
        return new Decision(List.of(), locale, Map.of("unchanged", Sentences.unchanged(locale)));
    }

    /** {@return whether the images may run} */
    public boolean allowed() {
        return allowed;
    }

    /**
     * {@return why not: every image and rule that denies, 4,096 characters at most and then how many more, and where a
     * break-glass annotation is missing; empty when allowed}
     */
    public String reason() {
        return reason;
    }

    /** {@return everything found, also what only warns or does not count, in the order of policies, rules and images} */
    public List<Violation> violations() {
        return violations;
    }

    /**
     * {@return a warning for each rule that warns: it names the first images, and says how many more there are; and one
     * for each policy whose break-glass annotation is missing in a template of the object}
     */
    public List<String> warnings() {
        Map<List<String>, List<Violation>> rules = select(violations, ViolationOutcome.WARNED).stream()
                .collect(Collectors.groupingBy(
                        v -> List.of(v.policy(), v.rule()), LinkedHashMap::new, Collectors.toList()));
        return Stream.concat(
                        rules.values().stream().map(rule -> Sentences.warning(locale, rule)),
                        breakGlassHints(select(violations, ViolationOutcome.BROKE_GLASS)))
                .distinct()
                .toList();
    }

    /** {@return what the audit log should have; unmodifiable, in a fixed order} */
    public Map<String, String> auditAnnotations() {
        return auditAnnotations;
    }

    /** {@return the language in which the first policy speaks} */
    public Locale locale() {
        return locale;
    }

    /** {@return {@code allowed}, or {@code denied} and the reason} */
    @Override
    public String toString() {
        return allowed ? "allowed" : "denied: " + reason;
    }

    private static Map<String, String> annotations(List<Violation> violations, Locale locale) {
        Map<String, String> annotations = new LinkedHashMap<>();
        for (ViolationOutcome outcome : ViolationOutcome.values()) {
            List<Violation> selected = select(violations, outcome);
            if (outcome != ViolationOutcome.DENIED && !selected.isEmpty()) {
                annotations.put(outcome.label(), Sentences.join(locale, selected, Decision::auditText));
            }
        }
        return Collections.unmodifiableMap(annotations);
    }

    private static Stream<String> breakGlassHints(List<Violation> violations) {
        return violations.stream().flatMap(v -> v.breakGlassHint().stream()).distinct();
    }

    private static String auditText(Violation violation) {
        String exemption = violation
                .exemption()
                .map(e -> e.reason() + " (" + e.expires() + "): ")
                .orElse("");
        String brokenBy = violation
                .breakGlass()
                .map(value -> SafeText.escape(value) + ": ")
                .orElse("");
        return exemption + brokenBy + violation.message();
    }

    private static List<Violation> select(List<Violation> violations, ViolationOutcome outcome) {
        List<Violation> selected = new ArrayList<>();
        for (Violation violation : violations) {
            if (violation.outcome() == outcome) {
                selected.add(violation);
            }
        }
        return selected;
    }
}
