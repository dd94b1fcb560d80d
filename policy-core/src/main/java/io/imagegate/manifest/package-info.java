/**
 * Kubernetes objects in files: manifests in YAML or JSON, and recorded reviews.
 * {@link io.imagegate.manifest.ManifestReader} reads a stream and passes on each
 * {@link io.imagegate.manifest.ManifestObject} with its images and their lines.
 *
 * <p>A file can contain all objects of a cluster, so no tree is built: one walker reads the events of a YAML stream or
 * the tokens of JSON. JSON is read by {@code io.imagegate.wire}, as in a webhook, so both find the same images. Aliases
 * are followed within limits. Text that kubectl and this reader would understand differently is refused:
 * {@link io.imagegate.manifest.ManifestException} says where. {@link io.imagegate.manifest.ManifestText} replaces images
 * in a file and leaves everything else as it is. {@link io.imagegate.manifest.Kustomizations} makes of kustomizations what
 * kubectl makes of them; it builds trees, within limits.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.manifest;

import org.jspecify.annotations.NullMarked;
