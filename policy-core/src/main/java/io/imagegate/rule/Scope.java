package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scope of a rule: the images that it applies to, by namespace, by image, and by other {@linkplain Criterion criteria}. An image
 * is in scope if all that is included matches, and nothing that is excluded does. Immutable and thread-safe.
 *
 * <pre>{@code
 * Scope production = Scope.ofNamespaces(GlobSet.of("prod-*"))
 *         .withExceptImages(PatternSet.of("ghcr.io/acme/**"))
 *         .with(Criterion.of(RequestProperty.KIND, GlobSet.of("Pod", "Deployment.apps")));
 * }</pre>
 *
 * <p>A review need not tell everything that a scope depends on, and a client may read the host of an image as an address that
 * the scope names: then it is {@linkplain Coverage#UNKNOWN unknown} whether an image is in scope. A rule includes such an image,
 * an {@code Exemption} leaves it out, and a scope within a combination of rules is undecidable.
 *
 * @since 0.1
 */
public final class Scope {

    /** All images in all namespaces. */
    public static final Scope EVERYTHING = new Scope(null, null, null, null, List.of(), List.of());

    private final @Nullable GlobSet namespaces;
    private final @Nullable GlobSet exceptNamespaces;
    private final @Nullable PatternSet images;
    private final @Nullable PatternSet exceptImages;
    private final List<Criterion> criteria;
    private final List<List<Criterion>> exceptCriteria;

    private Scope(
            @Nullable GlobSet namespaces,
            @Nullable GlobSet exceptNamespaces,
            @Nullable PatternSet images,
            @Nullable PatternSet exceptImages,
            List<Criterion> criteria,
            List<List<Criterion>> exceptCriteria) {
        this.namespaces = namespaces;
        this.exceptNamespaces = exceptNamespaces;
        this.images = images;
        this.exceptImages = exceptImages;
        this.criteria = criteria;
        this.exceptCriteria = exceptCriteria;
    }

    /**
     * Makes a scope of namespaces.
     *
     * @param namespaces globs of namespaces, such as {@code prod-*}
     * @return the scope
     */
    public static Scope ofNamespaces(GlobSet namespaces) {
        return EVERYTHING.withNamespaces(namespaces);
    }

    /**
     * Makes a scope of images.
     *
     * @param images patterns of images, such as {@code ghcr.io/acme/**}
     * @return the scope
     */
    public static Scope ofImages(PatternSet images) {
        return EVERYTHING.withImages(images);
    }

    /**
     * {@return a copy for other namespaces}
     *
     * @param only globs of the namespaces that are in scope
     */
    public Scope withNamespaces(GlobSet only) {
        return new Scope(only, exceptNamespaces, images, exceptImages, criteria, exceptCriteria);
    }

    /**
     * {@return a copy with other excluded namespaces}
     *
     * @param except globs of the namespaces that are not in scope
     */
    public Scope withExceptNamespaces(GlobSet except) {
        return new Scope(namespaces, except, images, exceptImages, criteria, exceptCriteria);
    }

    /**
     * {@return a copy for other images}
     *
     * @param only patterns of the images that are in scope
     */
    public Scope withImages(PatternSet only) {
        return new Scope(namespaces, exceptNamespaces, only, exceptImages, criteria, exceptCriteria);
    }

    /**
     * {@return a copy with other excluded images}
     *
     * @param except patterns of the images that are not in scope
     */
    public Scope withExceptImages(PatternSet except) {
        return new Scope(namespaces, exceptNamespaces, images, except, criteria, exceptCriteria);
    }

    /**
     * {@return a copy for fewer images}
     *
     * @param more criteria that an image in scope must meet, too
     */
    public Scope with(Criterion... more) {
        return new Scope(
                namespaces, exceptNamespaces, images, exceptImages, plus(criteria, List.of(more)), exceptCriteria);
    }

    /**
     * {@return a copy without some images}
     *
     * @param all criteria, at least one; an image that meets all of them is not in scope
     * @throws IllegalArgumentException if there is none
     */
    public Scope without(Criterion... all) {
        if (all.length == 0) {
            throw new IllegalArgumentException("scope: expected at least one criterion, got none");
        }
        return new Scope(
                namespaces,
                exceptNamespaces,
                images,
                exceptImages,
                criteria,
                plus(exceptCriteria, List.of(List.of(all))));
    }

    private static <T> List<T> plus(List<T> list, List<T> more) {
        List<T> all = new ArrayList<>(list);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** {@return globs of the namespaces that are in scope; empty for every namespace} */
    public Optional<GlobSet> namespaces() {
        return Optional.ofNullable(namespaces);
    }

    /** {@return globs of the namespaces that are not in scope; empty for none} */
    public Optional<GlobSet> exceptNamespaces() {
        return Optional.ofNullable(exceptNamespaces);
    }

    /** {@return patterns of the images that are in scope; empty for every image} */
    public Optional<PatternSet> images() {
        return Optional.ofNullable(images);
    }

    /** {@return patterns of the images that are not in scope; empty for none} */
    public Optional<PatternSet> exceptImages() {
        return Optional.ofNullable(exceptImages);
    }

    /** {@return criteria that images in scope meet, all of them; unmodifiable} */
    public List<Criterion> criteria() {
        return criteria;
    }

    /** {@return criteria of images that are not in scope, because they meet all of one of these lists; unmodifiable} */
    public List<List<Criterion>> exceptCriteria() {
        return exceptCriteria;
    }

    /**
     * {@return whether it depends only on what the author of an object chooses, such as the name of a container} Whoever writes a pod
     * then decides whether it is in scope.
     */
    public boolean isChosenByAuthor() {
        boolean restricted = namespaces != null || exceptNamespaces != null || images != null || exceptImages != null;
        return !restricted
                && !(criteria.isEmpty() && exceptCriteria.isEmpty())
                && Stream.concat(criteria.stream(), exceptCriteria.stream().flatMap(List::stream))
                        .allMatch(criterion -> criterion.property().isChosenByAuthor());
    }

    /**
     * Tests whether an image is in scope, as far as it is told.
     *
     * @param image the image
     * @return whether it is
     */
    public Coverage coverage(Candidate image) {
        Coverage coverage = namespaceCoverage(image.namespace());
        if (coverage != Coverage.NOT_COVERED) {
            coverage = coverage.and(all(criteria, image));
        }
        for (int i = 0; i < exceptCriteria.size() && coverage != Coverage.NOT_COVERED; i++) {
            coverage = coverage.and(all(exceptCriteria.get(i), image).inverted());
        }
        if (images != null && coverage != Coverage.NOT_COVERED) {
            coverage = coverage.and(image.coverage(images));
        }
        if (exceptImages != null && coverage != Coverage.NOT_COVERED) {
            coverage = coverage.and(image.coverage(exceptImages).inverted());
        }
        return coverage;
    }

    /**
     * Tests whether an image is in scope, or may be.
     *
     * @param image the image
     * @return whether its coverage is another than {@link Coverage#NOT_COVERED}
     */
    public boolean covers(Candidate image) {
        return coverage(image) != Coverage.NOT_COVERED;
    }

    /**
     * Tests whether images of a namespace can be in scope.
     *
     * @param namespace the namespace; empty if it is unknown
     * @return whether they can
     */
    public boolean coversNamespace(String namespace) {
        return namespace.isEmpty()
                || ((namespaces == null || namespaces.matches(namespace))
                        && (exceptNamespaces == null || !exceptNamespaces.matches(namespace)));
    }

    /** {@return what is compared, by the keys of policy files, such as {@code namespaces: prod-*; exceptKinds: Job.batch}} */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner("; ");
        images().ifPresent(only -> parts.add("images: " + text(only)));
        exceptImages().ifPresent(except -> parts.add("exceptImages: " + text(except)));
        namespaces().ifPresent(only -> parts.add("namespaces: " + only));
        exceptNamespaces().ifPresent(except -> parts.add("exceptNamespaces: " + except));
        criteria.forEach(criterion -> parts.add(criterion.toString()));
        exceptCriteria.forEach(all -> parts.add(all.stream().map(Scope::except).collect(Collectors.joining(" and "))));
        return parts.toString();
    }

    private static String text(PatternSet images) {
        return images.patterns().stream().map(ImagePattern::toString).collect(Collectors.joining(", "));
    }

    private static String except(Criterion criterion) {
        String written = criterion.toString();
        return "except" + Character.toUpperCase(written.charAt(0)) + written.substring(1);
    }

    private Coverage namespaceCoverage(String namespace) {
        return namespace.isEmpty() && (namespaces != null || exceptNamespaces != null)
                ? Coverage.UNKNOWN
                : Coverage.of(coversNamespace(namespace));
    }

    /** {@return why it is unknown whether an image is in scope; empty if it is known} */
    Optional<Finding> unknown(Candidate image) {
        if (namespaceCoverage(image.namespace()) == Coverage.UNKNOWN) {
            return Optional.of(unknown("namespaces"));
        }
        if (images != null && image.coverage(images) == Coverage.UNKNOWN) {
            return Optional.of(unknown("images", images, image));
        }
        if (exceptImages != null && image.coverage(exceptImages) == Coverage.UNKNOWN) {
            return Optional.of(unknown("exceptImages", exceptImages, image));
        }
        return Stream.concat(Stream.of(criteria), exceptCriteria.stream())
                .filter(criteria -> all(criteria, image) == Coverage.UNKNOWN)
                .flatMap(List::stream)
                .filter(criterion -> coverage(criterion, image) == Coverage.UNKNOWN)
                .findFirst()
                .map(criterion -> unknown(criterion.property().key()));
    }

    private static Finding unknown(String key, PatternSet patterns, Candidate image) {
        return AddressReading.of(image, patterns).orElseGet(() -> unknown(key));
    }

    private static Finding unknown(String key) {
        return Finding.undecidable(Message.SCOPE_UNKNOWN, key);
    }

    private static Coverage all(List<Criterion> criteria, Candidate image) {
        Coverage all = Coverage.COVERED;
        for (int i = 0; i < criteria.size() && all != Coverage.NOT_COVERED; i++) {
            all = all.and(coverage(criteria.get(i), image));
        }
        return all;
    }

    private static Coverage coverage(Criterion criterion, Candidate image) {
        return criterion.coverage(image.review(), image.image());
    }
}
