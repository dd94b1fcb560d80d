package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scope of a rule: the images that it applies to, by namespace and by image. An image is in scope if its namespace and
 * its reference are included and neither is excluded. A review without a namespace is always included, because its
 * namespace is unknown. Immutable and thread-safe.
 *
 * <pre>{@code
 * Scope production = Scope.ofNamespaces(GlobSet.of("prod-*")).withExceptImages(PatternSet.of("ghcr.io/acme/**"));
 * }</pre>
 *
 * @since 0.1
 */
public final class Scope {

    /** All images in all namespaces. */
    public static final Scope EVERYTHING = new Scope(null, null, null, null);

    private final @Nullable GlobSet namespaces;
    private final @Nullable GlobSet exceptNamespaces;
    private final @Nullable PatternSet images;
    private final @Nullable PatternSet exceptImages;

    private Scope(
            @Nullable GlobSet namespaces,
            @Nullable GlobSet exceptNamespaces,
            @Nullable PatternSet images,
            @Nullable PatternSet exceptImages) {
        this.namespaces = namespaces;
        this.exceptNamespaces = exceptNamespaces;
        this.images = images;
        this.exceptImages = exceptImages;
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
        return new Scope(only, exceptNamespaces, images, exceptImages);
    }

    /**
     * {@return a copy with other excluded namespaces}
     *
     * @param except globs of the namespaces that are not in scope
     */
    public Scope withExceptNamespaces(GlobSet except) {
        return new Scope(namespaces, except, images, exceptImages);
    }

    /**
     * {@return a copy for other images}
     *
     * @param only patterns of the images that are in scope
     */
    public Scope withImages(PatternSet only) {
        return new Scope(namespaces, exceptNamespaces, only, exceptImages);
    }

    /**
     * {@return a copy with other excluded images}
     *
     * @param except patterns of the images that are not in scope
     */
    public Scope withExceptImages(PatternSet except) {
        return new Scope(namespaces, exceptNamespaces, images, except);
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

    /**
     * Tests whether an image is in scope.
     *
     * @param image the image
     * @return whether it is in scope
     */
    public boolean covers(Candidate image) {
        return coversNamespace(image.namespace())
                && (images == null || image.matches(images))
                && (exceptImages == null || !image.matches(exceptImages));
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

    /** Whether the scope depends on the namespace. */
    boolean dependsOnNamespace() {
        return namespaces != null || exceptNamespaces != null;
    }
}
