package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.Need;
import io.imagegate.policy.MutatedReview.Unpinned;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.Rules;
import io.imagegate.signer.Signer;
import io.imagegate.workload.Workload;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Policy: named rules in order, with exceptions and break-glass. Every rule checks every image in its scope, so a
 * decision has all violations. Immutable and thread-safe.
 *
 * <pre>{@code
 * Policy policy = Policy.builder("production")
 *         .rule("fixed-tag", Rules.fixedTag())
 *         .rule("trusted-registry", Rules.allow("ghcr.io/acme/**", "docker.io/library/*"))
 *         .build();
 * Decision decision = policy.decide("nginx");
 * }</pre>
 *
 * @since 0.1
 */
public final class Policy {

    private static final Policy DEFAULT = byDefault(Locale.ENGLISH);

    private final String name;
    private final Locale locale;
    private final RuleRunner runner;
    private final List<NamedRule> rules;
    private final RuleIndex index;
    private final List<Signer> signers;
    private final List<Exemption> exemptions;
    private final long expiryWarningDays;
    private final @Nullable BreakGlass breakGlass;
    private final @Nullable Mutation mutation;
    private final UpdateScope onUpdate;
    private final @Nullable GlobSet ignoredKinds;
    private final List<Workload> workloads;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;

    Policy(PolicyBuilder builder) {
        this.name = builder.name;
        this.locale = builder.locale;
        this.runner = new RuleRunner(locale);
        this.rules = List.copyOf(builder.rules.values());
        this.index = new RuleIndex(rules);
        this.signers = List.copyOf(builder.signers);
        this.exemptions = List.copyOf(builder.exemptions);
        this.expiryWarningDays = builder.expiryWarningDays;
        this.breakGlass = builder.breakGlass;
        this.mutation = builder.mutation;
        this.onUpdate = builder.onUpdate;
        this.ignoredKinds = builder.ignoredKinds.isEmpty() ? null : GlobSet.of(builder.ignoredKinds);
        this.workloads = List.copyOf(builder.workloads.values());
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.labels));
        this.annotations = Collections.unmodifiableMap(new LinkedHashMap<>(builder.annotations));
    }

    /**
     * Starts a policy.
     *
     * @param name name of the policy: lower-case letters, digits, {@code -} and {@code .}, 63 at most
     * @return a builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public static PolicyBuilder builder(String name) {
        return new PolicyBuilder(name);
    }

    /** {@return the default policy, which has only the rule {@link Rules#fixedTag()}} */
    public static Policy byDefault() {
        return DEFAULT;
    }

    /**
     * {@return the default policy in another language}
     *
     * @param language the language of built-in messages, {@code en} or {@code zh-CN}
     * @throws IllegalArgumentException if there are no messages in that language
     */
    public static Policy byDefault(Locale language) {
        return builder("default")
                .locale(language)
                .rule("fixed-tag", Rules.fixedTag())
                .build();
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return labels for reports, in order; they change no decision} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return annotations for reports, in order; they change no decision} */
    public Map<String, String> annotations() {
        return annotations;
    }

    /** {@return the language of built-in messages} */
    public Locale locale() {
        return locale;
    }

    /** {@return the rules in order} */
    public List<NamedRule> rules() {
        return rules;
    }

    /** {@return the signers that its rules may name, for reports} */
    public List<Signer> signers() {
        return signers;
    }

    /** {@return the exceptions} */
    public List<Exemption> exemptions() {
        return exemptions;
    }

    /** {@return how long before the expiry of an exception its users are warned; empty for never} */
    public Optional<Duration> expiryWarning() {
        return expiryWarningDays == PolicyBuilder.NO_EXPIRY_WARNING
                ? Optional.empty()
                : Optional.of(Duration.ofDays(expiryWarningDays));
    }

    /** {@return the break-glass, if the policy has one} */
    public Optional<BreakGlass> breakGlass() {
        return Optional.ofNullable(breakGlass);
    }

    /** {@return how images are changed before they are checked, if they are} */
    public Optional<Mutation> mutation() {
        return Optional.ofNullable(mutation);
    }

    /** {@return the updates that are checked} */
    public UpdateScope onUpdate() {
        return onUpdate;
    }

    /**
     * {@return whether objects of a kind are allowed although their images cannot be found}
     *
     * @param kind the kind and its API group, such as {@code Rollout.argoproj.io}
     */
    public boolean ignoresKind(String kind) {
        return ignoredKinds != null && ignoredKinds.matches(kind);
    }

    /** {@return whether objects of some kinds are allowed although their images cannot be found} */
    boolean ignoresKinds() {
        return ignoredKinds != null;
    }

    /** {@return where images stand in objects of kinds that are not built in, as far as this policy says so} */
    public List<Workload> workloads() {
        return workloads;
    }

    /**
     * Decides on a review with this policy only, as of today.
     *
     * @param review the review
     * @return the decision
     */
    public Decision decide(ImageReview review) {
        return PolicySet.of(this).decide(review);
    }

    /**
     * Decides on images. Everything else, such as the namespace, is not told.
     *
     * @param images the images as typed
     * @return the decision
     */
    public Decision decide(String... images) {
        return decide(ImageReview.of(images));
    }

    /**
     * Applies one rule to one image, as {@link #decide} does, for reports.
     *
     * @param rule a rule of this policy
     * @param image the image
     * @return the finding of the rule; if the rule or the text of its finding throws, a violation that names the
     *     failure
     */
    public Finding check(NamedRule rule, Candidate image) {
        return runner.check(rule, image);
    }

    /** {@return whether its decisions depend on the day} */
    boolean isDated() {
        return !exemptions.isEmpty()
                || rules.stream().anyMatch(rule -> rule.denyFrom().isPresent());
    }

    /** {@return whether this policy checks an image of the review} */
    boolean checks(ImageReview review) {
        return onUpdate == UpdateScope.ALL || !review.imagesUnchanged() || addsBreakGlass(review);
    }

    /** {@return those of the images that an object keeps which this policy does not check} */
    KeptImages unchecked(ImageReview review, KeptImages kept) {
        return onUpdate == UpdateScope.NEW_IMAGES && !addsBreakGlass(review) ? kept : KeptImages.NONE;
    }

    private boolean addsBreakGlass(ImageReview review) {
        return breakGlass != null && breakGlass.isAddedBy(review);
    }

    /** {@return the violation of a request that adds or changes a break-glass annotation, although its user may not} */
    Optional<Violation> addedBreakGlass(ImageReview review) {
        return breakGlass == null
                ? Optional.empty()
                : Optional.ofNullable(breakGlass.denial(locale, review))
                        .map(why -> new Violation(name, locale, Requirement.BREAK_GLASS, null, () -> why));
    }

    void check(ImageReview review, List<Candidate> images, LocalDate today, Findings findings) {
        addedBreakGlass(review).ifPresent(findings::add);
        String hint = breakGlass == null ? null : breakGlass.hint(locale, review);
        BitSet numbers = index.of(images);
        for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
            for (Candidate image : images) {
                check(rules.get(i), image, today, hint, findings);
            }
        }
    }

    /**
     * Records the images that this policy's mutation pins and that got no digest.
     *
     * @param mutated the images after the mutation
     * @param checked whether this policy checks an image; if not, it only asks for its digest, so that others can check it
     * @param findings what was found
     */
    void check(MutatedReview mutated, Predicate<ReviewedImage> checked, Findings findings) {
        BrokenGlass broken = brokenBy(mutated.review());
        String hint = breakGlass == null ? null : breakGlass.hint(locale, mutated.review());
        for (Unpinned unpinned : mutated.unpinned()) {
            if (!unpinned.isPending() && !checked.test(unpinned.image())) {
                continue;
            }
            Fact<Digest> digest = unpinned.digest();
            boolean denies = unpinned.enforcement() == Enforcement.DENY;
            findings.add(new Violation(
                    this,
                    unpinned.enforcement(),
                    unpinned.image(),
                    () -> Sentences.unpinned(locale, digest),
                    mutated.failure(unpinned.reference()),
                    denies ? broken : null,
                    denies ? hint : null));
            if (unpinned.isPending()) {
                findings.ask(unpinned.reference(), Set.of(Need.DIGEST), Enforcement.DENY);
            }
        }
    }

    private void check(NamedRule rule, Candidate known, LocalDate today, @Nullable String hint, Findings findings) {
        Candidate image = runner.asked(rule, known);
        Finding finding;
        try {
            finding = runner.apply(rule, image);
        } catch (Throwable failure) {
            add(rule, image, runner.failed(failure), failure, today, hint, findings);
            return;
        }
        if (finding.isViolation()) {
            add(rule, image, finding, runner.lookUpFailure(rule, image, finding), today, hint, findings);
        }
        // A rule written in Java could pass on what another one found about another image.
        finding.verified()
                .filter(digest -> image.digest().value().filter(digest::equals).isPresent())
                .ifPresent(digest -> findings.verify(image.image(), digest));
    }

    private void add(
            NamedRule rule,
            Candidate image,
            Finding finding,
            @Nullable Throwable failure,
            LocalDate today,
            @Nullable String hint,
            Findings findings) {
        boolean unavailable = finding.outcome() == Outcome.UNAVAILABLE;
        String namespace = image.namespace();
        Enforcement enforcement = rule.effects().effect(namespace, today, unavailable);
        Exemption exemption = exemption(rule, image, today);
        boolean denies = exemption == null && enforcement == Enforcement.DENY;
        BrokenGlass glass = exemption == null ? brokenBy(image.review()) : null;
        BrokenGlass broken = denies ? glass : null;
        boolean wouldDeny = enforcement != Enforcement.DENY
                && exemption == null
                && glass == null
                && !(unavailable && rule.effects().excusesUnavailable());
        boolean covered = exemption != null || broken != null;
        Finding shown = covered && finding.outcome() == Outcome.PENDING
                ? Finding.violation(Sentences.notLookedUp(locale, exemption != null))
                : finding;
        findings.add(new Violation(
                this,
                rule,
                enforcement,
                image.image(),
                () -> runner.explanation(this, rule, image, shown),
                finding.outcome(),
                failure,
                exemption,
                exemption == null ? last(rule, image) : null,
                broken,
                denies ? hint : null,
                covered ? null : rule.effects().denyingLater(namespace, today, unavailable),
                exemption != null && enforcement != Enforcement.AUDIT ? expiring(rule, image, today) : null,
                wouldDeny));
        if (finding.outcome() == Outcome.PENDING && !covered) {
            findings.ask(image.reference(), runner.needs(rule, image), enforcement);
        }
    }

    private @Nullable Exemption exemption(NamedRule rule, Candidate image, LocalDate today) {
        for (Exemption exemption : exemptions) {
            if (exemption.covers(rule.name(), image, today)) {
                return exemption;
            }
        }
        return null;
    }

    /** {@return the exception that covers a violation for longest, if it expires soon; else null} */
    private @Nullable Exemption expiring(NamedRule rule, Candidate image, LocalDate today) {
        if (expiryWarningDays == PolicyBuilder.NO_EXPIRY_WARNING) {
            return null;
        }
        Exemption last = last(rule, image);
        return last != null && ChronoUnit.DAYS.between(today, last.expires()) <= expiryWarningDays ? last : null;
    }

    /** {@return the exception that covers a violation for longest, or covered it last; null if none does or did} */
    private @Nullable Exemption last(NamedRule rule, Candidate image) {
        Exemption last = null;
        for (Exemption exemption : exemptions) {
            if (exemption.concerns(rule.name(), image)
                    && (last == null || exemption.expires().isAfter(last.expires()))) {
                last = exemption;
            }
        }
        return last;
    }

    private @Nullable BrokenGlass brokenBy(ImageReview review) {
        return breakGlass == null ? null : breakGlass.appliesTo(review);
    }
}
