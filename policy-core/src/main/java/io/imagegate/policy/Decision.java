package io.imagegate.policy;

import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decision on a review, with all violations. Immutable and thread-safe.
 *
 * <p>Keys of audit annotations are {@linkplain ViolationOutcome#label() outcomes of violations} other than
 * {@code denied}, {@code unchanged}, {@code rewritten} and {@code pinned} with
 * {@linkplain #mutations() the new names}, and {@code verified}, {@code resolved} and {@code unverified} with
 * {@linkplain #lookups() what was looked up}. kube-apiserver adds a prefix to them.
 *
 * @since 0.1
 */
public final class Decision {

    private static final Decision ALLOWED = new Decision(
            List.of(), Locale.ENGLISH, "", Map.of(), List.of(), List.of(), List.of(), null, DecidedImages.NONE);

    private final List<Violation> violations;
    private final Locale locale;
    private final String reason;
    private final Map<String, String> auditAnnotations;
    private final List<Lookup> lookups;
    private final List<ImageMutation> mutations;
    private final List<String> notes;
    private final @Nullable Instant instant;
    private final DecidedImages images;

    private Decision(
            List<Violation> violations,
            Locale locale,
            String reason,
            Map<String, String> auditAnnotations,
            List<Lookup> lookups,
            List<ImageMutation> mutations,
            List<String> notes,
            @Nullable Instant instant,
            DecidedImages images) {
        this.violations = violations;
        this.locale = locale;
        this.reason = reason;
        this.auditAnnotations = auditAnnotations;
        this.lookups = lookups;
        this.mutations = mutations;
        this.notes = notes;
        this.instant = instant;
        this.images = images;
    }

    static Decision of(List<Violation> violations, Locale locale) {
        return of(violations, locale, DecidedImages.NONE);
    }

    /** {@return a decision that knows the images of its review} */
    static Decision of(List<Violation> violations, Locale locale, DecidedImages images) {
        return violations.isEmpty()
                ? ALLOWED.withImages(images)
                : new Decision(
                        List.copyOf(violations),
                        locale,
                        reason(violations, locale),
                        areDenials(violations) ? Map.of() : annotations(violations, locale),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        images);
    }

    /** {@return a copy that depends on an instant; unchanged if that is null} */
    Decision at(@Nullable Instant when) {
        return when == null
                ? this
                : new Decision(violations, locale, reason, auditAnnotations, lookups, mutations, notes, when, images);
    }

    /** {@return a copy that knows the images of its review} */
    Decision withImages(DecidedImages decided) {
        return decided.equals(images)
                ? this
                : new Decision(
                        violations, locale, reason, auditAnnotations, lookups, mutations, notes, instant, decided);
    }

    /** {@return a copy with an account of look-ups} */
    Decision withLookups(List<Lookup> made) {
        Map<String, String> annotations = new LinkedHashMap<>(auditAnnotations);
        LookupAnnotations.add(annotations, made, locale);
        return new Decision(
                violations,
                locale,
                reason,
                Collections.unmodifiableMap(annotations),
                List.copyOf(made),
                mutations,
                notes,
                instant,
                images);
    }

    /** {@return a copy with warnings that come from no rule} */
    Decision withNotes(List<String> made) {
        return made.isEmpty()
                ? this
                : new Decision(
                        violations,
                        locale,
                        reason,
                        auditAnnotations,
                        lookups,
                        mutations,
                        List.copyOf(made),
                        instant,
                        images);
    }

    /** {@return a copy with the images that were checked by another name} */
    Decision withMutations(List<ImageMutation> made) {
        if (made.isEmpty()) {
            return this;
        }
        Map<String, String> annotations = new LinkedHashMap<>(auditAnnotations);
        annotate(
                annotations, "rewritten", made, mutation -> mutation.rewritten().isPresent());
        annotate(annotations, "pinned", made, mutation -> mutation.pinned().isPresent());
        return new Decision(
                violations,
                locale,
                reason,
                Collections.unmodifiableMap(annotations),
                lookups,
                List.copyOf(made),
                notes,
                instant,
                images);
    }

    private void annotate(
            Map<String, String> annotations, String key, List<ImageMutation> made, Predicate<ImageMutation> which) {
        List<ImageMutation> selected = made.stream().filter(which).toList();
        if (!selected.isEmpty()) {
            annotations.put(key, Sentences.join(locale, selected, ImageMutation::toString));
        }
    }

    /**
     * Returns the decision on a request that runs no image, such as the deletion of an object. Policies are not
     * involved.
     *
     * @return an allowed decision without any findings
     */
    public static Decision withoutImages() {
        return ALLOWED;
    }

    /** Returns the decision on an update that no policy checks. */
    static Decision allowedUnseen(Locale locale, String why) {
        return new Decision(
                List.of(),
                locale,
                "",
                Map.of("unchanged", why),
                List.of(),
                List.of(),
                List.of(),
                null,
                DecidedImages.NONE);
    }

    /** {@return whether the images may run} */
    public boolean allowed() {
        // By index: an iterator would be allocated for each review.
        for (int i = 0; i < violations.size(); i++) {
            if (violations.get(i).outcome() == ViolationOutcome.DENIED) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the images of the review, in its order, with the digests by which to run them; none if the request ran no image or its
     * images were not looked for, as those of an ignored kind}
     *
     * @throws IllegalStateException if the decision is a denial; the message has the reason
     */
    public List<RunnableImage> toRun() {
        if (!allowed()) {
            throw new IllegalStateException(toString());
        }
        return images.toRun(mutations);
    }

    /**
     * {@return the reason: every image and rule that denies, up to 4,096 characters and then the number of further
     * ones, which exceptions expired, and where a break-glass annotation is missing; empty if allowed}
     */
    public String reason() {
        return reason;
    }

    /**
     * {@return all violations, including those that only warn or do not count, in the order of policies, rules and
     * images}
     */
    public List<Violation> violations() {
        return violations;
    }

    /**
     * {@return one warning for each rule that warns, and for each that break-glass overrides, with its first images and the
     * number of further ones; one for each exception that covers a violation and
     * {@linkplain PolicyBuilder#expiryWarning expires soon}; one for each policy whose break-glass annotation is missing in a
     * template of the object; and one for each image to which almost too many manifests refer}
     */
    public List<String> warnings() {
        if (areDenials(violations) && notes.isEmpty()) {
            return List.of();
        }
        List<Violation> warned = select(violations, ViolationOutcome.WARNED);
        List<Violation> exempted = select(violations, ViolationOutcome.EXEMPTED);
        List<Violation> broken = select(violations, ViolationOutcome.BROKE_GLASS);
        if (warned.isEmpty() && exempted.isEmpty() && broken.isEmpty() && notes.isEmpty()) {
            return List.of();
        }
        return Stream.of(
                        byRule(warned).map(rule -> Sentences.warning(locale, rule)),
                        byRule(broken)
                                .map(rule -> Sentences.brokeGlass(locale, allowed(), Sentences.warning(locale, rule))),
                        exempted.stream().flatMap(violation -> violation.expiryWarning().stream()),
                        breakGlassHints(broken),
                        notes.stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** {@return the annotations for the audit log; unmodifiable, in a fixed order} */
    public Map<String, String> auditAnnotations() {
        return auditAnnotations;
    }

    /** {@return the facts that were looked up for this decision, at most 1,000; none if no rule asked for any} */
    public List<Lookup> lookups() {
        return lookups;
    }

    /** {@return the images that were checked by another name than that in the request, in its order} */
    public List<ImageMutation> mutations() {
        return mutations;
    }

    /** {@return a review with the names that were checked} */
    ImageReview named(ImageReview written) {
        if (mutations.isEmpty()) {
            return written;
        }
        List<ReviewedImage> images = DecidedImages.checked(written.images(), mutations);
        boolean asBefore =
                written.before().filter(old -> old.images().equals(images)).isPresent();
        return written.toBuilder()
                .images(images)
                .imagesUnchanged(written.imagesUnchanged() || asBefore)
                .build();
    }

    /** {@return the instant at which it was made; empty if it does not depend on the time} */
    public Optional<Instant> instant() {
        return Optional.ofNullable(instant);
    }

    /** {@return the language of the first policy} */
    public Locale locale() {
        return locale;
    }

    /** {@return {@code allowed}, or {@code denied} and the reason} */
    @Override
    public String toString() {
        return allowed() ? "allowed" : "denied: " + reason;
    }

    private static String reason(List<Violation> violations, Locale locale) {
        List<Violation> denials = areDenials(violations) ? violations : select(violations, ViolationOutcome.DENIED);
        if (denials.isEmpty()) {
            return "";
        }
        String violated = Sentences.join(locale, denials, Violation::message);
        if (!haveNotes(denials)) {
            return violated;
        }
        Set<String> sentences = new LinkedHashSet<>();
        sentences.add(violated);
        List<Violation> formerlyExempted =
                denials.stream().filter(denial -> denial.expired().isPresent()).toList();
        if (!formerlyExempted.isEmpty()) {
            sentences.add(Sentences.join(
                    locale, formerlyExempted, denial -> denial.expiredNote().orElseThrow()));
        }
        denials.forEach(denial -> denial.breakGlassHint().ifPresent(sentences::add));
        return String.join("; ", sentences);
    }

    /** {@return whether one was exempted before, or says something about break-glass} */
    private static boolean haveNotes(List<Violation> denials) {
        for (int i = 0; i < denials.size(); i++) {
            Violation denial = denials.get(i);
            if (denial.expired().isPresent() || denial.breakGlassHint().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean areDenials(List<Violation> violations) {
        for (int i = 0; i < violations.size(); i++) {
            if (violations.get(i).outcome() != ViolationOutcome.DENIED) {
                return false;
            }
        }
        return true;
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

    private static Stream<List<Violation>> byRule(List<Violation> violations) {
        Map<List<String>, List<Violation>> rules = violations.stream()
                .collect(Collectors.groupingBy(
                        v -> List.of(v.policy(), v.rule()), LinkedHashMap::new, Collectors.toList()));
        return rules.values().stream();
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
