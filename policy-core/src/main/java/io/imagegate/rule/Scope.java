package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import org.jspecify.annotations.Nullable;

/**
 * Which images a rule speaks of: by the namespace they ask to run in and by the image itself. An image is in scope when
 * its namespace and its reference are, and neither is excepted. A review that names no namespace is in scope whatever the
 * namespaces of the scope: nobody knows that it is not. Immutable and thread-safe.
 *
 * @param namespaces globs of namespaces, or null for every namespace
 * @param exceptNamespaces globs of namespaces that are left out, or null for none
 * @param images patterns of images, or null for every image
 * @param exceptImages patterns of images that are left out, or null for none
 * @since 0.1
 */
public record Scope(
        @Nullable GlobSet namespaces,
        @Nullable GlobSet exceptNamespaces,
        @Nullable PatternSet images,
        @Nullable PatternSet exceptImages) {

    /** Everything: all images in all namespaces. */
    public static final Scope EVERYTHING = new Scope(null, null, null, null);

    /**
     * A scope of namespaces alone.
     *
     * @param namespaces globs of namespaces, such as {@code prod-*}
     * @return the scope
     */
    public static Scope ofNamespaces(GlobSet namespaces) {
        return new Scope(namespaces, null, null, null);
    }

    /**
     * A scope of images alone.
     *
     * @param images patterns of images, such as {@code ghcr.io/acme/**}
     * @return the scope
     */
    public static Scope ofImages(PatternSet images) {
        return new Scope(null, null, images, null);
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
