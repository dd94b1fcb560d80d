package io.imagegate.policy;

import io.imagegate.fact.ImageFacts;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.time.TimeSource;
import io.imagegate.workload.Workloads;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Set of policies that must all allow a review. Each image is parsed once for all of them. Immutable and thread-safe.
 *
 * <p>It fails closed: images that do not parse or have no registry, reviews without images and a set that was never
 * loaded are always denied. A decision depends only on the review, the policies and the time.
 *
 * @since 0.1
 */
public final class PolicySet {

    private final List<Policy> policies;
    private final InstantSource clock;
    private final @Nullable Unloaded whyUnloaded;
    private final @Nullable GlobSet ignoredKinds;
    private final boolean dated;
    private final boolean checksNewImages;
    private final @Nullable Policy mutating;
    private final SetWorkloads workloads;

    /** Why there are no policies, and what was thrown. */
    private record Unloaded(String why, @Nullable Throwable failure) {

        private Unloaded {
            Objects.requireNonNull(why, "why");
        }
    }

    private PolicySet(
            List<Policy> policies,
            InstantSource clock,
            @Nullable Unloaded whyUnloaded,
            @Nullable GlobSet ignoredKinds) {
        this.policies = List.copyOf(policies);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.whyUnloaded = whyUnloaded;
        this.ignoredKinds = ignoredKinds;
        this.workloads = new SetWorkloads(this.policies, ignoredKinds);
        this.mutating = this.policies.stream()
                .filter(policy -> policy.mutation().isPresent())
                .findFirst()
                .orElse(null);
        this.dated = this.policies.stream().anyMatch(Policy::isDated);
        this.checksNewImages = this.policies.stream().anyMatch(policy -> policy.onUpdate() == UpdateScope.NEW_IMAGES);
    }

    /**
     * Makes a set.
     *
     * @param policies at least one policy
     * @return the set
     * @throws IllegalArgumentException if there is none, several have a mutation, two have different workloads of one kind, or it
     *     is not known where the images of a mutated kind stand
     */
    public static PolicySet of(Policy... policies) {
        return of(List.of(policies), TimeSource.system());
    }

    /**
     * Makes a set with another clock, for tests and replays.
     *
     * @param policies at least one policy
     * @param clock clock of the decisions: for exceptions, {@code denyFrom}, ages and what rules ask of the time
     * @return the set
     * @throws IllegalArgumentException if there is no policy, several have a mutation, two have different workloads of one kind, or
     *     it is not known where the images of a mutated kind stand
     */
    public static PolicySet of(List<Policy> policies, InstantSource clock) {
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("policy set: expected at least one policy, got none");
        }
        if (policies.stream().filter(policy -> policy.mutation().isPresent()).count() > 1) {
            throw new IllegalArgumentException("policy set: several policies have a mutation, expected one at most");
        }
        SetWorkloads.requireOneOfEachKind(policies);
        PolicySet set = new PolicySet(policies, clock, null, null);
        set.mutation().ifPresent(set.workloads::requireKinds);
        return set;
    }

    /**
     * Returns a set that denies everything, for the time until policies are loaded.
     *
     * @param why the reason of the denials
     * @return the set
     */
    public static PolicySet unloaded(String why) {
        return new PolicySet(List.of(), TimeSource.system(), new Unloaded(why, null), null);
    }

    /**
     * {@return a set that denies everything, because loading failed}
     *
     * @param why the reason of the denials
     * @param failure what was thrown; {@link Violation#failure} has it, and no text
     */
    public static PolicySet unloaded(String why, Throwable failure) {
        return new PolicySet(
                List.of(), TimeSource.system(), new Unloaded(why, Objects.requireNonNull(failure, "failure")), null);
    }

    /**
     * {@return a copy with another clock, for tests and replays}
     *
     * @param other clock of the decisions: for exceptions, {@code denyFrom}, ages and what rules ask of the time
     */
    public PolicySet withClock(InstantSource other) {
        return new PolicySet(policies, other, whyUnloaded, ignoredKinds);
    }

    /**
     * {@return a copy that ignores these kinds in addition to those of its policies}
     *
     * @param kinds globs of kinds, as {@link PolicyBuilder#ignoreKind} takes them
     */
    public PolicySet withIgnoredKinds(GlobSet kinds) {
        return new PolicySet(policies, clock, whyUnloaded, kinds);
    }

    /** {@return the day, in UTC, by the clock of these policies} */
    public LocalDate today() {
        return day(clock);
    }

    private static LocalDate day(InstantSource time) {
        return LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    }

    /** {@return whether policies were loaded} */
    public boolean isLoaded() {
        return whyUnloaded == null;
    }

    /** {@return how images are changed before these policies check them, if they are} */
    public Optional<Mutation> mutation() {
        return mutating == null ? Optional.empty() : mutating.mutation();
    }

    /**
     * {@return where images stand in objects of each kind: the built-in workloads, those that the policies name, and well-known
     * ones that neither the set nor all of its policies ignore}
     */
    public Workloads workloads() {
        return workloads.workloads();
    }

    /** {@return the policies in order; empty if none are loaded} */
    public List<Policy> policies() {
        return policies;
    }

    /**
     * Decides on a review by the names of its images alone. A rule that needs a fact counts as violated; an
     * {@link ImageGate} with a fact source looks it up.
     *
     * @param review the review
     * @return the decision
     */
    public Decision decide(ImageReview review) {
        return findings(review, MutationScope.AS_WRITTEN, clock, Map.of()).decision();
    }

    /**
     * Checks a review with the facts that are known.
     *
     * @param written the review with the images as written
     * @param scope the images that are rewritten and pinned first
     * @param now the clock, read once at most
     * @param facts known facts about the images; images without any may be missing
     */
    Findings findings(
            ImageReview written, MutationScope scope, InstantSource now, Map<ImageReference, ImageFacts> facts) {
        Findings findings = whyUnloaded == null ? check(written, scope, now, facts) : Findings.settled(unloaded());
        findings.images(written.images());
        return findings;
    }

    private Findings check(
            ImageReview written, MutationScope scope, InstantSource now, Map<ImageReference, ImageFacts> facts) {
        DecisionTime time = new DecisionTime(now);
        if (mutating == null
                || scope == MutationScope.AS_WRITTEN
                || checking(written).isEmpty()) {
            return findingsByName(written, written, null, time, facts);
        }
        // What no policy checks needs no digest.
        ImageReview asked = withoutUnchecked(written, kept(written, written));
        MutatedReview mutated =
                new MutatedReview(asked, mutating.mutation().orElseThrow(), scope, time.instant(), facts);
        Findings findings = findingsByName(asked, mutated.review(), mutated, time, mutated.facts());
        findings.mutations(mutated.mutations());
        return findings;
    }

    private Findings findingsByName(
            ImageReview written,
            ImageReview named,
            @Nullable MutatedReview mutated,
            DecisionTime time,
            Map<ImageReference, ImageFacts> facts) {
        KeptImages kept = kept(written, named);
        ImageReview review = withoutUnchecked(named, kept);
        List<Policy> checking = checking(review);
        if (checking.isEmpty()) {
            Locale locale = policies.get(0).locale();
            return Findings.settled(Decision.allowedUnseen(
                    locale, review.images().isEmpty() ? Sentences.noNewImage(locale) : Sentences.unchanged(locale)));
        }
        Findings findings = Findings.in(checking.get(0).locale(), time);
        List<Candidate> candidates = candidates(review, checking.get(0), time, facts, findings);
        if (mutated != null && mutating != null) {
            // Other policies check the names that it makes, also where it does not check them itself.
            boolean checks = checking.contains(mutating);
            KeptImages unchecked = mutating.unchecked(review, kept);
            mutating.check(mutated, image -> checks && !unchecked.contains(image), findings);
            // Its digest comes first: what else is to be found depends on it.
            Set<ImageReference> pending = mutated.pending();
            candidates.removeIf(candidate -> pending.contains(candidate.reference()));
        }
        // Only exceptions and denyFrom depend on the date.
        LocalDate today = dated ? day(time) : LocalDate.EPOCH;
        for (Policy policy : checking) {
            List<Candidate> own = policy.unchecked(review, kept).leaveOut(candidates);
            policy.check(review, own, today, findings);
            if (policy == mutating && mutated != null) {
                MissingDigests.leaveOut(policy, mutated.denied(), own, findings);
            }
        }
        return findings;
    }

    /**
     * Says what each rule found about each image of a review, at the instant of the decision. An image whose name is not known,
     * that does not parse, or that has no registry, has no results, and no image has any if the decision is about the kind of the
     * object. Rules are applied as the stream is read, so that its limit is one of the work.
     *
     * @param review the review with the images as written
     * @param decision the decision of these policies on it
     * @return the results in the order of images, policies and rules
     */
    public Stream<RuleResult> explain(ImageReview review, Decision decision) {
        if (decision.violations().stream()
                .anyMatch(violation -> violation.rule().equals(Requirement.KNOWN_KIND.code()))) {
            return Stream.empty();
        }
        ImageReview named = decision.named(review);
        InstantSource time = InstantSource.fixed(decision.instant().orElseGet(clock::instant));
        Explanation explanation = new Explanation(policies, named, kept(review, named), decision, time);
        return IntStream.range(0, named.images().size())
                .boxed()
                .flatMap(i ->
                        explanation.of(review.images().get(i), named.images().get(i)));
    }

    private KeptImages kept(ImageReview written, ImageReview named) {
        return checksNewImages ? KeptImages.of(written, named) : KeptImages.NONE;
    }

    /** {@return the review with the images that at least one policy checks; without any, it is unchanged} */
    private ImageReview withoutUnchecked(ImageReview review, KeptImages kept) {
        return !kept.isEmpty()
                        && !review.imagesUnchanged()
                        && policies.stream()
                                .noneMatch(
                                        policy -> policy.unchecked(review, kept).isEmpty())
                ? kept.leaveOut(review)
                : review;
    }

    /** {@return the clock of these policies} */
    public InstantSource clock() {
        return clock;
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

    private List<Policy> checking(ImageReview review) {
        // Fast path: few reviews are of updates that change no image; all others are checked by every policy.
        return review.imagesUnchanged()
                ? policies.stream().filter(policy -> policy.checks(review)).toList()
                : policies;
    }

    /**
     * Decides on a request that runs no image, such as an update of the status of an object.
     *
     * @param review the review, whose images are not checked
     * @return the decision: allowed unless the request adds or changes the annotation of a {@link BreakGlass}, which only
     *     some users may, and its user is none of them
     */
    public Decision decideWithoutImages(ImageReview review) {
        List<Violation> violations = new ArrayList<>(0);
        for (Policy policy : policies) {
            policy.addedBreakGlass(review).ifPresent(violations::add);
        }
        return policies.isEmpty()
                ? Decision.withoutImages()
                : Decision.of(violations, policies.get(0).locale());
    }

    /**
     * Decides on an object of an unknown kind, whose images cannot be found.
     *
     * @param kind the kind, in the form of {@link Policy#ignoresKind}
     * @param meant the kind that this may be a misspelling of, for the reason; empty if there is none
     * @param place where its images may stand, as a policy would name it, such as {@code podSpec: spec.template.spec}; empty if that
     *     is unknown
     * @return the decision: allowed if the set, or every policy in it, ignores the kind
     */
    public Decision decideUnknownKind(String kind, String meant, String place) {
        if (whyUnloaded != null) {
            return unloaded();
        }
        return denyUnless(
                policy -> (ignoredKinds != null && ignoredKinds.matches(kind)) || policy.ignoresKind(kind),
                policy -> Sentences.unknownKind(policy.locale(), kind, meant, place));
    }

    /**
     * Decides on an object that was read by other workloads than these policies name, so that images may have been missed.
     *
     * @param kind the kind and its API group
     * @return the decision, which denies
     */
    public Decision decideMisread(String kind) {
        if (whyUnloaded != null) {
            return unloaded();
        }
        return denyUnless(policy -> false, policy -> Sentences.misread(policy.locale(), kind));
    }

    /**
     * Decides on an object of a well-known kind with a field that may name an image where it is not known that images stand.
     *
     * @param kind the kind and its API group
     * @param field the field
     * @return the decision, which denies
     */
    public Decision decideUnlisted(String kind, String field) {
        if (whyUnloaded != null) {
            return unloaded();
        }
        return denyUnless(policy -> false, policy -> Sentences.unread(policy.locale(), "unlisted", kind, field));
    }

    /**
     * Decides on an object with values of a Helm chart, in which a field names an image in a form that cannot be read.
     *
     * @param kind the kind and its API group
     * @param field the path of the field
     * @return the decision, which denies
     */
    public Decision decideUnreadable(String kind, String field) {
        if (whyUnloaded != null) {
            return unloaded();
        }
        return denyUnless(policy -> false, policy -> Sentences.unread(policy.locale(), "unreadable", kind, field));
    }

    /**
     * Decides on an object with containers in what a policy names as its pod specification, and none directly there.
     *
     * @param kind the kind and its API group
     * @param podSpec the path of the object that has containers
     * @return the decision, which denies
     */
    public Decision decideMisplaced(String kind, String podSpec) {
        if (whyUnloaded != null) {
            return unloaded();
        }
        return denyUnless(policy -> false, policy -> Sentences.unread(policy.locale(), "misplaced", kind, podSpec));
    }

    private Decision denyUnless(Predicate<Policy> allows, Function<Policy, String> why) {
        List<Violation> violations = new ArrayList<>(0);
        for (Policy policy : policies) {
            if (!allows.test(policy)) {
                violations.add(new Violation(
                        policy.name(), policy.locale(), Requirement.KNOWN_KIND, null, () -> why.apply(policy)));
            }
        }
        return Decision.of(violations, policies.get(0).locale());
    }

    private Decision unloaded() {
        Unloaded unloaded = Objects.requireNonNull(whyUnloaded);
        return Decision.of(List.of(Violation.unloaded(unloaded.why, unloaded.failure)), Locale.ENGLISH);
    }

    /** Parses the images. An image whose name is not known, that does not parse, or has no registry, is a violation. */
    private static List<Candidate> candidates(
            ImageReview review,
            Policy first,
            InstantSource time,
            Map<ImageReference, ImageFacts> facts,
            Findings findings) {
        if (review.images().isEmpty()) {
            findings.add(new Violation(
                    first.name(), first.locale(), Requirement.IMAGES, null, () -> Sentences.noImages(first.locale())));
        }
        List<Candidate> candidates = new ArrayList<>(review.images().size());
        List<ReviewedImage> ofCharts = new ArrayList<>(0);
        for (ReviewedImage image : review.images()) {
            if (image.isChartDefault()) {
                ofCharts.add(image);
                continue;
            }
            if (image.unknown().isPresent()) {
                String variable = image.unknown().get();
                findings.add(new Violation(
                        first.name(),
                        first.locale(),
                        Requirement.KNOWN_IMAGE,
                        image,
                        () -> Sentences.unknownImage(first.locale(), variable)));
                continue;
            }
            ImageReference reference = ImageReference.tryParse(image.text()).orElse(null);
            if (reference == null) {
                findings.add(new Violation(
                        first.name(),
                        first.locale(),
                        Requirement.VALID_REFERENCE,
                        image,
                        () -> Sentences.invalidReference(first.locale(), image.text())));
            } else if (reference.hasRegistry()) {
                ImageFacts known = facts.getOrDefault(reference, ImageFacts.NONE);
                candidates.add(Candidate.of(reference, image, review, time).withFacts(known));
                known.digest()
                        .value()
                        .filter(digest -> reference
                                .digest()
                                .filter(written -> !written.equals(digest))
                                .isEmpty())
                        .ifPresent(digest -> findings.resolve(image, digest));
            } else {
                findings.add(new Violation(
                        first.name(),
                        first.locale(),
                        Requirement.REGISTRY,
                        image,
                        () -> Sentences.noRegistry(first.locale())));
            }
        }
        if (!ofCharts.isEmpty()) {
            findings.add(new Violation(
                    first.name(),
                    first.locale(),
                    Requirement.CHART_DEFAULT,
                    ofCharts.get(0),
                    () -> Sentences.chartDefault(first.locale(), ofCharts)));
        }
        return candidates;
    }
}
