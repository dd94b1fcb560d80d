package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which images a rule speaks of: by the namespace they ask to run in and by the image itself. An image is in scope when
 * its namespace and its reference are, and neither is excepted. A review that names no namespace is in scope whatever the
 * namespaces of the scope: nobody knows that it is not. Immutable and thread-safe.
 *
 * <pre>{@code
 * Scope production = Scope.ofNamespaces(GlobSet.of("prod-*")).withExceptImages(PatternSet.of("ghcr.io/acme/**"));
 * }</pre>
 *
 * @since 0.1
 */
public final class Scope {

    /** Everything: all images in all namespaces. */
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
     * A scope of namespaces alone.
     *
     * @param namespaces globs of namespaces, such as {@code prod-*}
     * @return the scope
     */
    public static Scope ofNamespaces(GlobSet namespaces) {
        return EVERYTHING.withNamespaces(namespaces);
    }

    /**
     * A scope of images alone.
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
     * {@return a copy with other exceptions of namespaces}
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
     * {@return a copy with other exceptions of images}
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
     * Tells whether a rule with this scope speaks of an image.
     *
     * @param image the image
     * @return whether it is in scope
     */
    public boolean covers(Candidate image) {
        return coversNamespace(image.namespace())
                && (images == null || images.matches(image.reference()))
                && (exceptImages == null || !exceptImages.matches(image.reference()));
    }

    /**
     * Tells whether images of a namespace can be in scope at all.
     *
     * @param namespace the namespace; empty when none is named
     * @return whether they can
     */
    public boolean coversNamespace(String namespace) {
        return namespace.isEmpty()
                || ((namespaces == null || namespaces.matches(namespace))
                        && (exceptNamespaces == null || !exceptNamespaces.matches(namespace)));
    }

    /** Whether it depends on the namespace which images are in scope. */
    boolean dependsOnNamespace() {
        return namespaces != null || exceptNamespaces != null;
    }
}
