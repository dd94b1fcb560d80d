package io.imagegate.policy;

import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Change of images before they are checked: some get another name, and some the digest that their tag stands for. Immutable
 * and thread-safe; the {@code with…} methods return changed copies.
 *
 * <pre>{@code
 * Mutation mutation = Mutation.rewriting(List.of(ImageRewrite.of("docker.io/**", "mirror.internal/hub/**")))
 *         .withPin(PatternSet.of("ghcr.io/acme/**"));
 * Policy policy = Policy.builder("production").rule("fixed-tag", Rules.fixedTag()).mutation(mutation).build();
 * }</pre>
 *
 * @since 0.1
 */
public final class Mutation {

    private static final String POD = "Pod";
    /** Every kind that can be patched, by its name. The owners of other workloads would create them again for ever. */
    private static final Map<String, String> KINDS = patchable();

    private static final Set<String> OWNED = Set.of("ReplicaSet", "ReplicaSet.apps", "ReplicationController");
    private static final int SHOWN = 60;

    private final Set<String> kinds;
    private final List<ImageRewrite> rewrites;
    private final PatternSet from;
    private final Map<ImagePattern, ImageRewrite> byFrom;
    private final @Nullable PatternSet pin;
    private final Enforcement onUnavailable;

    private Mutation(
            Set<String> kinds, List<ImageRewrite> rewrites, @Nullable PatternSet pin, Enforcement onUnavailable) {
        this.kinds = kinds;
        this.rewrites = rewrites;
        this.from = PatternSet.of(
                rewrites.stream().map(ImageRewrite::from).distinct().toList());
        this.byFrom = rewrites.stream()
                .collect(Collectors.toMap(ImageRewrite::from, rewrite -> rewrite, (first, later) -> first));
        this.pin = pin;
        this.onUnavailable = onUnavailable;
    }

    private static Map<String, String> patchable() {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (String kind : List.of(
                POD,
                "PodTemplate",
                "Deployment.apps",
                "DaemonSet.apps",
                "StatefulSet.apps",
                "Job.batch",
                "CronJob.batch")) {
            kinds.put(kind.split("\\.", 2)[0], kind);
        }
        return kinds;
    }

    /**
     * Makes a mutation of pods that only rewrites images.
     *
     * @param rewrites the rewrites in order; the first that matches an image is applied
     * @return the mutation
     * @throws IllegalArgumentException if the result of one could be rewritten again
     */
    public static Mutation rewriting(Collection<ImageRewrite> rewrites) {
        return new Mutation(Set.of(POD), List.of(), null, Enforcement.DENY).withRewrites(rewrites);
    }

    /**
     * Makes a mutation of pods that only adds digests.
     *
     * @param images patterns of the images that get a digest
     * @return the mutation
     */
    public static Mutation pinning(PatternSet images) {
        return new Mutation(Set.of(POD), List.of(), images, Enforcement.DENY);
    }

    /**
     * {@return a copy with other rewrites}
     *
     * @param others the rewrites in order; the first that matches an image is applied
     * @throws IllegalArgumentException if the result of one could be rewritten again
     */
    public Mutation withRewrites(Collection<ImageRewrite> others) {
        for (ImageRewrite rewrite : others) {
            for (ImageRewrite next : others) {
                if (next.from().overlaps(rewrite.to())) {
                    throw new IllegalArgumentException(
                            "pattern " + quote(rewrite.to().toString())
                                    + " would be rewritten again: it overlaps "
                                    + quote(next.from().toString()) + ", expected a place that no rewrite begins at");
                }
            }
        }
        return new Mutation(kinds, List.copyOf(others), pin, onUnavailable);
    }

    /**
     * {@return a copy that adds digests to other images}
     *
     * @param images patterns of the images that get a digest, by their names after the rewrite
     * @throws IllegalArgumentException if one depends on the namespace
     */
    public Mutation withPin(PatternSet images) {
        if (images.isPerNamespace()) {
            throw new IllegalArgumentException(
                    "pin: expected no {namespace} in a pattern: an image whose namespace is not"
                            + " told would get no digest");
        }
        return new Mutation(kinds, rewrites, Objects.requireNonNull(images, "images"), onUnavailable);
    }

    /**
     * {@return a copy for objects of other kinds} Objects of all kinds are checked by the names that their pods will have.
     *
     * @param names kinds such as {@code Pod}, {@code Deployment}, {@code Deployment.apps} or {@code Rollout.argoproj.io}; a set of
     *     policies has to know where the images of custom resources stand
     * @throws IllegalArgumentException if there is none, or one cannot be patched
     */
    public Mutation withKinds(Collection<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("mutated kinds: expected at least one, got none");
        }
        Set<String> known = new LinkedHashSet<>();
        names.forEach(name -> known.add(requireKind(name)));
        return new Mutation(Copies.of(known), rewrites, pin, onUnavailable);
    }

    /**
     * {@return the kind with its API group, such as {@code Deployment.apps}}
     *
     * @param name the kind, with or without its group
     */
    private static String requireKind(String name) {
        if (OWNED.contains(name)) {
            throw new IllegalArgumentException("mutated kind " + quote(name) + ": its owner would create it again for"
                    + " ever, expected Pod or the kind of the owner");
        }
        String kind = KINDS.getOrDefault(name, name);
        boolean custom = kind.indexOf('.') != kind.lastIndexOf('.');
        if (!custom && !KINDS.containsValue(kind)) {
            throw new IllegalArgumentException(
                    "mutated kind " + quote(name) + ", " + Suggestion.oneOf(name, KINDS.keySet()));
        }
        return kind;
    }

    /**
     * {@return a copy with another effect of a registry that is down}
     *
     * @param effect what an image without a digest then causes; by default it denies
     */
    public Mutation withOnUnavailable(Enforcement effect) {
        return new Mutation(kinds, rewrites, pin, Objects.requireNonNull(effect, "onUnavailable"));
    }

    /** {@return the kinds of objects that are patched, with their API groups, such as {@code Deployment.apps}} */
    public Set<String> kinds() {
        return kinds;
    }

    /** {@return whether pods are patched} */
    public boolean patchesPods() {
        return kinds.contains(POD);
    }

    /** {@return the rewrites in order} */
    public List<ImageRewrite> rewrites() {
        return rewrites;
    }

    /** {@return patterns of the images that get a digest} */
    public Optional<PatternSet> pin() {
        return Optional.ofNullable(pin);
    }

    /** {@return the effect of an image that gets no digest because its registry is down} */
    public Enforcement onUnavailable() {
        return onUnavailable;
    }

    /**
     * {@return the new name of an image; empty if no rewrite matches it}
     *
     * @param image the image
     */
    public Optional<String> rewrite(ImageReference image) {
        return from.first(image).map(byFrom::get).flatMap(rewrite -> rewrite.apply(image));
    }

    /**
     * {@return whether an image must get a digest}
     *
     * @param image the image, after the rewrite
     */
    public boolean pins(ImageReference image) {
        return pin != null && !image.hasDigest() && pin.matches(image);
    }

    /** {@return the rewrites and pins, for logs and debuggers} */
    @Override
    public String toString() {
        return "Mutation[kinds=" + kinds + ", rewrites=" + rewrites + ", pin=" + pin + ", onUnavailable="
                + onUnavailable + "]";
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
