/**
 * Images in files of all formats. {@link io.imagegate.manifest.Inputs} lists the formats and reads files and folders: manifests and
 * recorded reviews, kustomizations, values of Helm charts, Dockerfiles, Compose files, workflows and actions of GitHub, configurations
 * of GitLab CI, development containers, plans of Terraform, lists of images, and templates of Helm charts, which are recognised and
 * not read.
 *
 * <p>Kubernetes objects in YAML or JSON: {@link io.imagegate.manifest.ManifestReader} reads a stream and passes on each object with
 * its images and their lines; {@link io.imagegate.manifest.ManifestText} replaces images in a text and leaves everything else as it
 * is.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.manifest;

import org.jspecify.annotations.NullMarked;
