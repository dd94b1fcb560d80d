package io.imagegate.policy;

import io.imagegate.reference.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer to a review, with everything that was found. Immutable and thread-safe.
 *
 * <p>Keys of audit annotations are fit for kube-apiserver, which puts a prefix before them: {@code exempted},
 * {@code break-glass}, {@code warned}, {@code audited}, {@code unchanged}.
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
        List<Violation> denials = select(violations, Violation::denies);
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
        Map<List<String>, List<Violation>> rules = select(violations, Decision::warns).stream()
                .collect(Collectors.groupingBy(
                        v -> List.of(v.policy(), v.rule()), LinkedHashMap::new, Collectors.toList()));
        return Stream.concat(
                        rules.values().stream().map(rule -> Sentences.warning(locale, rule)),
                        breakGlassHints(select(violations, v -> v.breakGlass().isPresent())))
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
        Annotator annotator = (key, which, text) -> {
            List<Violation> selected = select(violations, which);
            if (!selected.isEmpty()) {
                annotations.put(key, Sentences.join(locale, selected, text));
            }
        };
        annotator.add("exempted", v -> v.exemption().isPresent(), Decision::exempted);
        annotator.add("break-glass", v -> v.breakGlass().isPresent(), Decision::broken);
        annotator.add("warned", Decision::warns, Violation::message);
        annotator.add("audited", Decision::audits, Violation::message);
        return Collections.unmodifiableMap(annotations);
    }

    private interface Annotator {
        void add(String key, Predicate<Violation> which, Function<Violation, String> text);
    }

    private static Stream<String> breakGlassHints(List<Violation> violations) {
        return violations.stream().flatMap(v -> v.breakGlassHint().stream()).distinct();
    }

    private static boolean warns(Violation violation) {
        return violation.enforcement() == Enforcement.WARN
                && violation.exemption().isEmpty();
    }

    private static boolean audits(Violation violation) {
        return violation.enforcement() == Enforcement.AUDIT
                && violation.exemption().isEmpty();
    }

    private static String exempted(Violation violation) {
        return violation
                        .exemption()
                        .map(e -> e.reason() + " (" + e.expires() + "): ")
                        .orElse("")
                + violation.message();
    }

    private static String broken(Violation violation) {
        return SafeText.escape(violation.breakGlass().orElse("")) + ": " + violation.message();
    }

    private static List<Violation> select(List<Violation> violations, Predicate<Violation> which) {
        List<Violation> selected = new ArrayList<>();
        for (Violation violation : violations) {
            if (which.test(violation)) {
                selected.add(violation);
            }
        }
        return selected;
    }
}
