/**
 * Policies as files, in YAML or JSON. {@link io.imagegate.document.PolicyDocuments} reads them; a mistake never surfaces
 * alone: everything that is wrong comes as one {@link io.imagegate.document.PolicyDocumentException}, each
 * {@linkplain io.imagegate.document.DocumentProblem problem} with file, line and column, what is wrong, where, and what was
 * expected.
 *
 * <p>Text is composed into nodes that know their positions, under limits of size, depth and what aliases expand to. Small
 * readers, one for each part of the format, ask the nodes for what they need; a node that holds something else records the
 * problem and answers with nothing, and reading goes on. A policy is built only if no problem was recorded.
 *
 * <p>The format is described by the JSON Schema {@code imagepolicy.schema.json} among the resources of this package.
 *
 * <p>{@link io.imagegate.document.ManifestReader} reads the other files of this trade, Kubernetes manifests and recorded
 * reviews. They may be as long as a cluster is large, so nothing is composed of them: one walker looks for images in the
 * events of a YAML stream, or in JSON, for which this package depends on {@code io.imagegate.wire}: what a command line
 * finds in a file is what a webhook finds in a request.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document;

import org.jspecify.annotations.NullMarked;
