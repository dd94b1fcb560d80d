/**
 * Images in files. Each format is an {@link io.imagegate.manifest.Input}, and {@link io.imagegate.manifest.Inputs} lists
 * them: manifests and recorded reviews, kustomizations, values of Helm charts, Dockerfiles, Compose files, workflows and actions of
 * GitHub, configurations of GitLab CI, development containers, plans of Terraform, lists of images, and templates of Helm charts,
 * which are recognised and not read. An {@link io.imagegate.manifest.InputFactory} adds another.
 *
 * <p>Kubernetes objects in YAML or JSON: {@link io.imagegate.manifest.ManifestReader} reads a stream and passes on each
 * {@link io.imagegate.manifest.ManifestObject} with its images and their lines.
 *
 * <p>A file can contain all objects of a cluster, so no tree is built: one walker reads the events of a YAML stream or
 * the tokens of JSON. JSON is read by {@code io.imagegate.wire}, as in a webhook, so both find the same images. Aliases
 * are followed within limits. Text that kubectl and this reader would understand differently is refused:
 * {@link io.imagegate.manifest.ManifestException} says where. {@link io.imagegate.manifest.ManifestText} replaces images
 * in a file and leaves everything else as it is. Of kustomizations is made what kubectl makes of them, in trees, within
 * limits.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.manifest;

import org.jspecify.annotations.NullMarked;
